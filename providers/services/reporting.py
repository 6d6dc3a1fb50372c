"""Store a provider's report: every row gets its answer, and accepted rows count at once (Q23)."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from ceus.models import Provider
from ceus.services.reporting import ReportedRecord, record_reports
from core.errors import Refusal
from core.history import record_history, subject_of
from core.references import new_reference
from outbox.notices import queue_notices
from providers.judging import JudgedRow, judge_rows
from providers.models import ApiKey, Batch, Completion
from providers.models.batch import MOST_ROWS
from providers.notice_codes import REPORTED
from providers.rows import ReadRow
from trainers.models import Trainer

State = Completion.State
MANY = 500  # rows in one statement
TRIES = 3  # when trainers log the same courses at the same moment
NO_ROWS = "The report has no rows."
TOO_LONG = f"A report has at most {MOST_ROWS:,} rows. Send the others in another one."
OTHER_ROWS = "This key was used for another report. Use a new key for each report."
TRY_AGAIN = "Trainers logged the same courses at this moment. Nothing was taken. Send it again."


def report_completions(
    provider: Provider,
    *,
    rows: Sequence[ReadRow],
    source: str,
    idempotency_key: str,
    by: Trainer | None,
    at: datetime,
    latest_day: date,
    file_name: str = "",
    key: ApiKey | None = None,
) -> Batch:
    """Store a report with an answer for each row, create or merge the records, and mail the
    trainers. Idempotent: the same key with the same rows returns the first report.

    Raises Refusal for a report without rows, for one with too many, and for a key that was used for
    other rows.
    """
    _check_size(rows)
    told: dict[str, Any] = {
        "file_name": file_name[:120],
        "key": key,
        "idempotency_key": idempotency_key,
        "source": source,
    }
    told |= {"sent_by": by, "sent_at": at, "sha256": fingerprint_of(rows)}
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                if known := _reported_before(provider, idempotency_key, told["sha256"]):
                    return known
                judged = judge_rows(provider, rows, latest_day=latest_day, lock=True)
                return _store(Batch(provider=provider, **told), judged)
        except IntegrityError:
            if attempt == TRIES - 1:
                raise Refusal(TRY_AGAIN, code="busy") from None
    raise AssertionError("every attempt returned or raised")


def fingerprint_of(rows: Sequence[ReadRow]) -> str:
    """Return the SHA-256 of the rows as they were read."""
    plain = [
        [one.number, one.name, one.course, str(one.completed_on), one.hundredths, one.flaw] for one in rows
    ]
    return sha256(json.dumps(plain).encode()).hexdigest()


def write_rows(
    batch: Batch,
    *,
    judged: Sequence[JudgedRow],
    by: Trainer | None,
    at: datetime,
    replaces: Completion | None = None,
) -> list[Completion]:
    """Write judged rows and their records. The caller opens the transaction and judged them under lock."""
    reports = [one.report for one in judged if one.report]
    records = iter(record_reports(reports, provider=batch.provider.name, by=by, at=at))
    rows = [
        _completion(batch, one, next(records) if one.is_taken else None, at=at, replaces=replaces)
        for one in judged
    ]
    return Completion.objects.bulk_create(rows, batch_size=MANY)


def _store(batch: Batch, judged: Sequence[JudgedRow]) -> Batch:
    """Write a report with its rows, its records, its history and its mails."""
    batch.reference = new_reference("B")
    batch.row_count, batch.taken_count = len(judged), sum(one.is_taken for one in judged)
    batch.save(force_insert=True)
    by, at = batch.sent_by, batch.sent_at
    record_history(batch, "reported", trainer=None, by=by, at=at, change=("", batch.state))
    write_rows(batch, judged=judged, by=by, at=at)
    _tell_trainers(batch, judged)
    return batch


def _check_size(rows: Sequence[ReadRow]) -> None:
    if not rows:
        raise Refusal(NO_ROWS, code="no_rows")
    if len(rows) > MOST_ROWS:
        raise Refusal(TOO_LONG, code="too_many")


def _reported_before(provider: Provider, key: str, fingerprint: str) -> Batch | None:
    known = Batch.objects.filter(provider=provider, idempotency_key=key).first()
    if known and known.sha256 != fingerprint:
        raise Refusal(OTHER_ROWS, code="key_used")
    return known


def _completion(
    batch: Batch, judged: JudgedRow, made: ReportedRecord | None, *, at: datetime, replaces: Completion | None
) -> Completion:
    row = judged.row
    state = State.REFUSED if made is None else State.FOR_STAFF if made.differs else State.REPORTED
    return Completion(
        batch=batch,
        line=row.line,
        number=row.number,
        name=(row.name or "") if judged.credential else "",
        course_code=row.course,
        course=judged.course,
        completed_on=row.completed_on,
        hundredths=row.hundredths,
        outcome=judged.outcome,
        words=judged.words,
        state=state,
        state_at=at if state == State.FOR_STAFF else None,
        credential=judged.credential,
        record=made.record if made else None,
        made_record=bool(made and made.made),
        before=made.before if made else {},
        replaces=replaces,
    )


def _tell_trainers(batch: Batch, judged: Sequence[JudgedRow]) -> None:
    people = {*_people_of(judged)}
    queue_notices(REPORTED, subject=subject_of(batch), trainers=sorted(people), send_at=batch.sent_at)


def _people_of(judged: Sequence[JudgedRow]) -> Iterator[int]:
    return (one.report.credential.trainer_id for one in judged if one.report)
