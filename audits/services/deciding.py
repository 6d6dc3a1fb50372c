"""Decisions about an audit, and the trainer's request for a second review."""

from datetime import datetime

from django.db import transaction

from audits.models import Audit, AuditItem, Decision
from audits.models.audit import LONGEST_TEXT
from audits.services.moving import figures_for, move_audit, record_step, require_audit_reviewer
from cases.decisions import (
    check_reason_code,
    make_pending,
    pending_decision,
    release_decision,
    require_second_look,
    same_decision,
)
from cases.locking import lock_case
from cases.reviewers import require_owner
from ceus.services.auditing import reject_record
from core.errors import Refusal
from core.transitions import check_step, check_words
from trainers.models import Trainer

State, Verdict = Audit.State, Decision.Verdict


def close_audit(
    audit: Audit,
    *,
    verdict: str,
    by: Trainer,
    at: datetime,
    reason_code: str = "",
    words: str = "",
    note: str = "",
) -> Decision:
    """Make a decision that is pending for the policy's minutes; its history keeps `note`. When its
    author makes the same pending decision again, that one is returned.

    "Passed" needs a verdict on every document, "not passed" a reason for the trainer. Raises
    Refusal when another person has decided (the sentence names them), for the reviewer's own audit,
    and for a second review of the reviewer's own decision.
    """
    with transaction.atomic():
        audit = lock_case(audit)
        require_audit_reviewer(audit, by)
        before: Decision | None = pending_decision(audit)
        if before:
            return same_decision(before, verdict, by)
        if verdict not in Verdict.values:
            raise Refusal("Choose a decision.", code="verdict", field="verdict")
        check_closable(audit, verdict, by)
        words = _checked_words(verdict, words)
        check_reason_code(Decision.Reason, reason_code)
        decision = Decision(
            audit=audit, verdict=verdict, reason_code=reason_code, words=words, by=by, decided_at=at
        )
        return make_pending(decision, minutes=figures_for(audit).decision_hold_minutes, note=note)


def release_audit_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision: close the audit and reject the refused records. Idempotent.

    Raises Refusal before it is due.
    """
    return release_decision(decision, lambda audit, one: _take_effect(audit, one, at=at), at=at)


def ask_another_look(audit: Audit, *, by: Trainer, at: datetime, why: str) -> Audit:
    """Reopen an audit that was not passed, once, for a second review by another person. Idempotent
    while that review is open.

    The caller opens the transaction, in which it records the request on the renewal too.
    """
    audit = lock_case(audit)
    require_owner(audit, by)
    if audit.another_look_at is not None:
        if audit.is_open:
            return audit
        sentence = "Somebody else has looked at it already. That decision is final."
        raise Refusal(sentence, code="twice")
    if audit.state != State.FAILED:
        raise Refusal("There is no decision to look at again.", code="out_of_order")
    audit.another_look_why = check_words(
        why, field="why", what="why we should look again", longest=LONGEST_TEXT
    )
    audit.another_look_at, audit.end_reason = at, ""
    return move_audit(audit, State.SENT, "another look", by=by, at=at, reason=audit.another_look_why)


def check_closable(audit: Audit, verdict: str, by: Trainer, *, is_judged: bool = False) -> None:
    """Raise Refusal when `by`, a reviewer of this audit, may not close it with this verdict now.
    Reads only, without a lock. `is_judged`: the caller has just read that each document was
    accepted or refused.
    """
    check_step(audit, State.PASSED if verdict == Verdict.PASS else State.FAILED, "closed")
    require_second_look(audit, by)
    if verdict != Verdict.PASS or is_judged:
        return
    judged = (AuditItem.Verdict.ACCEPTED, AuditItem.Verdict.REFUSED)
    open_items = audit.items.exclude(verdict__in=judged).count()
    if open_items:
        some = "1 document has" if open_items == 1 else f"{open_items} documents have"
        raise Refusal(f"{some} not been accepted or refused yet.", code="not_judged")


def _checked_words(verdict: str, words: str) -> str:
    if verdict == Verdict.PASS and not words.strip():
        return ""
    return check_words(words, field="words", mailed=True, longest=LONGEST_TEXT)


def _take_effect(audit: Audit, decision: Decision, *, at: datetime) -> None:
    if decision.verdict == Verdict.PASS:
        _reject_refused(audit, decision, at=at)
        move_audit(audit, State.PASSED, "passed", by=decision.by, at=at, reason=decision.words)
    else:
        audit.end_reason = decision.words
        move_audit(audit, State.FAILED, "failed", by=decision.by, at=at, reason=decision.words)


def _reject_refused(audit: Audit, decision: Decision, *, at: datetime) -> None:
    for item in audit.items.filter(verdict=AuditItem.Verdict.REFUSED).select_related("record"):
        reject_record(item.record, by=decision.by, at=at, reason=item.words)
        record_step(audit, "record rejected", by=decision.by, at=at, detail={"record": item.record_id})
