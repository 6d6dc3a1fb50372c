"""Records that count because a provider reported them (Q23): created, merged with what the trainer
logged before, and withdrawn. A whole report takes a constant number of statements.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ceus.models import AffectedRecord, CeuRecord, Correction, Course
from core.history import subject_of
from core.models import HistoryEntry
from core.transitions import take_step
from rules.days import add_days
from rules.names import fold_title
from trainers.models import Credential, Trainer

State = CeuRecord.State
REPORTED, WITHDRAWN = "reported", "report withdrawn"  # verbs of the history
MERGED = ("reported_by_provider", "completed_on", "hundredths", "state")
MANY = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class Report:
    """One completion as a provider reports it. `known` is the trainer's own record of it, if any."""

    credential: Credential
    course: Course
    completed_on: date
    hundredths: int
    known: CeuRecord | None = None


@dataclass(frozen=True, slots=True)
class ReportedRecord:
    """The record of a report. `before` has the values of the trainer's own record before the report
    was merged into it, to restore them. `differs` is true when a renewal claims the record and the
    provider reports something else: the record stays unchanged, and staff decide.
    """

    record: CeuRecord
    made: bool
    before: dict[str, Any] = field(default_factory=dict)
    differs: bool = False


def record_reports(
    reports: Sequence[Report], *, provider: str, by: Trainer | None, at: datetime
) -> list[ReportedRecord]:
    """Make a record for each report, or merge it with the known one; the order is kept.

    The caller opens the transaction, and has locked the credentials and the known records. Raises
    IntegrityError when a record of the same completion was written meanwhile.
    """
    made = CeuRecord.objects.bulk_create(
        [_new_record(one, by=by, at=at) for one in reports if one.known is None]
    )
    new = iter(made)
    found = [_merge(one) if one.known else ReportedRecord(next(new), made=True) for one in reports]
    merged = [one.record for one in found if not one.made]
    if merged:
        CeuRecord.objects.bulk_update(merged, MERGED, batch_size=MANY)
    entries = (_entry(one, provider, by=by, at=at) for one in found)
    HistoryEntry.objects.bulk_create(entries, batch_size=MANY)
    return found


def corrected_records(records: Iterable[int]) -> set[int]:
    """Return the primary keys of those `records` whose newest correction by staff stands. One query."""
    newest: dict[int, bool] = {}
    rows = Correction.objects.filter(record__in=set(records)).order_by("pk")
    for record, takes_back in rows.values_list("record_id", "takes_back_id"):
        newest[record] = takes_back is None
    return {record for record, stands in newest.items() if stands}


def withdraw_reports(
    found: Sequence[ReportedRecord],
    *,
    by: Trainer | None,
    at: datetime,
    reason: str,
    proven: set[int],
    since: datetime,
) -> None:
    """Take reports that were made at `since` back: remove the records that they made, restore those
    that they were merged with.

    A record whose trainer has added the certificate since (in `proven`) stays theirs. A day and
    CEUs that staff decided since stay, and so does a day when another record has the day before the
    report. The caller opens the transaction, has locked credentials and records, and leaves out
    what a renewal claims.
    """
    entries = []
    merged = [one for one in found if not one.made]
    decided, taken = _decided_since(merged, since), _whose_day_is_taken(merged)
    for one in found:
        record, before = one.record, one.record.state
        record.reported_by_provider = False
        keeps = {"is_decided": record.pk in decided, "keeps_day": record.pk in taken}
        _restore(record, one, is_proven=record.pk in proven, **keeps)
        entries.append(_entry_of_withdrawal(record, before, by=by, at=at, reason=reason))
    CeuRecord.objects.bulk_update([one.record for one in found], MERGED, batch_size=MANY)
    HistoryEntry.objects.bulk_create(entries, batch_size=MANY)


def _new_record(one: Report, *, by: Trainer | None, at: datetime) -> CeuRecord:
    return CeuRecord(
        credential=one.credential,
        course=one.course,
        category=one.course.category,
        title=one.course.title,
        completed_on=one.completed_on,
        hundredths=one.hundredths,
        state=State.ACCEPTED,
        reported_by_provider=True,
        logged_at=at,
        logged_by=by,
    )


def _merge(one: Report) -> ReportedRecord:
    """Return the known record with the values of the report, not yet saved."""
    record = one.known
    assert record is not None  # noqa: S101 - the caller chose it by that
    before = {
        "state": record.state,
        "hundredths": record.hundredths,
        "completed_on": record.completed_on.isoformat(),
    }
    record.reported_by_provider = True
    if record.claimed_for_id:
        differs = (record.hundredths, record.completed_on) != (one.hundredths, one.completed_on)
        return ReportedRecord(record, made=False, before=before, differs=differs)
    if record.state != State.ACCEPTED:
        take_step(record, State.ACCEPTED, REPORTED)
    record.hundredths, record.completed_on = one.hundredths, one.completed_on
    return ReportedRecord(record, made=False, before=before)


def _decided_since(merged: Sequence[ReportedRecord], since: datetime) -> Set[int]:
    """Return the primary keys of the records that staff corrected, or that a lead let follow the
    catalogue, after the report. Two queries.
    """
    records = [one.record.pk for one in merged]
    kept = AffectedRecord.objects.filter(record__in=records, change__at__gte=since)
    changed = kept.exclude(hundredths_before=F("hundredths_after"), approved_before=F("approved_after"))
    return corrected_records(records) | set(changed.values_list("record_id", flat=True))


def _whose_day_is_taken(merged: Sequence[ReportedRecord]) -> Set[int]:
    """Return the primary keys of the records whose day before the report another record has by now:
    one of the same course, or a petition's of that title, which counts for the days beside it too
    (invariant 13). One query.
    """
    moved = [one for one in merged if _day_before(one) != one.record.completed_on]
    people = {one.record.credential_id for one in moved}
    others = list(CeuRecord.objects.counting().filter(credential__in=people)) if people else []
    return {one.record.pk for one in moved if any(_has_day_of(one, other) for other in others)}


def _has_day_of(one: ReportedRecord, other: CeuRecord) -> bool:
    record, day = one.record, _day_before(one)
    if other.pk == record.pk or other.credential_id != record.credential_id:
        return False
    if other.granted:
        near = (add_days(day, -1), day, add_days(day, 1))
        return other.completed_on in near and fold_title(other.title) == fold_title(record.title)
    return other.course_id == record.course_id and other.completed_on == day


def _day_before(one: ReportedRecord) -> date:
    return date.fromisoformat(one.before["completed_on"])


def _restore(
    record: CeuRecord, one: ReportedRecord, *, is_proven: bool, is_decided: bool, keeps_day: bool
) -> None:
    if one.made:
        if not is_proven:
            take_step(record, State.REMOVED, WITHDRAWN)
        return
    if not is_decided:
        record.hundredths = one.before["hundredths"]
        record.completed_on = record.completed_on if keeps_day else _day_before(one)
    if one.before["state"] == State.PENDING and not is_proven:
        take_step(record, State.PENDING, WITHDRAWN)


def _entry(one: ReportedRecord, provider: str, *, by: Trainer | None, at: datetime) -> HistoryEntry:
    before = "" if one.made else one.before["state"]
    moved = one.record.state != before
    return HistoryEntry(
        subject=subject_of(one.record),
        trainer_id=one.record.credential.trainer_id,
        verb=REPORTED,
        from_state=before if moved else "",
        to_state=one.record.state if moved else "",
        by=by,
        at=at,
        detail={"provider": provider},
    )


def _entry_of_withdrawal(
    record: CeuRecord, before: str, *, by: Trainer | None, at: datetime, reason: str
) -> HistoryEntry:
    moved = record.state != before
    return HistoryEntry(
        subject=subject_of(record),
        trainer_id=record.credential.trainer_id,
        verb=WITHDRAWN,
        from_state=before if moved else "",
        to_state=record.state if moved else "",
        by=by,
        at=at,
        reason=reason,
    )
