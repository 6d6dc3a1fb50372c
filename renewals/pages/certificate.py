"""The certificate: who has one today, what is printed on it, and why a trainer has none."""

from dataclasses import dataclass
from datetime import date

import segno
from django.urls import reverse

from core.links import full_address
from core.scan_code import scan_code, scan_code_image
from core.templatetags.words import day
from renewals.models import Application
from renewals.pages.credential_card import check_address
from renewals.status import certification_on
from trainers.models import Credential, Cycle


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is printed on the certificate. Both days are inclusive."""

    name: str
    title: str
    number: str
    starts_on: date
    expires_on: date
    verify_url: str
    code_url: str

    @property
    def period(self) -> str:
        return f"Certified from {day(self.starts_on)} through {day(self.expires_on)}"

    @property
    def verify_words(self) -> str:
        """Return the URL of the public check by number without "https://", as people type it."""
        return self.verify_url.partition("://")[2]

    @property
    def code(self) -> segno.QRCode:
        """Return the QR code of the public page with the name and the last day (Q29)."""
        return scan_code(self.code_url)

    @property
    def code_image(self) -> str:
        return scan_code_image(self.code_url)


def certificate_of(credential: Credential, *, today: date) -> tuple[Certificate | None, str]:
    """Return (certificate, "") for a trainer certified today through a known day; else (None, the
    reason).
    """
    cycles = list(Cycle.objects.filter(credential=credential).order_by("-starts_on")[:2])
    latest, application = cycles[0], Application.objects.latest_of(credential)
    certification = certification_on(today, credential, latest, application)
    if certification.through is None:
        return None, _why_not(credential, latest, certified=certification.certified)
    begun = next((cycle for cycle in cycles if cycle.starts_on <= today), latest)
    return (
        Certificate(
            name=credential.trainer.name,
            title=credential.policy.title,
            number=credential.display_number,
            starts_on=begun.starts_on,
            expires_on=certification.through,
            verify_url=full_address(reverse("renewals:verify_short", args=[credential.number])),
            code_url=check_address(credential),
        ),
        "",
    )


def _why_not(credential: Credential, cycle: Cycle, *, certified: bool) -> str:
    if certified:
        return (
            f"Your last certificate ended on {day(cycle.expires_on)}. You stay certified while we check your renewal, "
            "and get your new certificate when we are done."
        )
    if not credential.in_force:
        since = f" since {day(credential.state_on)}" if credential.state_on else ""
        return f"Your certification has been {credential.get_state_display().lower()}{since}. Contact us to hear why."
    return f"Your certification expired on {day(cycle.expires_on)}."
