"""A trainer asks for an extension or a waiver, with a reason and evidence, and can withdraw the
request (Q34, Q35).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from cases.locking import day_of, lock_case, lock_cycle
from cases.reviewers import require_owner
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words, move
from documents.services import store_document
from documents.waiting import WaitingFile
from hardship.acts import EXTENSION, check_act
from hardship.checks import check_day, check_kind, check_latest
from hardship.extendable_days import bare_facts, extendable_day_named
from hardship.models import LONGEST_WORDS, Relief, ReliefDocument
from hardship.standing import MOVES
from rules.days import day_in_words
from rules.facts import ActFact
from trainers.models import Cycle, Trainer

State = Relief.State


def ask_for_relief(
    cycle: Cycle,
    *,
    by: Trainer,
    at: datetime,
    what: str,
    kind: str,
    why: str,
    through: date | None = None,
    case_ref: str = "",
    files: Iterable[WaitingFile] = (),
) -> Relief:
    """Record a trainer's request for an extension or a waiver. Idempotent: a waiting request of the
    same kind is returned.

    Raises Refusal for somebody else's cycle, for a day that is not later than the present last day
    or not before the next cycle's end, for what the policy does not allow, for an unknown kind of
    reason, and when the explanation is missing.
    """
    with transaction.atomic():
        cycle = lock_cycle(cycle)
        require_owner(cycle, by)
        asked = cycle.reliefs.filter(state=State.ASKED, what=what, case_ref=case_ref).first()
        if asked:
            return asked
        wanted = Relief(
            cycle=cycle,
            what=what,
            case_ref=case_ref,
            kind=kind,
            why=why,
            asked_through=None if what == Relief.What.FEE else through,
            asked_at=at,
            made_at=at,
        )
        return _record(wanted, files, by=by, at=at)


def _record(relief: Relief, files: Iterable[WaitingFile], *, by: Trainer, at: datetime) -> Relief:
    """Check what is asked for, and save it with its evidence and history."""
    check_latest(relief.cycle)
    check_kind(relief.kind)
    relief.why = check_words(relief.why, field="why", what="why you need it", longest=LONGEST_WORDS)
    if not relief.is_waiver:
        check_day(
            relief.cycle,
            what=relief.what,
            case_ref=relief.case_ref,
            through=relief.asked_through,
            today=day_of(at, relief.cycle),
        )
        _check_allowed(relief, today=day_of(at, relief.cycle))
    relief.save(force_insert=True)
    keep_evidence(relief, files, by=by, at=at)
    change, detail = ("", State.ASKED), details_of(relief)
    record_history(relief, "asked", trainer=by, by=by, at=at, change=change, detail=detail)
    return relief


def _check_allowed(relief: Relief, *, today: date) -> None:
    """Raise Refusal when the policy does not let this last day of the cycle be moved, or not any
    more (its act "extension"; `D` is the last day that is to be moved).
    """
    if relief.what not in MOVES:
        return
    cycle = relief.cycle
    last_day = extendable_day_named(cycle, today, relief.what, relief.case_ref)
    asked = cycle.reliefs.filter(what__in=MOVES, asked_at__isnull=False).exclude(state=State.WITHDRAWN)
    since = last_day.on if last_day else None
    act = ActFact(EXTENSION, EXTENSION, today, since=since, before=asked.count())
    check_act(cycle, bare_facts(cycle), act, field="what")


def withdraw_relief(relief: Relief, *, by: Trainer, at: datetime) -> Relief:
    """Withdraw a request that waits. Idempotent. Raises Refusal for another person, and when the
    request is decided.
    """
    with transaction.atomic():
        relief = lock_case(relief)
        require_owner(relief.cycle, by)
        if relief.asked_at is None:
            raise Refusal("Only what you asked for can be withdrawn.", code="not_allowed")
        if relief.state == State.WITHDRAWN:
            return relief
        return move(relief, State.WITHDRAWN, "withdrawn", trainer=relief.trainer, by=by, at=at)


def keep_evidence(relief: Relief, files: Iterable[WaitingFile], *, by: Trainer, at: datetime) -> None:
    """Store each file as the trainer's document, and attach it to the relief once."""
    for waiting in files:
        document = store_document(waiting, owner=relief.trainer, by=by, at=at)
        ReliefDocument.objects.get_or_create(document=document, defaults={"relief": relief})


def details_of(relief: Relief) -> dict[str, str | int]:
    """Return what history keeps of the relief's content."""
    said = {
        "what": relief.get_what_display(),
        "case": relief.case_ref,
        "reason": relief.get_kind_display(),
        "asked_through": relief.asked_through and day_in_words(relief.asked_through),
        "through": relief.through and day_in_words(relief.through),
        "fee": relief.fee_code,
        "cents": relief.amount_cents,
    }
    return {name: value for name, value in said.items() if value}
