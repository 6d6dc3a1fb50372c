"""Staff propose, grant and decline reliefs, and withdraw waivers. A lead decides about extensions
(Q34), finance or a lead about waivers (Q35).

Nothing is granted by editing a date of the cycle: the rules take what was granted as facts. The
last day of a case is moved by the app that has the case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from cases.locking import day_of, lock_case, lock_cycle
from cases.reviewers import require_another_person
from core.errors import Refusal
from core.history import record_history, subject_of
from core.transitions import check_step, check_words, move
from documents.waiting import WaitingFile
from hardship.checks import (
    check_day,
    check_decider,
    check_kind,
    check_latest,
    permission_to_decide,
    permission_to_propose,
)
from hardship.extendable_days import charge_in_hand, extendable_day_named, limit_of
from hardship.grants import ReliefGrant
from hardship.models import LONGEST_WORDS, Relief
from hardship.notice_codes import DECLINED, MORE_TIME, TAKEN_BACK, WAIVED
from hardship.services.asking import details_of, keep_evidence
from hardship.services.following import plan_reminders
from hardship.services.waiving import needs_second_person_for, set_fee, take_off_charge
from outbox.notices import queue_notice
from trainers.models import Cycle, Trainer

State, What = Relief.State, Relief.What
OWN_PROPOSAL = "Somebody else must decide about what you propose."
ASKED_BESIDE = "They asked for this themselves, and it waits. Decide about their request."
PROPOSED_BESIDE = "This is proposed already, and waits for somebody else to decide."


def propose_relief(
    cycle: Cycle,
    *,
    by: Trainer,
    at: datetime,
    grant: ReliefGrant,
    words: str,
    note: str = "",
    relief: Relief | None = None,
    files: Iterable[WaitingFile] = (),
    seen: int | None = None,
) -> Relief:
    """Propose a grant to somebody who may decide; `relief` is the trainer's request, if there is one.
    Nothing changes for the trainer until it is granted.

    Idempotent; without `relief` by means of `seen`, as in `grant_relief`.
    """
    with transaction.atomic():
        cycle, row = _locked(cycle, relief)
        check_decider(cycle, by, permission_to_propose(grant.what))
        if row and row.state == State.PROPOSED and row.proposed_by_id == by.pk:
            return row
        again = _repeated(cycle, row, grant, words=words, by=by, seen=seen)
        if again:
            return again
        row = _with_grant(cycle, row, grant, words=words, note=note, at=at)
        return _propose(row, by=by, at=at, files=files)


def grant_relief(
    cycle: Cycle,
    *,
    by: Trainer,
    at: datetime,
    grant: ReliefGrant,
    words: str,
    note: str = "",
    relief: Relief | None = None,
    files: Iterable[WaitingFile] = (),
    seen: int | None = None,
) -> Relief:
    """Grant it, and mail the trainer. Idempotent when the same person repeats it.

    A waiver above the refund limit that nobody has proposed becomes a proposal instead, for a
    second person. `seen` is the number of rows of the cycle when the page was opened: a second
    click returns the row of the first. Raises Refusal for one's own proposal or case, for a day or
    an amount that cannot be, and where somebody else was faster.
    """
    with transaction.atomic():
        cycle, row = _locked(cycle, relief)
        check_decider(cycle, by, permission_to_decide(grant.what))
        if row and row.state == State.GRANTED and row.decided_by_id == by.pk:
            return row
        if row:
            require_another_person(row.proposed_by_id, by, OWN_PROPOSAL)
        again = _repeated(cycle, row, grant, words=words, by=by, seen=seen)
        if again:
            return again
        row = _with_grant(cycle, row, grant, words=words, note=note, at=at)
        if row.is_waiver and row.proposed_by_id is None and needs_second_person_for(row, at):
            row.needs_two = True
            return _propose(row, by=by, at=at, files=files)
        _check_decided_first(row, proposes=False)
        return _grant(row, by=by, at=at, files=files)


def decline_relief(relief: Relief, *, by: Trainer, at: datetime, words: str) -> Relief:
    """Decline a waiting relief; its `words` are mailed when the trainer asked for it. Idempotent
    when the same person repeats it.
    """
    with transaction.atomic():
        relief = lock_case(relief)
        check_decider(relief.cycle, by, permission_to_decide(relief.what))
        if relief.state == State.DECLINED and relief.decided_by_id == by.pk:
            return relief
        require_another_person(relief.proposed_by_id, by, OWN_PROPOSAL)
        check_step(relief, State.DECLINED, "declined")
        relief.words = check_words(
            words, field="words", what="the words that are mailed", longest=LONGEST_WORDS
        )
        relief.decided_by, relief.decided_at = by, at
        move(relief, State.DECLINED, "declined", trainer=relief.trainer, by=by, at=at, reason=relief.words)
        if relief.asked_at:
            _queue_relief_notice(DECLINED, relief, at=at)
        return relief


def take_back_waiver(relief: Relief, *, by: Trainer, at: datetime, words: str) -> Relief:
    """Withdraw a waiver that was not used, with words for the trainer. Idempotent. Raises Refusal
    when it was used.
    """
    with transaction.atomic():
        relief = lock_case(relief)
        check_decider(relief.cycle, by, permission_to_decide(relief.what))
        if relief.state == State.TAKEN_BACK:
            return relief
        if not relief.is_waiver:
            raise Refusal("An extension is never shortened once it was told.", code="not_a_waiver")
        check_step(relief, State.TAKEN_BACK, "taken back")
        if relief.charge_id or charge_in_hand(relief.cycle):
            raise Refusal("They have applied with this waiver, so it stays.", code="used")
        words = check_words(words, field="words", what="the words that are mailed", longest=LONGEST_WORDS)
        relief.taken_back_why = words
        move(relief, State.TAKEN_BACK, "taken back", trainer=relief.trainer, by=by, at=at, reason=words)
        _queue_relief_notice(TAKEN_BACK, relief, at=at)
        return relief


def _locked(cycle: Cycle, relief: Relief | None) -> tuple[Cycle, Relief | None]:
    """Return the cycle with its credential under lock, and the relief read again."""
    if relief is None:
        return lock_cycle(cycle), None
    row = lock_case(relief)
    return row.cycle, row


def _repeated(
    cycle: Cycle, row: Relief | None, grant: ReliefGrant, *, words: str, by: Trainer, seen: int | None
) -> Relief | None:
    """Return the row that an earlier sending of the same click made; None for a first click. Raises
    Refusal when somebody else was faster.
    """
    if row or seen is None or cycle.reliefs.count() == seen:
        return None
    newest = cycle.reliefs.order_by("-pk").first()
    if newest and by.pk in (newest.decided_by_id, newest.proposed_by_id) and _is_of(newest, grant, words):
        return newest
    sentence = "Something was asked for, proposed or granted here while you had it open. Look at it again."
    raise Refusal(sentence, code="changed")


def _is_of(row: Relief, grant: ReliefGrant, words: str) -> bool:
    same = (row.what, row.case_ref, row.kind, row.through, row.fee_code, row.charge_id, row.words) == (
        *(grant.what, grant.case_ref, grant.kind, grant.through, grant.fee_code, grant.charge_id),
        words.strip(),
    )
    return same and grant.amount_cents in (None, row.amount_cents)


def _with_grant(
    cycle: Cycle, row: Relief | None, grant: ReliefGrant, *, words: str, note: str, at: datetime
) -> Relief:
    """Return the row with this grant, unsaved. Raises Refusal for a grant that is not possible."""
    row = row or Relief(cycle=cycle, what=grant.what, case_ref=grant.case_ref)
    if row.pk:
        check_step(row, State.GRANTED, "granted")
        grant = replace(grant, what=row.what, case_ref=row.case_ref)
    row.kind = check_kind(grant.kind)
    row.words = check_words(words, field="words", what="the words that are mailed", longest=LONGEST_WORDS)
    row.note = note.strip()
    if row.is_waiver:
        return set_fee(row, grant, at=at)
    check_latest(cycle)
    today = day_of(at, cycle)
    row.through = check_day(cycle, what=row.what, case_ref=row.case_ref, through=grant.through, today=today)
    row.limit_on = limit_of(cycle)
    return row


def _propose(row: Relief, *, by: Trainer, at: datetime, files: Iterable[WaitingFile]) -> Relief:
    _check_decided_first(row, proposes=True)
    row.proposed_by, row.proposed_at = by, at
    return _save(row, State.PROPOSED, "proposed", by=by, at=at, files=files)


def _check_decided_first(row: Relief, *, proposes: bool) -> None:
    """Raise Refusal while another row about the same last day or fee has to be decided first: the
    trainer's request, or a proposal, unless `row` is what the trainer asked for and is granted.

    Otherwise the other row would stay behind, and the trainer would be told that it is declined.
    """
    others = Relief.objects.filter(fee_code=row.fee_code).exclude(pk=row.pk)
    if row.charge_id:
        others = others.filter(charge=row.charge_id)
    else:
        others = others.filter(cycle=row.cycle, what=row.what, case_ref=row.case_ref, charge=None)
    if not row.is_waiver and others.filter(state=State.ASKED).exists():
        raise Refusal(ASKED_BESIDE, code="asked")
    if (proposes or row.asked_at is None) and others.filter(state=State.PROPOSED).exists():
        raise Refusal(PROPOSED_BESIDE, code="proposed")


def _grant(row: Relief, *, by: Trainer, at: datetime, files: Iterable[WaitingFile]) -> Relief:
    today = day_of(at, row.cycle)
    last_day = None if row.is_waiver else extendable_day_named(row.cycle, today, row.what, row.case_ref)
    row.decided_by, row.decided_at = by, at
    before = {} if last_day is None else {"before": str(last_day.on), "after": str(row.through)}
    row = _save(row, State.GRANTED, "granted", by=by, at=at, files=files, more=before)
    if last_day and last_day.move:
        last_day.move(row, by, at)
    elif last_day:
        plan_reminders(row.cycle, today=today)
    _queue_relief_notice(
        WAIVED if row.is_waiver else MORE_TIME, row, at=at, payload=take_off_charge(row, by=by, at=at)
    )
    return row


def _save(
    row: Relief,
    state: Relief.State,
    verb: str,
    *,
    by: Trainer,
    at: datetime,
    files: Iterable[WaitingFile],
    more: dict[str, str] | None = None,
) -> Relief:
    """Save the row in its new state, with its evidence and its history."""
    detail = {**details_of(row), **(more or {})}
    if row.pk:
        move(row, state, verb, trainer=row.trainer, by=by, at=at, reason=row.note, detail=detail)
    else:
        row.state, row.made_at, row.ended_at = state, at, None if state in row.OPEN else at
        row.save(force_insert=True)
        record_history(
            row, verb, trainer=row.trainer, by=by, at=at, change=("", state), reason=row.note, detail=detail
        )
    keep_evidence(row, files, by=by, at=at)
    return row


def _queue_relief_notice(
    kind: str, relief: Relief, *, at: datetime, payload: Mapping[str, object] | None = None
) -> None:
    queue_notice(
        kind,
        subject=subject_of(relief),
        event=relief.state,
        trainer=relief.trainer,
        send_at=at,
        payload=dict(payload or {}),
    )
