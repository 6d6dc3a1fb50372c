"""Records that count because a provider reported them (Q23): created, merged with what the trainer
logged before, and withdrawn. A whole report takes a constant number of statements.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypedDict

from django.db.models import F

from ceus.described import describe_course
from ceus.models import AffectedRecord, CeuRecord, Correction, Course
from ceus.sharing import used_by_renewals
from core.history import join_subject, subject_of
from core.loading import Value, load_models
from core.models import HistoryEntry
from core.transitions import take_step
from rules.days import add_days
from rules.names import fold_title
from trainers.models import Credential, Trainer

State = CeuRecord.State
REPORTED, WITHDRAWN = "reported", "report withdrawn"  # verbs of the history
MERGED = ("reported_by_provider", "completed_on", "hundredths", "state")
MADE = ("", State.ACCEPTED)  # the step of a record that a report makes
DESCRIBED = ("provider_code", "topics", "format")
RECORDED = ("credential", "course", "completed_on", "hundredths", "category", "title", *DESCRIBED)
MANY = 1000  # rows in one statement: as many as a report has


@dataclass(frozen=True, slots=True)
class Report:
    """One completion as a provider reports it. `known` is the trainer's own record of it, if any."""

    credential: Credential
    course: Course
    completed_on: date
    hundredths: int
    known: CeuRecord | None = None


class RecordBefore(TypedDict, total=False):
    """A record before a report was merged into it, as the report's row keeps it; empty for a record
    that the report made.
    """

    state: str
    hundredths: int
    completed_on: str


@dataclass(frozen=True, slots=True)
class ReportedRecord:
    """The record of a report. `before` has the values of the trainer's own record before the report
    was merged into it, to restore them. `differs` is true when a renewal uses the record and the
    provider reports something else: the record stays unchanged, and staff decide.
    """

    record: CeuRecord
    made: bool
    before: RecordBefore = field(default_factory=RecordBefore)
    differs: bool = False


class StoredReport(NamedTuple):
    """A report that was written: the primary key of its record, and the rest as in `ReportedRecord`."""

    record: int
    made: bool = True
    before: RecordBefore = RecordBefore()
    differs: bool = False


def record_reports(
    reports: Sequence[Report], *, provider: str, by: Trainer | None, at: datetime
) -> list[StoredReport]:
    """Make a record for each report, or merge it with the known one; the order is kept.

    The caller opens the transaction, and has locked the credentials and the known records. Raises
    IntegrityError when a record of the same completion was written meanwhile.
    """
    new = iter(_load_records([one for one in reports if one.known is None], by=by, at=at))
    used = used_by_renewals(one.known for one in reports if one.known)
    merged = {place: _merge(one, used) for place, one in enumerate(reports) if one.known}
    if merged:
        CeuRecord.objects.bulk_update([one.record for one in merged.values()], MERGED, batch_size=MANY)
    found = [
        StoredReport(one.record.pk, False, one.before, one.differs)
        if (one := merged.get(place))
        else StoredReport(next(new))
        for place in range(len(reports))
    ]
    steps = [_step(merged[place]) if place in merged else MADE for place in range(len(reports))]
    kind = CeuRecord._meta.label_lower
    load_models(
        HistoryEntry,
        ("subject", "trainer", "from_state", "to_state"),
        [
            (join_subject(kind, stored.record), one.credential.trainer_id, *step)
            for one, stored, step in zip(reports, found, steps, strict=True)
        ],
        **{"verb": REPORTED, "by": by, "at": at, "detail": {"provider": provider}},
    )
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


def _load_records(reports: Sequence[Report], *, by: Trainer | None, at: datetime) -> list[int]:
    """Insert the records that reports make; return their primary keys in this order."""
    described: dict[int, tuple[str, ...]] = {}
    rows: list[tuple[Value, ...]] = []
    for one in reports:
        course = one.course
        if course.pk not in described:
            columns = describe_course(course).columns
            described[course.pk] = (course.category, course.title, *(columns[name] for name in DESCRIBED))
        rows.append((one.credential.pk, course.pk, one.completed_on, one.hundredths, *described[course.pk]))
    same = {"state": State.ACCEPTED, "reported_by_provider": True, "logged_at": at, "logged_by": by}
    return load_models(CeuRecord, RECORDED, rows, **same)


def _merge(one: Report, used: Set[int]) -> ReportedRecord:
    """Return the known record with the values of the report, not yet saved. One that a renewal uses
    keeps its own.
    """
    record = one.known
    assert record is not None  # noqa: S101 - the caller chose it by that
    before: RecordBefore = {
        "state": record.state,
        "hundredths": record.hundredths,
        "completed_on": record.completed_on.isoformat(),
    }
    record.reported_by_provider = True
    if record.pk in used:
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


def _step(one: ReportedRecord) -> tuple[str, str]:
    """Return the states before and after; "" for a record that was accepted before."""
    before, after = one.before["state"], one.record.state
    return (before, after) if after != before else ("", "")


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
