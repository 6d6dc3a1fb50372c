"""Queue reminders by the day stored in each row: no row is fetched, and no late reminder is lost.

Rows with equal dates have equal reminders, so the rules are called once for all of them.
`renewals/reminders/` has the words of the reminders.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from ceus.models import CeuRecord
from core import clock
from core.faults import faultpoint
from core.history import subject_of
from hardship.standing import extended_through
from outbox.notices import join_event, supersede_notices
from outbox.planning import morning_slots, queue_for_all
from renewals.models import Application
from renewals.notice_codes import CARD, REMINDER
from rules.days import CyclePeriod
from rules.facts import APPLICATION
from rules.policy.load import load_policy
from rules.policy.model import Policy
from rules.reminders import Mark, last_day_marks, next_reminder_on, reminders_due, renewal_marks
from trainers.models import Credential, Cycle

log = logging.getLogger(__name__)


class _Calendar(NamedTuple):
    """A kind of row with reminders; `marks` returns the reminders for given values of the columns `dates`."""

    kind: str
    credential: str
    dates: tuple[str, ...]
    about: str  # the date that a reminder is about, the last of `dates`
    told: Q  # of which rows people hear
    rows: Callable[[], "QuerySet[Model]"]
    marks: Callable[..., tuple[Mark, ...]]


def _cycle_marks(policy: Policy, starts_on: date, last_on: date | None, expires_on: date) -> tuple[Mark, ...]:
    return renewal_marks(policy, CyclePeriod(starts_on, expires_on), last_on)


def _with_last_on(cycles: "QuerySet[Cycle]") -> "QuerySet[Model]":
    """Return the cycles annotated with the last day to apply that an extension granted; None
    without one (Q34).
    """
    return cycles.annotate(last_on=extended_through(APPLICATION))


def _card_marks(policy: Policy, valid_through: date) -> tuple[Mark, ...]:
    return last_day_marks(policy, "card", valid_through)


OWN = Q(credential__state=Credential.State.IN_FORCE)
# A card counts for other certifications of its holder, too, where they share what is logged.
ANY = Credential.objects.filter(trainer=OuterRef("credential__trainer"), state=Credential.State.IN_FORCE)
CYCLES = _Calendar(
    REMINDER,
    "credential",
    ("starts_on", "last_on", "expires_on"),
    "expires_on",
    OWN,
    lambda: _with_last_on(Cycle.objects.all()),
    _cycle_marks,
)
CARDS = _Calendar(
    CARD,
    "credential",
    ("valid_through",),
    "valid_through",
    OWN | Q(Exists(ANY)),
    CeuRecord.objects.present,
    _card_marks,
)


def plan_cycle_reminders(now: datetime) -> int:
    """Queue, for each cycle with reminders due at `now`, the latest of them; return how many.
    Idempotent, for any number of workers.
    """
    return _plan(CYCLES, now)


def plan_card_reminders(now: datetime) -> int:
    """Queue, for each card with reminders due at `now`, the latest of them; return how many.
    Idempotent.
    """
    return _plan(CARDS, now)


def _plan(calendar: _Calendar, now: datetime) -> int:
    due = calendar.rows().filter(remind_on__lte=clock.latest_date(now))
    # Looked up for each row that is due: a join reads every credential as soon as some thousands are due.
    credential = Credential.objects.filter(pk=OuterRef(f"{calendar.credential}_id"))
    coded = due.order_by().annotate(code=Subquery(credential.order_by().values("policy_code")))
    groups = coded.values_list("code", *calendar.dates).distinct()
    return _plan_each(groups, lambda policy, *dates: _plan_group(calendar, policy, dates, now))


def _plan_each(groups: Iterable[tuple[object, ...]], step: Callable[..., int]) -> int:
    """Return the sum of `step(policy, …)` over all groups. An error in one group does not stop the others."""
    total = 0
    for code, *values in list(groups):
        try:
            total += step(load_policy(code), *values)
        except Exception:
            log.exception("the reminders of %s for %s could not be planned", code, values)
    return total


def _plan_group(calendar: _Calendar, policy: Policy, dates: Sequence[date], now: datetime) -> int:
    """Queue the reminders of all rows with these dates, in one transaction of two statements;
    return how many were queued.
    """
    today = clock.date_of(now, policy.time_zone)
    marks = calendar.marks(policy, *dates)
    mark = reminders_due(marks, today)
    same = dict(zip(calendar.dates, dates, strict=True))
    rows = calendar.rows().filter(
        remind_on__lte=today, **same, **{f"{calendar.credential}__policy_code": policy.code}
    )
    with transaction.atomic():
        count = _queue(calendar, rows, mark, same[calendar.about], policy, now) if mark else 0
        faultpoint("reminders.queued")
        rows.update(remind_on=next_reminder_on(marks, after=today))
    faultpoint("reminders.planned")
    return count


def _queue(
    calendar: _Calendar, rows: "QuerySet[Model]", mark: Mark, about: date, policy: Policy, now: datetime
) -> int:
    return queue_for_all(
        rows.filter(calendar.told),
        kind=calendar.kind,
        event=reminder_event(mark, about),
        trainer=f"{calendar.credential}__trainer_id",
        urgency=mark.reminder.urgency,
        slots=morning_slots(now, policy.time_zone, at_once=mark.reminder.at_once),
    )


def realign_reminders(now: datetime) -> int:
    """Compute the stored days of reminders again after a policy file has changed; return how many
    cycles and cards changed.

    A stored day that has come is left to `plan_cycle_reminders` and `plan_card_reminders`, so that
    no due reminder is lost. An approved cycle gets no reminders.
    """
    approved = Application.objects.filter(cycle=OuterRef("pk"), state=Application.State.APPROVED)
    cycles = _with_last_on(Cycle.objects.current().filter(~Exists(approved)))
    earliest = now.date() - timedelta(days=1)  # in some time zone it is still yesterday
    cards = CeuRecord.objects.present().filter(valid_through__gte=earliest)
    return _realign(CYCLES, cycles, now) + _realign(CARDS, cards, now)


def _realign(calendar: _Calendar, rows: "QuerySet[Model]", now: datetime) -> int:
    policy_code = f"{calendar.credential}__policy_code"

    def realign_group(policy: Policy, *values: date | None) -> int:
        *dates, remind_on = values
        today = clock.date_of(now, policy.time_zone)
        coming = next_reminder_on(calendar.marks(policy, *dates), after=today)
        if remind_on == coming or (remind_on is not None and remind_on <= today):
            return 0
        same = {policy_code: policy.code, **dict(zip(calendar.dates, dates, strict=True))}
        return rows.filter(**same, remind_on=remind_on).update(remind_on=coming)

    return _plan_each(
        rows.order_by().values_list(policy_code, *calendar.dates, "remind_on").distinct(), realign_group
    )


def reminder_event(mark: Mark, about: date) -> str:
    """Return the event of a reminder. It includes the date `about`: when that date changes, the
    reminder is a new event and is mailed again.
    """
    return join_event(mark.code, about)


def cancel_reminders(cycle: Cycle, *, at: datetime) -> None:
    """Supersede the queued reminders of a cycle whose renewal was submitted."""
    supersede_notices(REMINDER, subject=subject_of(cycle), at=at)
