"""Store a provider's report: every row gets its answer, and accepted rows count at once (Q23)."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from django.db import IntegrityError, transaction

from ceus.models import Provider
from ceus.services.reporting import StoredReport, record_reports
from core.errors import Refusal
from core.history import record_history, subject_of
from core.loading import Value, load_models
from core.policy_words import in_policy_words
from core.references import new_reference
from outbox.notices import queue_notices
from providers.judging import JudgedRow, judge_rows
from providers.models import ApiKey, Batch, Completion
from providers.models.batch import MOST_ROWS
from providers.notice_codes import REPORTED
from providers.rows import ReadRow
from providers.services.telling import tell_refused
from trainers.models import Trainer

State = Completion.State
MANY = 1000  # rows in one statement: as many as a report has
STORED = (
    *("line", "number", "name", "course_code", "course", "completed_on", "hundredths"),
    *("outcome", "words", "state", "state_at", "credential", "record", "made_record", "before"),
)
TRIES = 3  # when trainers log the same courses at the same moment
NO_ROWS = "The report has no rows."
TOO_LONG = f"A report has at most {MOST_ROWS:,} rows. Send the others in another one."
OTHER_ROWS = "This key was used for another report. Use a new key for each report."
TRY_AGAIN = in_policy_words(
    "{holders} logged the same courses at this moment. Nothing was taken. Send it again."
)


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
    sha256 = fingerprint_of(rows)
    made = partial(Batch, provider=provider, sent_by=by, sent_at=at, sha256=sha256, key=key, source=source)
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                if known := _reported_before(provider, idempotency_key, sha256):
                    return known
                judged = judge_rows(provider, rows, latest_day=latest_day, lock=True)
                batch = made(file_name=file_name[:120], idempotency_key=idempotency_key)
                return _store(batch, judged)
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
) -> list[int]:
    """Write judged rows and their records; return the primary keys of the rows. The caller opens the
    transaction and judged them under lock.
    """
    reports = [one.report for one in judged if one.report]
    records = iter(record_reports(reports, provider=batch.provider.name, by=by, at=at))
    rows = [_cells(one, next(records) if one.is_taken else None, at=at) for one in judged]
    made = load_models(Completion, STORED, rows, batch=batch, replaces=replaces)
    tell_refused(batch, [(pk, one) for pk, one in zip(made, judged, strict=True) if not one.is_taken], at=at)
    return made


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


def _cells(judged: JudgedRow, made: StoredReport | None, *, at: datetime) -> tuple[Value, ...]:
    """Return the columns of STORED for a row, with the record that was made for it."""
    row, course, credential = judged.row, judged.course, judged.credential
    state = State.REFUSED if made is None else State.FOR_STAFF if made.differs else State.REPORTED
    return (
        row.line,
        row.number,
        (row.name or "") if credential else "",
        row.course,
        course.pk if course else None,
        row.completed_on,
        row.hundredths,
        judged.outcome,
        judged.words,
        state,
        at if state == State.FOR_STAFF else None,
        credential.pk if credential else None,
        made.record if made else None,
        int(made is not None and made.made),
        json.dumps(made.before) if made and made.before else "{}",
    )


def _tell_trainers(batch: Batch, judged: Sequence[JudgedRow]) -> None:
    people = {*_people_of(judged)}
    queue_notices(REPORTED, subject=subject_of(batch), trainers=sorted(people), send_at=batch.sent_at)


def _people_of(judged: Sequence[JudgedRow]) -> Iterator[int]:
    return (one.report.credential.trainer_id for one in judged if one.report)
