"""Read signed credentials from a file that somebody uploads: JSON-LD, a picture that contains one,
or a Comprehensive Learner Record with many. Nothing in it is believed before `check_proof`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from badges.encoding import pem_of
from core.errors import Refusal

if TYPE_CHECKING:
    from openbadgeslib.ob3 import OpenBadgeCredential

MOST_BYTES = 2_000_000  # of a file; what it contains has at most LONGEST_TEXT
LONGEST_TEXT = 256 * 1024
MOST_CREDENTIALS = 60
PNG = b"\x89PNG\r\n\x1a\n"
TOO_LARGE = "This file is too large for a signed file. It may have 2 MB."
UNREADABLE = "There is no signed credential in this file. Choose a JSON file, or a badge as PNG or SVG."
NOT_SIGNED = "Nothing in this file is signed in a way that we can check."
TOO_MANY = f"This file has more than {MOST_CREDENTIALS} credentials. Send it in parts."
EXPIRED = "It has expired."
FORGED = "The signature does not fit what it says. It was changed, or another key signed it."


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified credential says, in plain values; a text is empty when it says nothing."""

    id: str
    title: str
    provider: str
    completed_on: date | None
    credits: str
    tags: tuple[str, ...]
    code: str  # of the course: the achievement's own, or the last part of its id
    emails: tuple[str, ...]
    hashed_emails: tuple[tuple[str, str], ...]  # (hash, salt)
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    def tag(self, kind: str) -> str:
        """Return what follows "kind:" in a tag; "" without such a tag."""
        return next((one.partition(":")[2] for one in self.tags if one.startswith(f"{kind}:")), "")

    def is_about_email(self, email: str) -> bool:
        """Return whether an email address identifies the learner, in the clear or hashed with its salt."""
        hashed = (sha256((email + salt).encode()).hexdigest() == told for told, salt in self.hashed_emails)
        return email.lower() in self.emails or any(hashed)


def credentials_in(content: bytes) -> list[dict[str, object]]:
    """Return the credentials in a file, none of them verified. Raises Refusal for a file without any."""
    if len(content) > MOST_BYTES:
        raise Refusal(TOO_LARGE, code="size", field="file")
    document = _document_in(content)
    if "ClrCredential" not in _listed(document.get("type")):
        return [document]
    found = _listed(_part(document, "credentialSubject").get("verifiableCredential"))
    members = [one for one in found if isinstance(one, dict)]
    if len(members) > MOST_CREDENTIALS:
        raise Refusal(TOO_MANY, code="many", field="file")
    if not any("proof" in one for one in members):
        raise Refusal(NOT_SIGNED, code="unsigned", field="file")
    return members


def issuer_of(document: dict[str, object]) -> str:
    """Return the id of the issuer that a credential names; "" without one."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    plain = isinstance(found, str) and found.isascii() and found.isprintable()
    return str(found) if plain else ""


def check_proof(
    document: dict[str, object], *, did: str, public_keys: Iterable[str], at: datetime
) -> tuple[str, Claims]:
    """Return (the key that signed it, what it says), once one of the issuer's keys fits its proof.

    Raises Refusal with a sentence when no key fits, and when it is not valid now.
    """
    from openbadgeslib.errors import LibOpenBadgesException  # here: it is slow to import
    from openbadgeslib.ob3 import OB3LdpVerifier

    for multibase in public_keys:
        try:
            found = OB3LdpVerifier(pem_of(multibase), issuer_did=did).verify(document)
        except (LibOpenBadgesException, ValueError, RecursionError):
            continue
        return multibase, _claims_of(found)
    raise Refusal(EXPIRED if _is_over(document, at) else FORGED, code="proof")


def _document_in(content: bytes) -> dict[str, object]:
    """Return the JSON object in a file; one in a picture is taken out of it."""
    try:
        text = _text_in(content)
        if not text or len(text) > LONGEST_TEXT:
            raise ValueError
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be stored
    except Exception:  # noqa: BLE001 - pictures and JSON of strangers fail in many ways
        raise Refusal(UNREADABLE, code="unreadable", field="file") from None
    if not isinstance(found, dict):
        raise Refusal(UNREADABLE, code="unreadable", field="file")
    return found


def _text_in(content: bytes) -> str:
    from openbadgeslib import baking  # as above

    if content.startswith(PNG):
        return baking.extract_png(content, LONGEST_TEXT, keyword=baking.ITXT_KEYWORD_OB3) or ""
    if content.lstrip()[:1] == b"<":
        return baking.extract_svg(content, element=baking.SVG_ELEMENT_OB3, text_fallback=True) or ""
    return content.decode()


def _claims_of(found: "OpenBadgeCredential") -> Claims:
    """Return what a verified credential says."""
    raw = found.raw or {}
    subject = _part(raw, "credentialSubject")
    achievement = _part(subject, "achievement")
    people = found.identifiers
    amount = found.credits_earned if found.credits_earned is not None else found.achievement.credits_available
    plain = [one for one in people if not one.hashed]
    own = found.recipient_id or ""
    emails = [one.identity_hash for one in plain if one.identity_type == "emailAddress"]
    hashes = [one for one in people if one.hashed and one.identity_type == "emailAddress"]
    return Claims(
        id=found.id or "",
        title=found.achievement.name,
        provider=_text(_part(achievement, "creator").get("name")) or found.issuer.name,
        completed_on=_day_of(subject.get("activityEndDate")) or _day_of(raw.get("validFrom")),
        credits="" if amount is None else f"{amount:f}".rstrip("0").rstrip("."),
        tags=tuple(one for one in _listed(achievement.get("tag")) if isinstance(one, str)),
        code=_text(achievement.get("humanCode")) or found.achievement.id.rstrip("/").rpartition("/")[2],
        emails=tuple(
            one.lower() for one in (*emails, *([own[7:]] if own.lower().startswith("mailto:") else []))
        ),
        hashed_emails=tuple((one.identity_hash.removeprefix("sha256$"), one.salt or "") for one in hashes),
        names=tuple(one.identity_hash for one in plain if one.identity_type == "name"),
        numbers=tuple(
            one.identity_hash for one in plain if one.identity_type in ("identifier", "ext:number")
        ),
    )


def _is_over(document: dict[str, object], at: datetime) -> bool:
    """Return whether a credential says that it has expired."""
    try:
        ends = datetime.fromisoformat(_text(document.get("validUntil")))
    except ValueError:
        return False
    return ends.tzinfo is not None and ends < at


def _day_of(moment: object) -> date | None:
    """Return the day of a moment as the issuer wrote it."""
    try:
        return date.fromisoformat(_text(moment)[:10])
    except ValueError:
        return None


def _part(whole: dict[str, object], name: str) -> dict[str, object]:
    found = whole.get(name)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    return found if isinstance(found, dict) else {}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
