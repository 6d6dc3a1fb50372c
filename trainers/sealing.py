"""Encryption of second factors: the seeds of authenticator apps and of recovery codes.

Rows from before seeds were encrypted hold them as plain text. A plain seed is written in capitals
and digits, or in hexadecimal, and so never looks like an encrypted one.
"""

from typing import Any

from core.sealing import Seal, looks_sealed

_SEAL = Seal("trainers.second_factor")
SEALED = ("secret", "seed")  # of the data of an authenticator: that of an app, that of recovery codes


def seal_seed(text: str) -> str:
    """Return a seed encrypted, as it is stored."""
    return _SEAL.seal_text(text)


def unseal_seed(stored: str) -> str:
    """Return a seed decrypted. Raises cryptography.fernet.InvalidToken when no key of the settings fits."""
    return _SEAL.unseal_text(stored) if looks_sealed(stored) else stored


def reseal_authenticator(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of an authenticator with its secret values encrypted with the newest key.
    Values that are already are left unchanged.
    """
    return {name: _resealed(value) if name in SEALED else value for name, value in data.items()}


def _resealed(stored: str) -> str:
    is_new = looks_sealed(stored) and _SEAL.is_newest(stored)
    return stored if is_new else seal_seed(unseal_seed(stored))
