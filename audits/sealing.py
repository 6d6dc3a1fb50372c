"""Encryption of a draw period's secret, with the keys of the settings."""

from core.sealing import is_sealed_newly, seal_text, unseal_text

_PURPOSE = "audits.draw"


def seal_secret(secret: str) -> str:
    """Return the secret encrypted, as it is stored until it is revealed."""
    return seal_text(secret, purpose=_PURPOSE)


def unseal_secret(sealed: str) -> str:
    """Return the secret decrypted.

    Raises cryptography.fernet.InvalidToken when no key of the settings fits.
    """
    return unseal_text(sealed, purpose=_PURPOSE)


def is_newly_sealed(sealed: str) -> bool:
    """Return whether the secret was sealed with the newest key."""
    return is_sealed_newly(sealed, purpose=_PURPOSE)
