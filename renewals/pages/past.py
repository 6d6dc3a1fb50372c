"""Past renewals and certificates, as lines for the pages that list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.policy_words import opened_with_a_capital
from renewals.models import Application
from renewals.pages.certificate import Certificate
from renewals.pages.snapshot import application_path
from rules.days import through_words
from trainers.models import Cycle


@dataclass(frozen=True, slots=True)
class PastRenewal:
    """A renewal that was submitted: the cycle that it renews, and its result."""

    path: str
    received_on: date
    expires_on: date
    reference: str
    outcome: str
    number: str  # of the certification, where the list is about several


@dataclass(frozen=True, slots=True)
class PastCertificate:
    """The certificate of one cycle. Both days are inclusive."""

    path: str
    words: str
    starts_on: date
    number: str
    is_named: bool  # whether the list is about several certifications


def past_renewals(renewals: Iterable[Application]) -> list[PastRenewal]:
    """Return a line for each renewal, in the order given."""
    rows = list(renewals)
    several = len({one.cycle.credential_id for one in rows}) > 1
    return [
        PastRenewal(
            path=application_path("application", one.reference),
            received_on=one.submission.received_on,
            expires_on=one.cycle.expires_on,
            reference=one.reference,
            outcome=one.get_state_display(),
            number=one.cycle.credential.display_number if several else "",
        )
        for one in rows
    ]


def past_certificates(cycles: Iterable[Cycle]) -> list[PastCertificate]:
    """Return a line for each cycle's certificate, in the order given."""
    rows = list(cycles)
    several = len({one.credential_id for one in rows}) > 1
    return [
        PastCertificate(
            path=reverse("renewals:certificate_of_cycle", args=[one.pk]),
            words=opened_with_a_capital(through_words(one.expires_on)),
            starts_on=one.starts_on,
            number=one.credential.display_number,
            is_named=several,
        )
        for one in rows
    ]


def running_one(
    certificate: Certificate, certificates: Iterable[PastCertificate], *, today: date
) -> PastCertificate | None:
    """Return the certificate of the cycle of the same certification that runs today, when
    `certificate` is for a cycle that has not begun yet; otherwise None.
    """
    if certificate.starts_on <= today:
        return None
    own = (one for one in certificates if one.number == certificate.number)
    return next((one for one in own if one.starts_on <= today), None)
