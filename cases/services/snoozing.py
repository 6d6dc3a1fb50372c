"""Snooze a case until a day that is not after its due day."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from cases.decisions import require_nothing_pending
from cases.locking import credential_of_case, day_of, lock_case
from cases.models import LONGEST_WHY, Assignment, Snooze
from cases.promises import promise_day
from cases.protocols import DecidedCase
from cases.reviewers import require_reviewer
from cases.services.assigning import end_assignment
from core import clock
from core.errors import Refusal
from core.history import record_history, subject_of
from core.transitions import check_words
from rules.days import day_in_words
from trainers.models import Trainer

End = Snooze.End


def snooze_case(case: DecidedCase, *, until: date, reason: str, by: Trainer, at: datetime) -> Snooze:
    """Snooze a case until the beginning of the day `until`, and return the snooze. Idempotent;
    another day replaces the earlier one.

    Raises Refusal for a case that does not wait for us. Raises it at the field "until" for a day
    that is not after today, or is after the due day.
    """
    with transaction.atomic():
        case = lock_case(case)
        require_reviewer(case, by)
        require_nothing_pending(case)
        reason = check_words(reason, longest=LONGEST_WHY)
        due_on = _check_day(case, until, at)
        standing = Snooze.objects.unended().filter(subject=subject_of(case)).first()
        if standing and (standing.until_on, standing.reason) == (until, reason):
            return standing
        if standing:
            _end_snooze(standing, End.REPLACED, by=by, at=at)
        trainer = credential_of_case(case).trainer
        made = Snooze.objects.create(
            subject=subject_of(case),
            trainer=trainer,
            by=by,
            at=at,
            until_on=until,
            due_on=due_on,
            reason=reason,
        )
        record_history(
            made, "snoozed", trainer=trainer, by=by, at=at, reason=reason,
            detail={"case": made.subject, "on": str(until)},
        )  # fmt: skip
        return made


def wake_case(case: DecidedCase, *, by: Trainer, at: datetime) -> None:
    """End the snooze of a case, if it has one. Idempotent."""
    with transaction.atomic():
        case = lock_case(case)
        require_reviewer(case, by)
        standing = Snooze.objects.unended().filter(subject=subject_of(case)).first()
        if standing:
            _end_snooze(standing, End.WOKEN, by=by, at=at)


def wake_due_case(snooze: Snooze, *, at: datetime) -> Snooze:
    """End a snooze whose day has come. Idempotent."""
    with transaction.atomic():
        snooze = Snooze.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=snooze.pk)
        today = clock.date_of(at, settings.TIME_ZONE)
        if snooze.ended_at is None and snooze.until_on <= today:
            _end_snooze(snooze, End.DAY_CAME, by=None, at=at)
        return snooze


def follow_case_step(case: DecidedCase, *, by: Trainer | None, at: datetime) -> None:
    """End the snooze of a case that has just taken a step, whoever took it. When the case has
    ended, end its assignment too. The caller has locked the case and moved it.
    """
    subject = subject_of(case)
    standing = Snooze.objects.unended().filter(subject=subject).select_related("trainer").first()
    if standing:
        _end_snooze(standing, End.MOVED, by=by, at=at)
    if not case.is_open:
        for held in Assignment.objects.standing().filter(subject=subject).select_related("trainer"):
            end_assignment(held, by=by, at=at)


def _check_day(case: DecidedCase, until: date, at: datetime) -> date:
    """Return the due day of a case that waits for us. Raises Refusal when the case may not be
    snoozed until `until`.
    """
    due_on = promise_day(case)
    today = day_of(at, case)
    if due_on is None:
        raise Refusal("This case does not wait for us, so it cannot be snoozed.", code="not_waiting")
    if due_on <= today:
        raise Refusal("This case is due already, so it cannot be snoozed.", code="due", field="until")
    if until <= today:
        raise Refusal("Choose a day after today.", code="too_early", field="until")
    if until > due_on:
        sentence = f"This case is due on {day_in_words(due_on)}. Choose that day or one before."
        raise Refusal(sentence, code="too_late", field="until")
    return due_on


def _end_snooze(snooze: Snooze, how: str, *, by: Trainer | None, at: datetime) -> None:
    snooze.ended_at, snooze.ended_how = at, how
    snooze.save(update_fields=["ended_at", "ended_how"])
    detail = {"case": snooze.subject, "how": how}
    record_history(snooze, "woken", trainer=snooze.trainer, by=by, at=at, detail=detail)
