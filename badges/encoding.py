"""How a public key is written in a DID document (Multikey), and read again."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.errors import Refusal

UNREADABLE_KEY = "This is no public key that we can use. Paste an Ed25519 key that begins with z6Mk."
_BEGINNING = "z6Mk"  # of every Ed25519 key in this form


def multibase_of(public: bytes) -> str:
    """Return the 32 bytes of an Ed25519 public key as `publicKeyMultibase`."""
    from openbadgeslib.ob3 import multikey_from_pem  # here: it takes a third of a second, and few need it

    return str(multikey_from_pem(_pem(public)))


def pem_of(multibase: str) -> bytes:
    """Return the public key as PEM. Raises Refusal for what is no Ed25519 key in multibase."""
    from openbadgeslib.ob3 import resolve_did  # as above

    if not multibase.startswith(_BEGINNING) or len(multibase) > 60:
        raise Refusal(UNREADABLE_KEY, code="public_key")
    try:
        return bytes(resolve_did(f"did:key:{multibase}"))  # read from the text itself, without a request
    except Exception:  # noqa: BLE001 - the library raises errors of several kinds for a bad text
        raise Refusal(UNREADABLE_KEY, code="public_key") from None


def _pem(public: bytes) -> bytes:
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
