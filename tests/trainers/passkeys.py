"""A passkey in software: it answers the portal's questions as a phone does, without a browser."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "testserver"
FLAG = AuthenticatorData.FLAG
ADD, LOGIN, SECOND = (
    "/account/2fa/webauthn/add/",
    "/account/2fa/webauthn/login/",
    "/account/2fa/authenticate/",
)


class Passkey:
    """One key of one account. With `verifies` it has asked its owner for a finger, a face or a PIN."""

    def __init__(self, *, verifies: bool = True) -> None:
        self.flags = FLAG.UP | (FLAG.UV if verifies else FLAG(0))
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.owner = ""

    def add(self, client: Client, *, alone: bool) -> None:
        """Add it on the account's page, in a session that has confirmed who it is."""
        asked = client.get(ADD).context["js_data"]["creation_options"]["publicKey"]
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.private.public_key())
        data = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        made = AttestationObject.create("none", self._data(FLAG.AT, credential_data=data), {})
        said = {"attestationObject": _text(made), "clientDataJSON": _text(self._client_data("create", asked))}
        extensions = {"credProps": {"rk": alone}}
        form = {
            "name": "Phone",
            "credential": self._answer(said, extensions),
            **({"passwordless": "on"} if alone else {}),
        }
        answer = client.post(ADD, form)
        assert answer.status_code == 302, answer.context["form"].errors

    def sign_in_alone(self, client: Client) -> Any:
        """Sign in with the passkey and nothing else."""
        asked = client.get(LOGIN, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
        return client.post(LOGIN, {"credential": self._signed(asked["publicKey"])})

    def pass_second_step(self, client: Client) -> Any:
        """Answer the page that asks for the second step."""
        asked = client.get(SECOND).context["js_data"]["request_options"]["publicKey"]
        return client.post(SECOND, {"credential": self._signed(asked)})

    def _signed(self, asked: Any) -> str:
        told, data = self._client_data("get", asked), self._data()
        signature = self.private.sign(data + told.hash, ec.ECDSA(SHA256()))
        return self._answer(
            {
                "authenticatorData": _text(data),
                "clientDataJSON": _text(told),
                "signature": _text(signature),
                "userHandle": self.owner,
            }
        )

    def _data(self, flags: Any = None, **more: Any) -> AuthenticatorData:
        return AuthenticatorData.create(
            hashlib.sha256(HOST.encode()).digest(), self.flags | (flags or FLAG(0)), 0, **more
        )

    def _client_data(self, what: str, asked: Any) -> CollectedClientData:
        return CollectedClientData.create(f"webauthn.{what}", asked["challenge"], f"https://{HOST}")

    def _answer(self, response: dict[str, str], extensions: dict[str, Any] | None = None) -> str:
        name = _text(self.id)
        made = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**made, "clientExtensionResults": extensions or {}})


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
