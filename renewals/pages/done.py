"""The page of an approved renewal: the last certified day, the certificate, what comes next, and
the receipt.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.deadlines import ONE_DAY
from core.templatetags.words import day, on
from payments.models import Charge
from renewals.models import Application
from renewals.pages.certificate import Certificate, certificate_of
from renewals.pages.snapshot import Snapshot
from rules.days import through_words
from trainers.models import Cycle

State = Application.State


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day that matters after the renewal, what happens on it, and one more sentence."""

    when: SafeString
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class ApprovedRenewal:
    """An approved renewal, while it is the newest one and its certificate is in force."""

    heading: str
    line: str
    certificate: Certificate
    dates: list[NextDate]


def done_of(application: Application, snapshot: Snapshot) -> ApprovedRenewal | None:
    """Return what the page of an approved renewal says; None while it is not approved, when it is
    not the newest one, when there is no certificate, and when it gives another status, such as inactive.
    """
    if application.state != State.APPROVED or application != snapshot.latest or snapshot.cycle.status_path:
        return None
    snapshot.credential.trainer = application.cycle.credential.trainer
    certificate, _ = certificate_of(snapshot.credential, today=snapshot.today)
    if certificate is None:
        return None
    trainer = snapshot.credential.trainer
    return ApprovedRenewal(
        heading=f"You’re renewed {through_words(certificate.expires_on)}",
        line=f"Well done, {trainer.name.partition(' ')[0]}. We have written to {trainer.email}, too.",
        certificate=certificate,
        dates=list(_next_dates(application, snapshot)),
    )


def _next_dates(application: Application, snapshot: Snapshot) -> Iterable[NextDate]:
    required = snapshot.policy.unit.words(snapshot.standing.total.required)
    begins, gap = snapshot.cycle.starts_on, _gap_words(application.cycle, snapshot)
    if snapshot.cycle.is_for_life:
        yield NextDate(on(begins), "You are certified for life from this day", gap)
        return
    yield NextDate(on(begins), f"Your next {required} count from this day", gap)
    yield NextDate(on(snapshot.cycle.opens_on), "You can renew again", "We will write to you.")


def _gap_words(before: Cycle, snapshot: Snapshot) -> str:
    """Return how the new cycle follows the one before it."""
    ended_on, begins = before.expires_on, snapshot.cycle.starts_on
    if begins > ended_on + ONE_DAY:
        return f"The last cycle ended on {day(ended_on)}. You were not certified between the two."
    if begins <= ended_on:
        return f"The last cycle, which would have ended on {day(ended_on)}, is over."
    if snapshot.today > ended_on:
        return f"It follows the day on which the last one ended, {day(ended_on)}."
    return f"Your certification runs on through {day(ended_on)}. There is no gap."


def received_words(application: Application) -> str:
    """Return a sentence that says that the renewal was received and what was paid, while it is in
    review."""
    charge = application.charge
    paid = charge.paid_cents if charge and charge.state == Charge.State.PAID else 0
    policy = application.cycle.policy
    return (
        f"We have your renewal and your payment of {policy.money(paid)}." if paid else "We have your renewal."
    )
