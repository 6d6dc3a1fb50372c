"""The certificate: who has one today, what is printed on it, and why a trainer has none."""

from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width

from django.conf import settings
from django.urls import reverse

from core import clock
from core.links import full_address
from core.scan_code import scan_code_image
from core.templatetags.words import day
from renewals.models import Application
from renewals.pages.credential_card import check_address
from renewals.status import certification_on
from trainers.models import Credential, Cycle

SIZE_NAMES = {"letter": "Letter", "a4": "A4"}
NAME_SIZES = (0.064, 0.05, 0.04)  # of the sheet's width: a name that is too long takes the next
NAME_STEPS = ("", "long", "longest")
ROOM = (15, 20)  # letters that fit the first size, and the second
WIDE = ("W", "F")  # East Asian letters, as wide as two


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is printed on the certificate. Both days of its period are inclusive."""

    name: str
    title: str
    number: str
    granted: str  # "certification", or "recertification"
    awarded_on: date
    issued_on: date
    starts_on: date
    expires_on: date
    verify_url: str
    code_url: str

    @property
    def starts_words(self) -> str:
        return day(self.starts_on)

    @property
    def expires_words(self) -> str:
        return day(self.expires_on)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return the four facts at the foot, column by column, as label and value."""
        return [
            ("Certification number", self.number),
            ("Check it at", self.verify_words),
            ("First awarded", day(self.awarded_on)),
            ("Issued", day(self.issued_on)),
        ]

    @property
    def name_step(self) -> str:
        """Return the class of the name's size on pages, where nothing measures it."""
        letters = sum(2 if east_asian_width(letter) in WIDE else 1 for letter in self.name)
        return NAME_STEPS[sum(letters > room for room in ROOM)]

    @property
    def verify_words(self) -> str:
        """Return the URL of the public check by number without "https://", as people type it."""
        return self.verify_url.partition("://")[2]

    @property
    def code_image(self) -> str:
        return scan_code_image(self.code_url)


def paper_words() -> dict[str, str]:
    """Return the names of the paper that is offered first, and of the other one."""
    other = next(size for size in SIZE_NAMES if size != settings.PAPER_SIZE)
    names = {"size_name": SIZE_NAMES[settings.PAPER_SIZE], "other_size_name": SIZE_NAMES[other]}
    return {**names, "other_size": other}


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
    renewed = None
    if application and application.state == Application.State.APPROVED and application.ended_at:
        renewed = clock.date_of(application.ended_at, credential.policy.time_zone)
    return (
        Certificate(
            name=credential.trainer.name,
            title=credential.policy.title,
            number=credential.display_number,
            granted="recertification"
            if begun.starts_on > credential.awarded_on or renewed
            else "certification",
            awarded_on=credential.awarded_on,
            issued_on=renewed or begun.starts_on,
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
