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
from renewals.lookups import foremost_of
from renewals.models import Application
from renewals.pages.credential_card import check_address
from renewals.status import Certification, certification_on
from rules.days import FOR_LIFE, is_for_life
from trainers.models import Credential, Cycle

SIZE_NAMES = {"letter": "Letter", "a4": "A4"}
NAME_SIZES = (0.064, 0.05, 0.04)  # of the sheet's width: a name that is too long takes the next
NAME_STEPS = ("", "long", "longest", "utmost")
ROOM = (15, 20, 70)  # letters that fit the first size, the second, and the third on a few lines
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
    def is_for_life(self) -> bool:
        return is_for_life(self.expires_on)

    @property
    def expires_words(self) -> str:
        return FOR_LIFE if self.is_for_life else day(self.expires_on)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return the four facts at the foot of the certificate as (label, value), column by column."""
        return [
            ("Certification number", self.number),
            ("Check it at", self.verify_words),
            ("First awarded", day(self.awarded_on)),
            ("Issued", day(self.issued_on)),
        ]

    @property
    def name_step(self) -> str:
        """Return the CSS class that sets the size of the name on pages, where the browser cannot
        shrink it to fit.
        """
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
    """Return the name of the paper size that is offered first, and that of the other one."""
    other = next(size for size in SIZE_NAMES if size != settings.PAPER_SIZE)
    names = {"size_name": SIZE_NAMES[settings.PAPER_SIZE], "other_size_name": SIZE_NAMES[other]}
    return {**names, "other_size": other}


def certificate_of(credential: Credential, *, today: date) -> tuple[Certificate | None, str]:
    """Return (certificate, "") for a trainer who is certified today through a known day; otherwise
    (None, the reason).

    The certificate is that of the newest cycle; before a later one with another status, such as inactive, that
    of the last one until then. After an early renewal that cycle begins later; the certificate of the running
    cycle is then listed among the earlier ones.
    """
    latest = Cycle.objects.latest_of(credential)
    latest.credential = credential
    certification = certification_on(today, credential, latest, foremost_of(credential))
    if certification.through is None:
        return None, _why_not(credential, latest, certification)
    if latest.expires_on != certification.through:
        latest = Cycle.objects.get(credential=credential, expires_on=certification.through)
        latest.credential = credential
    return certificate_for_cycle(latest), ""


def certificate_for_cycle(cycle: Cycle) -> Certificate:
    """Return the certificate as it was issued for this cycle, but with the holder's present name."""
    credential, renewed = cycle.credential, _renewed_on(cycle)
    is_later = cycle.starts_on > credential.awarded_on or renewed is not None
    return Certificate(
        name=credential.trainer.name,
        title=credential.policy.title,
        number=credential.display_number,
        granted="recertification" if is_later else "certification",
        awarded_on=credential.awarded_on,
        issued_on=renewed or cycle.starts_on,
        starts_on=cycle.starts_on,
        expires_on=cycle.expires_on,
        verify_url=full_address(reverse("renewals:verify_short", args=[credential.number])),
        code_url=check_address(credential),
    )


def _renewed_on(cycle: Cycle) -> date | None:
    """Return the day on which the renewal that opened this cycle was approved; None for a cycle
    that no renewal in this portal opened.
    """
    before = Cycle.objects.filter(credential=cycle.credential_id, starts_on__lt=cycle.starts_on)
    opened_by = Application.objects.filter(
        cycle=before.order_by("-starts_on").values("pk")[:1], state=Application.State.APPROVED
    )
    ended_at = opened_by.values_list("ended_at", flat=True).first()
    return clock.date_of(ended_at, cycle.policy.time_zone) if ended_at else None


def _why_not(credential: Credential, cycle: Cycle, certification: Certification) -> str:
    if given := certification.given:
        again = (
            f" You get one from {day(cycle.starts_on)}."
            if given.through and given.through < cycle.starts_on
            else ""
        )
        return f"There is no certificate for a certification that is {given.words}.{again}"
    if certification.certified:
        return (
            f"Your last certificate ended on {day(cycle.expires_on)}. You stay certified while we check your renewal, "
            "and get your new certificate when we are done."
        )
    if not credential.in_force:
        since = f" since {day(credential.state_on)}" if credential.state_on else ""
        return f"Your certification has been {credential.get_state_display().lower()}{since}. Contact us to hear why."
    return f"Your certification expired on {day(cycle.expires_on)}."
