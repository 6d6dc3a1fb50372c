"""Secrets that are stored encrypted: with keys of the settings that can be replaced one by one.

The newest key seals; every key unseals. The keys are SEALING_KEYS, the newest first, and after them
SECRET_KEY and its fallbacks, which seal while there are no SEALING_KEYS. What each purpose stores is
sealed with a key of its own, derived from these. Fernet is AES-128 in CBC mode with HMAC-SHA256.
"""

import base64
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

UNREADABLE = InvalidToken  # no key of the settings fits
_MARK = "gAAAA"  # how everything begins that Fernet seals: its version, and a time before 2106


@dataclass(frozen=True)
class Seal:
    """The encryption of one kind of secret. `purpose` names what is stored: each purpose has keys of
    its own.
    """

    purpose: str

    def seal_text(self, text: str) -> str:
        """Return `text` encrypted with the newest key."""
        return _boxes(self.purpose)[0].encrypt(text.encode()).decode()

    def unseal_text(self, sealed: str) -> str:
        """Return the decrypted text. Raises UNREADABLE when no key of the settings fits."""
        return MultiFernet(_boxes(self.purpose)).decrypt(sealed.encode()).decode()

    def is_newest(self, sealed: str) -> bool:
        """Return whether the text was sealed with the newest key."""
        try:
            _boxes(self.purpose)[0].decrypt(sealed.encode())
        except UNREADABLE:
            return False
        return True


def looks_sealed(text: str) -> bool:
    """Return whether the text looks like one that `Seal.seal_text` returned."""
    return text.startswith(_MARK)


def _boxes(purpose: str) -> list[Fernet]:
    keys = (*settings.SEALING_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [Fernet(_key_from(key, purpose)) for key in keys]


@lru_cache(maxsize=64)
def _key_from(key: str, purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
