"""Mails about fees that fall due in a cycle: before the day, and once one is overdue."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Q

from core import clock
from core.history import subject_of
from core.policy_words import fitting_policies
from outbox.notices import join_event, queue_notice
from outbox.planning import morning_slots
from renewals.notice_codes import DUE_FEE
from renewals.services.dues import dues_of_all, has_dues
from rules.days import CyclePeriod
from rules.dues import OVERDUE, PAID, due_days
from rules.more import DueAnswer
from rules.policy.model import Policy
from trainers.models import Credential, Cycle

BEFORE, AFTER = timedelta(days=14), timedelta(days=30)
COMING = "coming"
BATCH = 500


def queue_due_reminders(*, at: datetime) -> int:
    """Queue a mail for each unpaid fee that is due within 14 days, and for each that became overdue in
    the last 30; return for how many. Idempotent.
    """
    return sum(_queue_of(policy, at) for policy in fitting_policies() if has_dues(policy))


def event_of(due: DueAnswer) -> str:
    """Return the event of the mail that is right now about a fee that is not paid."""
    return join_event(due.code, due.due_on, OVERDUE if due.state == OVERDUE else COMING)


def _queue_of(policy: Policy, at: datetime) -> int:
    today, slots = clock.date_of(at, policy.time_zone), morning_slots(at, policy.time_zone)
    stated = [due for version in policy.versions for due in version.families.dues]
    own = Q(policy_code=policy.code) | Q(policy_code="", credential__policy_code=policy.code)
    # Also cycles before the latest one: a fee of theirs may be due after the next one was opened.
    first_on = today - AFTER - timedelta(days=max(due.grace_days for due in stated))
    rows = Cycle.objects.filter(own, expires_on__gte=first_on, credential__state=Credential.State.IN_FORCE)
    count, every = 0, rows.select_related("credential__trainer").order_by("pk").iterator(BATCH)
    while batch := list(islice(every, BATCH)):
        near = [one for one in batch if any(_is_near(day, today) for day in _days_of(one, policy))]
        dues = dues_of_all(near, {one.pk: today for one in near})
        for cycle in near:
            for due in _to_tell(dues[cycle.pk], today):
                queue_notice(
                    DUE_FEE,
                    subject=subject_of(cycle),
                    event=event_of(due),
                    trainer=cycle.credential.trainer,
                    send_at=slots[cycle.pk % len(slots)],
                )
                count += 1
    return count


def _to_tell(dues: Iterable[DueAnswer], today: date) -> Iterator[DueAnswer]:
    for due in dues:
        told_of = due.due_on - BEFORE <= today if due.state != OVERDUE else today <= due.last_on + AFTER
        if due.state != PAID and told_of:
            yield due


def _days_of(cycle: Cycle, policy: Policy) -> Iterator[date]:
    """Yield each day of the cycle on which any version asks for a fee, and its last day to pay."""
    period = CyclePeriod(cycle.starts_on, cycle.expires_on)
    for version in policy.versions:
        for due in version.families.dues:
            for day in due_days(due, period):
                yield from (day, day + timedelta(days=due.grace_days))


def _is_near(day: date, today: date) -> bool:
    return day - BEFORE <= today <= day + AFTER
