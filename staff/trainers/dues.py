"""The yearly fees that a person has not paid, of every certification and of earlier cycles, too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core import clock
from core.templatetags.words import day
from renewals.pages.home_steps import DUE_SOON
from renewals.services.dues import NumberedDue, numbered_dues_of_all
from rules.days import add_days
from rules.dues import OVERDUE, PAID
from trainers.models import Cycle


@dataclass(frozen=True, slots=True)
class UnpaidDue:
    """A fee that fell due, or does soon: of which certification, what it costs now, and its days."""

    number: str
    label: str
    amount: str
    when: str
    overdue: bool


def unpaid_dues(cycles: Iterable[Cycle], now: datetime) -> list[UnpaidDue]:
    """Return the unpaid fees of the certifications of these cycles, their latest ones, that are due by the
    day on which Home names them. As many queries for several certifications as for one; none where no
    policy has such fees.
    """
    kept = [one for one in cycles if one.credential.in_force]
    days = {one.pk: clock.date_of(now, one.policy.time_zone) for one in kept}
    dues = numbered_dues_of_all(kept, days)
    return [one for cycle in kept for one in _unpaid_in(cycle, dues[cycle.pk], days[cycle.pk])]


def _unpaid_in(cycle: Cycle, dues: Iterable[NumberedDue], today: date) -> list[UnpaidDue]:
    last_on = add_days(today, DUE_SOON)
    due = [one for one in dues if one.answer.due_on <= last_on]
    return [
        UnpaidDue(
            cycle.credential.display_number,
            one.answer.label,
            one.cycle.policy.money(one.answer.cents),
            f"due on {day(one.answer.due_on)}",
            one.answer.state == OVERDUE,
        )
        for one in due
        if one.answer.state != PAID
    ]
