"""Change the approval or the CEUs of a course or provider, and decide what that means for records
already logged (Q32).
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Course, Provider
from ceus.models.changes import LONGEST_REASON
from ceus.notice_codes import RELISTED
from ceus.touched import ListingChange, RecordWorth, mark_of, touched_records
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from core.policy_words import fill_policy_words
from core.transitions import check_words
from outbox.notices import queue_notices
from rules.listing import ceus_on
from trainers.models import Credential, Trainer

Records = CatalogueChange.Records
LEAD = "ceus.lead_cataloguechange"
MANY = 500  # rows in one statement


def change_listing(
    row: Course | Provider,
    *,
    change: ListingChange,
    by: Trainer,
    at: datetime,
    today: date,
    reason: str = "",
    records: str = Records.KEPT,
    mark: str = "",
) -> CatalogueChange:
    """Save `row` with its new approved days or CEUs, and decide about the records that this
    affects.

    The caller has locked the row. `mark` is the `mark_of` those records that `by` was shown. With
    `KEPT` the records stay as they are; with `CHANGED`, which only a lead may choose, they follow
    the catalogue. Every affected trainer gets a mail. Raises Refusal when other records are
    affected by now, without a needed reason, and unless `by` may decide so.
    """
    with transaction.atomic():
        check_ceus_from(change, by=by, today=today)
        touched = _lock_touched(change)
        if mark != mark_of(change, touched):
            sentence = "Meanwhile it touches other records than you were shown. Read the list again."
            raise Refusal(sentence, code="others_touched")
        if touched or change.reaches_back(today):
            reason = check_words(reason, longest=LONGEST_REASON)
        if touched and records != Records.KEPT:
            _check_lead(touched, records, by=by)
        decided = records if touched else Records.NONE
        made = CatalogueChange.objects.create(**_facts(change), records=decided, reason=reason, by=by, at=at)
        row.save()
        _record_affected(made, change, touched)
        return made


def check_ceus_from(change: ListingChange, *, by: Trainer, today: date) -> None:
    """Raise Refusal for new CEUs that begin after today, and for a raise that begins before today
    unless a lead makes it.
    """
    if not change.revalued or change.ceus_from is None or change.hundredths is None:
        return
    if change.ceus_from > today:
        sentence = "Choose today or an earlier day. A later change is made on its first day."
        raise Refusal(sentence, code="ceus_later", field="ceus_from")
    assert isinstance(change.row, Course)  # noqa: S101 - only courses have CEUs
    raised = any(
        ceus_on(days.first, change.ceus_so_far, otherwise=change.row.hundredths) < change.hundredths
        for days in change.revalued
        if days.first < today
    )
    if raised and not by.has_perm(LEAD):
        sentence = fill_policy_words(
            "Only a lead can raise the {units} of days that have passed. Choose today."
        )
        raise Refusal(sentence, code="raise", field="ceus_from")


def _check_lead(touched: Sequence[CeuRecord], records: str, *, by: Trainer) -> None:
    if records != Records.CHANGED:
        raise Refusal("Choose what becomes of these records.", code="records", field="records")
    if not by.has_perm(LEAD):
        raise Refusal("Only a lead can change records that count.", code="not_allowed", field="records")
    if any(record.credential.trainer_id == by.pk for record in touched):
        raise Refusal(
            "One of these records is yours, so another lead decides about them.", code="own", field="records"
        )


def _lock_touched(change: ListingChange) -> list[CeuRecord]:
    """Lock the credentials of the affected records, then the records; return the records."""
    found = touched_records(change)
    credentials = Credential.objects.select_for_update().filter(
        pk__in=found.order_by().values("credential_id")
    )
    list(credentials.order_by("pk").values_list("pk"))
    return list(found.select_for_update(of=("self",)).select_related("credential"))


def _facts(change: ListingChange) -> dict[str, object]:
    """Return what changes, by the name of the column of `CatalogueChange`."""
    row = change.row
    facts: dict[str, object] = {"course" if isinstance(row, Course) else "provider": row}
    if change.approved != row.approved_days:
        facts |= {"from_before": row.approved_from, "from_after": change.approved.first}
        facts |= {"through_before": row.approved_through, "through_after": change.approved.last}
    if change.revalued and isinstance(row, Course):
        facts |= {"ceus_from": change.ceus_from, "hundredths_after": change.hundredths}
        facts["hundredths_before"] = row.hundredths
    return facts


def _record_affected(made: CatalogueChange, change: ListingChange, touched: Sequence[CeuRecord]) -> None:
    """Write what the change means for each record, change those that follow it, and queue the
    mails.
    """
    rows = [_affected(made, change, record) for record in touched]
    AffectedRecord.objects.bulk_create(rows, batch_size=MANY)
    changed = sorted((row for row in rows if row.is_changed), key=_meaning)
    for meaning, group in groupby(changed, key=_meaning):
        pks = [row.record_id for row in group]
        for start in range(0, len(pks), MANY):
            few = CeuRecord.objects.filter(pk__in=pks[start : start + MANY])
            few.update(hundredths=meaning.hundredths, approved=meaning.approved)
    HistoryEntry.objects.bulk_create((_history_of(made, row) for row in changed), batch_size=MANY)
    people = {record.credential.trainer_id for record in touched}
    queue_notices(RELISTED, subject=subject_of(made), trainers=sorted(people), send_at=made.at)


def _affected(made: CatalogueChange, change: ListingChange, record: CeuRecord) -> AffectedRecord:
    before = after = RecordWorth(record.hundredths, record.approved)
    if made.records == Records.CHANGED:
        after = change.meaning_for(record)
    return AffectedRecord(
        change=made,
        record=record,
        hundredths_before=before.hundredths,
        hundredths_after=after.hundredths,
        approved_before=before.approved,
        approved_after=after.approved,
    )


def _meaning(row: AffectedRecord) -> RecordWorth:
    return RecordWorth(row.hundredths_after, row.approved_after)


def _history_of(made: CatalogueChange, row: AffectedRecord) -> HistoryEntry:
    detail = {"change": made.pk, "hundredths": [row.hundredths_before, row.hundredths_after]}
    detail["approved"] = [row.approved_before, row.approved_after]
    return HistoryEntry(
        subject=subject_of(row.record),
        trainer_id=row.record.credential.trainer_id,
        verb="counted_anew",
        by=made.by,
        at=made.at,
        reason=made.reason,
        detail=detail,
    )
