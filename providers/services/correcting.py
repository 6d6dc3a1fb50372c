"""Correct and withdraw reported completions, for 30 days. A record that a renewal claims by then
stays, and staff decide about it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from ceus.models import CeuRecord, RecordDocument
from ceus.services.reporting import ReportedRecord, withdraw_reports
from ceus.sharing import is_used_by_a_renewal, used_by_renewals
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from core.transitions import check_words, move
from outbox.notices import queue_notice, queue_notices
from providers.judging import judge_rows
from providers.models import Batch, Completion
from providers.models.batch import LONGEST_REASON, CompletionQuerySet
from providers.notice_codes import CHANGED
from providers.rows import ReadRow
from providers.services.people import require_provider_lead
from providers.services.reporting import MANY, TRY_AGAIN, write_rows
from trainers.models import Credential, Trainer

State = Completion.State
OPEN_FOR = timedelta(days=30)
TOO_LATE = "A report can be corrected for 30 days. Write to us about this one."
STILL_CLAIMED = "It is part of a renewal that was sent, so it stays. Keep it, or return that renewal first."


def is_open(batch: Batch, at: datetime) -> bool:
    """Return whether the report can still be corrected or withdrawn by its provider."""
    return at < batch.sent_at + OPEN_FOR


def withdraw_batch(batch: Batch, *, by: Trainer | None, at: datetime, reason: str) -> Batch:
    """Withdraw a whole report and mail its trainers; what a renewal claims goes to staff. Idempotent.

    Raises Refusal after 30 days, and without a reason.
    """
    with transaction.atomic():
        batch = _lock_batch(batch)
        if batch.state == Batch.State.WITHDRAWN:
            return batch
        _check_open(batch, at)
        reason = check_words(reason, longest=LONGEST_REASON)
        people = _withdraw(
            _lock_completions(Completion.objects.standing().filter(batch=batch)), by=by, at=at, reason=reason
        )
        batch.withdrawn_at, batch.reason = at, reason
        move(batch, Batch.State.WITHDRAWN, "withdrawn", trainer=None, by=by, at=at, reason=reason)
        queue_notices(CHANGED, subject=subject_of(batch), trainers=sorted(people), send_at=at)
        return batch


def correct_completion(
    completion: Completion,
    *,
    row: ReadRow | None,
    by: Trainer | None,
    at: datetime,
    latest_day: date,
    reason: str,
) -> Completion:
    """Replace a reported completion by `row`, or withdraw it when that is None, and mail the trainers.

    Returns the new completion, or the withdrawn one. Raises Refusal after 30 days, for a completion
    that no longer stands, and for a row that cannot be taken.
    """
    with transaction.atomic():
        batch = _lock_batch(completion.batch)
        _check_open(batch, at)
        reason = check_words(reason, longest=LONGEST_REASON)
        rows = Completion.objects.standing().filter(pk=completion.pk)
        (locked,) = _lock_completions(rows, and_number=row.number if row else "") or (None,)
        if locked is None or locked.state != State.REPORTED:
            raise Refusal("This completion has been changed already. Look at it again.", code="out_of_order")
        people = _withdraw([locked], by=by, at=at, reason=reason)
        is_for_staff = Completion.objects.filter(pk=locked.pk, state=State.FOR_STAFF).exists()
        made = (
            locked
            if row is None or is_for_staff
            else _replace(locked, row, by=by, at=at, latest_day=latest_day)
        )
        people |= {made.credential.trainer_id} if made.credential else set()
        for pk in sorted(people):
            _tell_trainer("row", locked, pk, at=at)
        return made


def decide_completion_for_staff(
    completion: Completion, *, keep: bool, by: Trainer | None, at: datetime, reason: str
) -> Completion:
    """Decide, as staff, about a completion that a renewal claimed before its provider took it back.

    Idempotent. Raises Refusal for one that does not wait for staff, and to take off what a renewal
    still claims.
    """
    who = require_provider_lead(by)
    with transaction.atomic():
        (locked,) = _lock_completions(Completion.objects.filter(pk=completion.pk))
        wanted, verb = (State.KEPT, "kept") if keep else (State.WITHDRAWN, "taken off")
        if locked.state == wanted:
            return locked
        if locked.state != State.FOR_STAFF:
            state = locked.get_state_display().lower()
            raise Refusal(Completion.OUT_OF_ORDER.format(state=state, verb=verb), code="out_of_order")
        reason = check_words(reason, longest=LONGEST_REASON)
        assert locked.credential is not None  # noqa: S101 - a constraint: it was taken
        assert locked.record is not None  # noqa: S101 - as above
        if locked.credential.trainer_id == who.pk:
            raise Refusal("Somebody else must decide about your own course.", code="own_case")
        if not keep and is_used_by_a_renewal(locked.record):
            raise Refusal(STILL_CLAIMED, code="claimed")
        locked.state_at, locked.reason = at, reason
        trainer = locked.credential.trainer
        move(locked, wanted, verb, trainer=trainer, by=who, at=at, reason=reason)
        if not keep:
            _take_back([locked], by=who, at=at, reason=reason)
            _tell_trainer("decided", locked, trainer.pk, at=at)
        return locked


def _lock_batch(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("provider").get(pk=batch.pk)


def _check_open(batch: Batch, at: datetime) -> None:
    if not is_open(batch, at):
        raise Refusal(TOO_LATE, code="too_late")
    if batch.state == Batch.State.WITHDRAWN:
        raise Refusal("This report was withdrawn.", code="out_of_order")


def _lock_completions(rows: CompletionQuerySet, *, and_number: str = "") -> list[Completion]:
    """Return the completions of `rows`, locked after their records, and after every credential of
    their trainers and the one with `and_number`, by primary key: two corrections the other way round
    never wait for each other, and no renewal shares a record meanwhile.
    """
    found = list(rows.order_by("line", "pk").values_list("pk", "credential_id", "record_id"))
    keys = {name: {row[place] for row in found} for place, name in enumerate(("pk", "credential", "record"))}
    trainers = Credential.objects.filter(pk__in=keys["credential"]).order_by().values("trainer")
    wanted = Q(trainer__in=trainers) | Q(number=and_number)
    credentials = Credential.objects.select_for_update(of=("self",)).filter(wanted)
    people = {one.pk: one for one in credentials.select_related("trainer").order_by("pk")}
    records = CeuRecord.objects.select_for_update(of=("self",)).filter(pk__in=keys["record"]).order_by("pk")
    by_key = {one.pk: one for one in records.select_related("course")}
    locked = Completion.objects.select_for_update(of=("self",)).filter(pk__in=keys["pk"])
    completions = list(locked.select_related("batch__provider").order_by("line", "pk"))
    for one in completions:
        if one.credential_id and one.record_id:  # both are there, unless it was refused
            one.credential, one.record = people[one.credential_id], by_key[one.record_id]
            one.record.credential = people.get(one.record.credential_id, one.credential)
    return completions


def _withdraw(
    completions: Sequence[Completion], *, by: Trainer | None, at: datetime, reason: str
) -> set[int]:
    """Withdraw the completions that no renewal claims, and leave the others to staff; return the
    primary keys of the affected trainers.
    """
    open_ones = [one for one in completions if one.state == State.REPORTED]
    used = used_by_renewals(one.record for one in open_ones if one.record)
    free = [one for one in open_ones if one.record_id not in used]
    for state, some in (
        (State.WITHDRAWN, free),
        (State.FOR_STAFF, [one for one in open_ones if one not in free]),
    ):
        pks = [one.pk for one in some]
        Completion.objects.filter(pk__in=pks).update(state=state, state_at=at, reason=reason)
        verb = "withdrawn" if state == State.WITHDRAWN else "given to staff"
        entries = (_entry(one, verb, state, by=by, at=at, reason=reason) for one in some)
        HistoryEntry.objects.bulk_create(entries, batch_size=MANY)
    _take_back(free, by=by, at=at, reason=reason)
    return {one.credential.trainer_id for one in open_ones if one.credential}


def _entry(
    one: Completion, verb: str, state: str, *, by: Trainer | None, at: datetime, reason: str
) -> HistoryEntry:
    return HistoryEntry(
        subject=subject_of(one),
        trainer_id=one.credential.trainer_id if one.credential else None,
        verb=verb,
        from_state=State.REPORTED,
        to_state=state,
        by=by,
        at=at,
        reason=reason,
    )


def _take_back(completions: Sequence[Completion], *, by: Trainer | None, at: datetime, reason: str) -> None:
    if not completions:
        return
    found = [ReportedRecord(one.record, one.made_record, one.before) for one in completions if one.record]
    current = RecordDocument.objects.current().filter(record__in=[one.record for one in found])
    withdraw_reports(
        found,
        by=by,
        at=at,
        reason=reason,
        proven=set(current.values_list("record_id", flat=True)),
        since=completions[0].batch.sent_at,
    )


def _replace(
    old: Completion, row: ReadRow, *, by: Trainer | None, at: datetime, latest_day: date
) -> Completion:
    """Write `row` in the place of a completion that was just withdrawn. Raises Refusal when it cannot
    be taken.
    """
    row = replace(row, line=old.line)
    (judged,) = judge_rows(old.batch.provider, [row], latest_day=latest_day, lock=True)
    if not judged.is_taken:
        raise Refusal(judged.words, code=judged.outcome)
    try:
        with transaction.atomic():
            (made,) = write_rows(old.batch, judged=[judged], by=by, at=at, replaces=old)
    except IntegrityError:
        raise Refusal(TRY_AGAIN, code="busy") from None
    return Completion.objects.select_related("credential").get(pk=made)


def _tell_trainer(what: str, completion: Completion, trainer: int, *, at: datetime) -> None:
    """Queue the mail about one row: its provider changed it ("row"), or staff "decided" about it."""
    queue_notice(
        CHANGED,
        subject=subject_of(completion.batch),
        event=f"{what}:{completion.pk}:{trainer}",
        trainer=Trainer(pk=trainer),
        send_at=at,
    )
