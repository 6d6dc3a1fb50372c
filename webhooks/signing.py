"""Secrets of endpoints, and signatures as https://www.standardwebhooks.com defines them."""

import base64
import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from core.sealing import Seal

PREFIX = "whsec_"
SEAL = Seal("webhooks.endpoint")
_BYTES = 32


def new_secret() -> str:
    """Return a new secret, as its receiver enters it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature_header(secrets_in_use: Iterable[str], *, webhook_id: str, timestamp: int, body: str) -> str:
    """Return the value of the header webhook-signature: a signature with each of the secrets."""
    signed = f"{webhook_id}.{timestamp}.{body}".encode()
    return " ".join(_signature(secret, signed) for secret in secrets_in_use)


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
