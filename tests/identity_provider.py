"""An OpenID Connect provider on this machine: its configuration, its keys, its sign-in page and its
token endpoint, over real HTTP. What it says can be changed, so that it lies as an attacker would.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

CLIENT, SECRET = "portal", "the-secret-of-the-client"
CLAIMS = {"sub": "colleague-1", "email": "lee@staff.example.org", "email_verified": True}


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class IdentityProvider:
    """The provider. `claims` is what its tokens say of whoever signs in; `change` may replace a token's
    claims at the last moment, and `key` signs it.
    """

    port: int = 0
    published: rsa.RSAPrivateKey = field(default_factory=make_key)
    key: Any = None
    algorithm: str = "RS256"
    claims: dict[str, object] = field(default_factory=lambda: dict(CLAIMS))
    change: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    configuration: dict[str, object] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def documents(self) -> dict[str, object]:
        """What it answers to GET, by path."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key()))
        own = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        ends = {
            f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "end_session")
        }
        return {
            "/.well-known/openid-configuration": {**own, **ends, **self.configuration},
            "/keys": {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]},
        }

    def sign_in(self, address: str) -> str:
        """Sign in on the page at `address`, and return the path and query at the portal that the browser
        is led back to.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, object] | None:
        """Return the answer to a code, which works once and only with its verifier; None refuses."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = self.change({**claims, **self.claims})
        key = self.key or self.published
        token = jwt.encode(signed, key, algorithm=self.algorithm, headers={"kid": "1"})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": token}


@contextmanager
def open_provider() -> Iterator[IdentityProvider]:
    """Run a provider on a free port."""
    provider = IdentityProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(provider.documents().get(self.path))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            if basic := self.headers.get("Authorization", "").removeprefix("Basic "):
                form["client_secret"] = base64.b64decode(basic).decode().partition(":")[2]
            self.say(provider.token(form))

        def say(self, answer: object) -> None:
            provider.asked.append(self.path)
            status = 503 if provider.down else 200 if answer is not None else 400
            body = json.dumps(answer or {"error": "invalid_grant"}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def start(browser: Client, **form: str) -> str:
    """Press the button, and return the address at the provider."""
    answer = browser.post("/account/oidc/", form)
    assert answer.status_code == 200
    return answer["Refresh"].removeprefix("0; url=")


def sign_in(browser: Client, provider: IdentityProvider, **form: str) -> HttpResponse:
    """Press the button, sign in at the provider, and come back."""
    return browser.get(provider.sign_in(start(browser, **form)))


def refused_with(browser: Client, provider: IdentityProvider, status: int = 403) -> str:
    """Sign in, assert that nobody is, and return what the page says."""
    answer = sign_in(browser, provider)
    assert answer.status_code == status
    assert "_auth_user_id" not in browser.session
    return answer.content.decode()
