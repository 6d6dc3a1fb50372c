"""An audit is closed by a person: held for the policy's minutes, taken back until then, released with its effect."""

from datetime import datetime, timedelta

from django.db import transaction

from audits.errors import AuditRefusal
from audits.models import Audit, AuditItem, Decision
from audits.services.locking import (
    check_owner,
    check_reviewer,
    check_step,
    check_words,
    hold,
    move,
    note,
    terms_of,
)
from cases.decisions import check_another_person, keep, same_or_refused
from ceus.services import reject_record
from core.history import record_history
from trainers.models import Trainer

State, Verdict = Audit.State, Decision.Verdict
LATE_CHANGE = "This decision has taken effect, so it cannot be taken back."


def close_audit(audit: Audit, *, verdict: str, by: Trainer, at: datetime, words: str = "") -> Decision:
    """Hold a decision for the policy's minutes; the same person deciding the same again gets the one that is held.

    Passed needs a word on every document; not passed needs words for the trainer. Raises AuditRefusal with the name of
    whoever was first, for one's own case, and for another look by the person who decided before.
    """
    with transaction.atomic():
        audit = hold(audit)
        check_reviewer(audit, by)
        before = audit.held_decision
        if before:
            return same_or_refused(before, verdict, by, AuditRefusal)
        if verdict not in Verdict.values:
            raise AuditRefusal("Choose a decision.", code="verdict", field="verdict")
        check_step(audit, State.PASSED if verdict == Verdict.PASS else State.FAILED, "closed")
        check_another_person(audit, by, AuditRefusal)
        words = _checked(audit, verdict, words)
        until = at + timedelta(minutes=terms_of(audit).decision_hold_minutes)
        decision = Decision(
            audit=audit, verdict=verdict, words=words, by=by, decided_at=at, effective_at=until
        )
        keep(decision, audit, AuditRefusal)
        record_history(decision, "decided", trainer=audit.trainer, by=by, at=at, change=("", decision.state))
        return decision


def take_back_decision(decision: Decision, *, by: Trainer, at: datetime) -> Decision:
    """Undo it before it takes effect; taken back already → unchanged. Raises AuditRefusal once it is in effect."""
    with transaction.atomic():
        audit = hold(decision.audit)
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        check_reviewer(audit, by)
        if decision.state == Decision.State.TAKEN_BACK:
            return decision
        if decision.state == Decision.State.RELEASED or at >= decision.effective_at:
            raise AuditRefusal(LATE_CHANGE, code="too_late")
        if by.pk != decision.by_id and not by.has_perm("audits.lead_audit"):
            sentence = "Only the person who decided, or a lead, can take it back."
            raise AuditRefusal(sentence, code="not_allowed")
        _end(decision, Decision.State.TAKEN_BACK, "taken back", audit, by=by, at=at)
        return decision


def release_decision(decision: Decision, *, at: datetime) -> Decision:
    """Let a held decision take effect; released or taken back already → unchanged. Raises AuditRefusal before its moment."""
    with transaction.atomic():
        audit = hold(decision.audit)
        decision = Decision.objects.select_for_update(of=("self",)).select_related("by").get(pk=decision.pk)
        if decision.state != Decision.State.HELD:
            return decision
        if at < decision.effective_at:
            raise AuditRefusal("This decision can still be taken back.", code="too_early")
        _end(decision, Decision.State.RELEASED, "released", audit, by=decision.by, at=at)
        if decision.verdict == Verdict.PASS:
            _reject_refused(audit, decision, at=at)
            move(audit, State.PASSED, "passed", by=decision.by, at=at, reason=decision.words)
        else:
            audit.end_reason = decision.words
            move(audit, State.FAILED, "failed", by=decision.by, at=at, reason=decision.words)
        return decision


def ask_another_look(audit: Audit, *, by: Trainer, at: datetime, why: str) -> Audit:
    """The trainer asks once that somebody else looks again; asked already and open → unchanged.

    Only inside the caller's transaction: the renewal is reopened with it.
    """
    audit = hold(audit)
    check_owner(audit, by)
    if audit.another_look_at is not None:
        if audit.is_open:
            return audit
        sentence = "Somebody else has looked at it already. That decision is final."
        raise AuditRefusal(sentence, code="twice")
    if audit.state != State.FAILED:
        raise AuditRefusal("There is no decision to look at again.", code="out_of_order")
    audit.another_look_why = check_words(why, field="why", what="why we should look again")
    audit.another_look_at, audit.end_reason = at, ""
    return move(audit, State.SENT, "another look", by=by, at=at, reason=audit.another_look_why)


def _checked(audit: Audit, verdict: str, words: str) -> str:
    judged = (AuditItem.Verdict.ACCEPTED, AuditItem.Verdict.REFUSED)
    open_items = audit.items.exclude(verdict__in=judged).count()
    if verdict == Verdict.PASS and open_items:
        some = "1 document has" if open_items == 1 else f"{open_items} documents have"
        raise AuditRefusal(f"{some} not been accepted or refused yet.", code="not_judged")
    if verdict == Verdict.PASS and not words.strip():
        return ""
    return check_words(words, field="words", what="the reason. The trainer will read it")


def _reject_refused(audit: Audit, decision: Decision, *, at: datetime) -> None:
    for item in audit.items.filter(verdict=AuditItem.Verdict.REFUSED).select_related("record"):
        reject_record(item.record, by=decision.by, at=at, reason=item.words)
        note(audit, "record rejected", by=decision.by, at=at, detail={"record": item.record_id})


def _end(
    decision: Decision, state: str, verb: str, audit: Audit, *, by: Trainer | None, at: datetime
) -> None:
    before, decision.state, decision.ended_at = decision.state, state, at
    decision.save(update_fields=["state", "ended_at"])
    record_history(decision, verb, trainer=audit.trainer, by=by, at=at, change=(before, state))
