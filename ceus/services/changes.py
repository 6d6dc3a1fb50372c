"""Change and remove records until a renewal claims them (Q23)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ceus.cards import remind_of_card_on
from ceus.models import CeuRecord, course_ceus_on
from ceus.services import record_checks
from ceus.services.evidence import attach_evidence, lock_record, move_record
from core.errors import Refusal
from core.history import record_history
from documents.waiting import WaitingFile
from trainers.models import Cycle, Trainer

State = CeuRecord.State


def change_record(
    record: CeuRecord,
    *,
    completed_on: date,
    valid_through: date | None = None,
    files: Mapping[str, WaitingFile] | None = None,
    by: Trainer,
    at: datetime,
    today: date,
) -> CeuRecord:
    """Change a record's dates and replace its `files` by part. Raises Refusal when a renewal claims it."""
    with transaction.atomic():
        record = _lock_own(record, by=by)
        record_checks.check_free(record)
        return _change(record, completed_on, valid_through, files or {}, by=by, at=at, today=today)


def mend_record(
    record: CeuRecord,
    *,
    cycle: Cycle,
    completed_on: date,
    valid_through: date | None = None,
    files: Mapping[str, WaitingFile],
    by: Trainer,
    at: datetime,
    today: date,
) -> CeuRecord:
    """Change a record that a returned renewal of `cycle` claims. The caller opens the transaction
    and decides whether the renewal may still be corrected.

    Raises Refusal for a record that this renewal does not claim, and for one that we rejected or
    granted.
    """
    record = _lock_own(record, by=by)
    if record.claimed_for_id != cycle.pk or record.granted or record.state not in CeuRecord.COUNTING:
        raise Refusal("This is not what we asked you to correct.", code="not_claimed")
    return _change(record, completed_on, valid_through, files, by=by, at=at, today=today)


def _change(
    record: CeuRecord,
    completed_on: date,
    valid_through: date | None,
    files: Mapping[str, WaitingFile],
    *,
    by: Trainer,
    at: datetime,
    today: date,
) -> CeuRecord:
    """Write the dates of a locked record and replace its files by part."""
    record_checks.check_completed_on(completed_on, today=today, at=at, credential=record.credential)
    if valid_through:
        record_checks.check_card_days(completed_on, valid_through)
    if completed_on != record.completed_on:
        record_checks.check_own_day(record)
    before = _values_for_history(record)
    if record.course and completed_on != record.completed_on:
        # While its day stays, a record keeps its CEUs and approval, whatever the catalogue gives now (Q32).
        record_checks.check_approved(record.course, completed_on)
        record.hundredths = course_ceus_on(record.course, completed_on)
        record.approved = True
    record.completed_on, record.valid_through = completed_on, valid_through
    after = _values_for_history(record)
    if before != after:
        record_checks.check_new_event(record)
        record.remind_on = valid_through and remind_of_card_on(record.credential, valid_through, today=today)
        _save(record)
        detail = {"before": before, "after": after}
        record_history(record, "changed", trainer=record.credential.trainer, by=by, at=at, detail=detail)
    return attach_evidence(record, files=files, by=by, at=at)


def remove_record(record: CeuRecord, *, by: Trainer, at: datetime) -> CeuRecord:
    """Remove a record. Idempotent. Raises Refusal when a renewal claims it, and when staff have
    corrected it.
    """
    with transaction.atomic():
        record = _lock_own(record, by=by)
        if record.state != State.REMOVED:
            record_checks.check_free(record)
            record_checks.check_removable(record)
            move_record(record, State.REMOVED, "removed", by=by, at=at)
        return record


def _values_for_history(record: CeuRecord) -> dict[str, str]:
    """Return what history keeps of a change of `record`."""
    return {name: str(getattr(record, name)) for name in ("completed_on", "valid_through", "hundredths")}


def _lock_own(record: CeuRecord, *, by: Trainer) -> CeuRecord:
    locked = lock_record(record)
    record_checks.check_owner(locked.credential, by)
    return locked


def _save(record: CeuRecord) -> None:
    try:
        with transaction.atomic():
            record.save(
                update_fields=["completed_on", "valid_through", "remind_on", "hundredths", "approved"]
            )
    except IntegrityError:
        if not CeuRecord.objects.same_completion_as(record).exclude(pk=record.pk).exists():
            raise
        sentence = "You have already logged this with that date."
        raise Refusal(sentence, code="logged_before", field="completed_on") from None
