"""The digital badge: what it says as a signed file (Open Badges 3.0), and its public page."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from badges.identity import portal_did
from badges.signing import sign_badge
from core.deadlines import ONE_DAY
from core.links import full_address
from core.organisation import OrganisationFacts, current_organisation
from renewals.models import Badge
from renewals.pages.badge_picture import BadgePicture, badge_picture_of
from renewals.pages.badge_status import PURPOSES, list_address
from renewals.status import Certification, certifications_of
from trainers.models import Credential, Cycle

if TYPE_CHECKING:
    from openbadgeslib.ob3 import OpenBadgeCredential

LINKEDIN = "https://www.linkedin.com/profile/add"
LAST_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class BadgeLinks:
    """The addresses of a badge: its page, and its files."""

    code: str

    @property
    def page(self) -> str:
        return reverse("renewals:badge", args=[self.code])

    @property
    def json(self) -> str:
        return reverse("renewals:badge_json", args=[self.code])

    @property
    def png(self) -> str:
        return reverse("renewals:badge_png", args=[self.code])

    @property
    def svg(self) -> str:
        return reverse("renewals:badge_svg", args=[self.code])

    @property
    def address(self) -> str:
        return full_address(self.page)


def links_of(credential: Credential) -> BadgeLinks | None:
    """Return the addresses of a credential's badge, or None when it has no badge."""
    has_badge = Badge.objects.filter(credential=credential).exists()
    return BadgeLinks(credential.check_code) if has_badge else None


def badge_with_code(code: str) -> Badge | None:
    """Return the badge of the credential with this code, or None."""
    credential = Credential.objects.with_code(code).select_related("trainer").first()
    if credential is None:
        return None
    badge = Badge.objects.filter(credential=credential).first()
    if badge:
        badge.credential = credential
    return badge


def certification_of(badge: Badge, *, at: datetime) -> Certification:
    """Return whether the badge's credential is in force at this moment."""
    return certification_of_credential(badge.credential, at=at)


def certification_of_credential(credential: Credential, *, at: datetime) -> Certification:
    """Return whether a credential is in force at this moment, and through which day."""
    cycle = Cycle.objects.latest_of(credential)
    cycle.credential = credential
    return certifications_of([cycle], at)[cycle.pk]


def signed_badge(badge: Badge, certification: Certification, *, at: datetime) -> str:
    """Return the badge as signed JSON-LD. Raises Refusal when it cannot be signed."""
    document = sign_badge(_credential(badge, certification), at=at)
    return json.dumps(document, sort_keys=True)


def picture_for(badge: Badge) -> BadgePicture:
    """Return the picture of a badge, which names the certification and who grants it."""
    return badge_picture_of(current_organisation(), badge.credential.policy.title)


def linkedin_address(badge: BadgeLinks, credential: Credential, certification: Certification) -> str:
    """Return the address at LinkedIn that asks its user to add the certification to their profile."""
    awarded, through = credential.awarded_on, certification.last_day
    facts: dict[str, Any] = {
        "startTask": "CERTIFICATION_NAME",
        "name": credential.policy.title,
        "organizationName": current_organisation().full_name,
        "issueYear": awarded.year,
        "issueMonth": awarded.month,
        "expirationYear": through.year if through else "",
        "expirationMonth": through.month if through else "",
        "certUrl": badge.address,
        "certId": credential.number,
    }
    return f"{LINKEDIN}?{urlencode({name: value for name, value in facts.items() if value})}"


def _credential(badge: Badge, certification: Certification) -> "OpenBadgeCredential":
    """Return what is signed: who is certified as what by whom, and through when."""
    from openbadgeslib.ob3 import IdentityObject, OpenBadgeCredential, status_entry

    credential = badge.credential
    links = BadgeLinks(credential.check_code)
    entries = [status_entry(list_address(one, badge.list_number), one, badge.position) for one in PURPOSES]
    return OpenBadgeCredential(
        id=full_address(links.json),
        issuer=_issuer(current_organisation()),
        recipient_id=None,
        identifiers=[
            IdentityObject(credential.trainer.name, "name", hashed=False),
            IdentityObject(credential.number, "identifier", hashed=False),
        ],
        achievement=_achievement(credential, full_address(links.svg)),
        issuance_date=badge.made_at.replace(microsecond=0),
        expiration_date=_end_of(certification, credential),
        credential_status=entries,
    )


def _issuer(organisation: OrganisationFacts) -> Any:
    from openbadgeslib.ob3 import Issuer

    return Issuer(
        id=portal_did(),
        name=organisation.full_name or organisation.title,
        url=full_address("/"),
        email=organisation.support_email or None,
    )


def _achievement(credential: Credential, picture: str) -> Any:
    from openbadgeslib.ob3 import Achievement

    policy = credential.policy
    how = full_address(reverse("renewals:how"))
    return Achievement(
        id=f"{how}#{policy.code}",
        name=policy.title,
        description=f"The holder is certified as {policy.title}.",
        criteria_narrative=f"The certification is granted, and renewed, by the rules at {how}",
        image_url=picture,
        achievement_type="Certification",
    )


def _end_of(certification: Certification, credential: Credential) -> datetime | None:
    """Return the last second of the last certified day; None while that day is not known, and
    for life.
    """
    if certification.last_day is None:
        return None
    zone = ZoneInfo(credential.policy.time_zone)
    return datetime.combine(certification.last_day + ONE_DAY, time.min, zone) - LAST_SECOND
