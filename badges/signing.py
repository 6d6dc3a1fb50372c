"""Sign badges and lists of their status: the one module that hands documents to the library to be
signed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import jwt

from badges.identity import method_of, portal_did
from badges.models import SEAL, SigningKey
from badges.services import active_key
from core.errors import Refusal
from core.sealing import UNREADABLE

if TYPE_CHECKING:
    from openbadgeslib.ob3 import OpenBadgeCredential

CANNOT_SIGN = "Badges cannot be signed at the moment. Please try again later."
LIST_SIZE = 131_072  # bits: the least that the specification allows, so that a list says little about anyone
REFRESHED_AFTER = timedelta(minutes=5)
LIST_IS_GOOD_FOR = timedelta(days=1)  # an older copy is refused: it could hide a revocation


def sign_badge(credential: "OpenBadgeCredential", *, at: datetime) -> dict[str, object]:
    """Return the badge as JSON-LD with its proof. Raises Refusal when there is no key to sign with."""
    from openbadgeslib.ob3 import OB3LdpSigner  # here: it takes a third of a second, and few need it

    key = signing_key()
    signer = OB3LdpSigner(_private_pem(key), method_of(key))
    return dict(signer.sign(credential, created=at))


def sign_list(
    url: str, *, purpose: str, positions: Iterable[int], key: SigningKey, at: datetime
) -> dict[str, object]:
    """Return the list at `url` whose bits at `positions` are set, with its proof. Raises Refusal
    when the key cannot be read.
    """
    from openbadgeslib.ob3 import add_data_integrity_proof, build_status_list_credential  # as above

    document = build_status_list_credential(
        portal_did(),
        url,
        purpose,
        positions,
        LIST_SIZE,
        issued=at,
        valid_until=at + LIST_IS_GOOD_FOR,
        ttl=int(REFRESHED_AFTER.total_seconds() * 1000),
    )
    return dict(add_data_integrity_proof(document, _private_pem(key), method_of(key), created=at))


def signing_key() -> SigningKey:
    """Return the active key. Raises Refusal while there is none."""
    key = active_key()
    if key is None:
        raise Refusal(CANNOT_SIGN, code="no_key")
    return key


def _private_pem(key: SigningKey) -> bytes:
    try:
        return SEAL.unseal_text(key.sealed_private).encode()
    except UNREADABLE:
        raise Refusal(CANNOT_SIGN, code="unreadable_key") from None


def sign_document(document: dict[str, object], *, key: SigningKey, at: datetime) -> dict[str, object]:
    """Return an Open Badges credential with its proof. Raises Refusal when the key cannot be read."""
    from openbadgeslib.ob3 import add_data_integrity_proof  # as above

    return dict(add_data_integrity_proof(document, _private_pem(key), method_of(key), created=at))


def sign_claims(claims: dict[str, object], *, key: SigningKey) -> str:
    """Return claims as a compact JSON Web Signature (RFC 7515, EdDSA), which names the key in its
    header. Raises Refusal when the key cannot be read.
    """
    return jwt.encode(claims, _private_pem(key).decode(), algorithm="EdDSA", headers={"kid": method_of(key)})


def sign_collection(
    members: list[dict[str, object]],
    *,
    issuer: dict[str, object],
    about: list[dict[str, object]],
    address: str,
    key: SigningKey,
    at: datetime,
) -> dict[str, object]:
    """Return signed credentials as one signed Comprehensive Learner Record 2.0. `about` identifies
    the learner. Raises Refusal when the key cannot be read.
    """
    from openbadgeslib.ob3 import build_clr_credential, sign_clr_credential  # as above

    document = build_clr_credential(issuer, about, members, credential_id=address, valid_from=at)
    return dict(sign_clr_credential(document, _private_pem(key), method_of(key)))
