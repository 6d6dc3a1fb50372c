"""Encryption of a draw period's secret, with a key derived from the portal's settings."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal_secret(secret: str) -> str:
    """Return the secret encrypted, as it is stored until it is revealed."""
    return _box().encrypt(secret.encode()).decode()


def unseal_secret(sealed: str) -> str:
    """Return the secret decrypted.

    Raises cryptography.fernet.InvalidToken when no key of the settings fits.
    """
    return _box().decrypt(sealed.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key_from(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


@lru_cache(maxsize=8)
def _key_from(secret_key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"audits.draw").derive(secret_key.encode())
    return base64.urlsafe_b64encode(derived)
