"""Encryption of second factors: the seeds of authenticator apps and of recovery codes.

Rows from before seeds were encrypted hold them as plain text. A plain seed is written in capitals
and digits, or in hexadecimal, and so never looks like an encrypted one.
"""

from typing import Any

from core.sealing import is_sealed_newly, looks_sealed, seal_text, unseal_text

_PURPOSE = "trainers.second_factor"
SEALED = ("secret", "seed")  # of the data of an authenticator: that of an app, that of recovery codes


def seal_seed(text: str) -> str:
    """Return a seed encrypted, as it is stored."""
    return seal_text(text, purpose=_PURPOSE)


def unseal_seed(stored: str) -> str:
    """Return a seed decrypted. Raises cryptography.fernet.InvalidToken when no key of the settings fits."""
    return unseal_text(stored, purpose=_PURPOSE) if looks_sealed(stored) else stored


def reseal_authenticator(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of an authenticator with its secret values encrypted with the newest key.
    Values that are already are left unchanged.
    """
    return {name: _resealed(value) if name in SEALED else value for name, value in data.items()}


def _resealed(stored: str) -> str:
    is_new = looks_sealed(stored) and is_sealed_newly(stored, purpose=_PURPOSE)
    return stored if is_new else seal_seed(unseal_seed(stored))
