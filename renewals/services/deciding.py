"""Decisions about a renewal: pending for the policy's minutes, then released. A lead also reopens a
denial, or proposes an audit.

A reviewer cannot decide their own renewal, or bypass the draw, an audit or a requirement
(invariants 7, 14).
"""

from datetime import date, datetime

from django.db import transaction

from audits.models import Audit
from audits.services.deciding import ask_another_look
from audits.services.drawing import draw_cycle
from audits.services.opening import propose_audit
from audits.services.timing import reopen_audit
from cases.another_look import check_time_to_ask
from cases.decisions import last_decision, make_pending, pending_decision, release_decision, same_decision
from cases.locking import lock_case
from cases.reviewers import require_owner, require_reviewer
from core.constraints import require_value
from core.errors import Refusal
from core.history import record_history, subject_of
from core.transitions import check_step, check_words
from outbox.notices import supersede_notices
from payments.services.fee_decisions import check_stands
from renewals.models import OPEN_STATES, Application, Decision
from renewals.models.application import LONGEST_REASON
from renewals.notice_codes import DENIED
from renewals.services.advancing import (
    advance_application,
    advance_locked,
    approve_locked,
    claim_again,
    deny_locked,
    open_required_audit,
    return_locked,
)
from renewals.services.audited import audit_not_passed, latest_audit
from renewals.services.moving import figures_for, move_application, queue_renewal_notice
from renewals.standing import (
    best_standing,
    check_may_apply,
    claimed_standing,
    missing_code,
    standing_as_received,
    what_is_missing,
)
from rules.answers import Standing
from trainers.models import Trainer

State, Verdict = Application.State, Decision.Verdict
STEPS = {
    Verdict.APPROVE: (State.APPROVED, "approved"),
    Verdict.RETURN: (State.RETURNED, "returned"),
    Verdict.DENY: (State.DENIED, "denied"),
}
READS_IT = "the reason. The trainer will read it"


def decide_application(
    application: Application, *, verdict: str, by: Trainer, at: datetime, words: str = ""
) -> Decision:
    """Make a decision that is pending for the policy's minutes. A return or denial needs a reason.

    When its author repeats a pending decision, it is returned. Raises Refusal, with the author,
    after another person's decision; for the reviewer's own renewal; and for an approval with an
    unmet requirement.
    """
    with transaction.atomic():
        application = lock_case(application)
        require_reviewer(application, by)
        before: Decision | None = pending_decision(application)
        if before:
            return same_decision(before, verdict, by)
        if verdict not in Verdict.values:
            raise Refusal("Choose a decision.", code="verdict", field="verdict")
        done = _decided_before(application, verdict, by)
        if done:
            return done
        check_step(application, *STEPS[Verdict(verdict)], only_from=State.IN_REVIEW)
        if verdict == Verdict.APPROVE:
            _clear_for_approval(application, at=at)
        else:
            words = check_words(words, field="reason", what=READS_IT, longest=LONGEST_REASON)
        if verdict == Verdict.RETURN:
            _check_no_audit(application)
        if verdict == Verdict.DENY:
            check_no_audit_for_cause(application)
        decision = Decision(
            application=application, verdict=verdict, words=words.strip(), by=by, decided_at=at
        )
        return make_pending(decision, minutes=figures_for(application).decision_hold_minutes)


def release_renewal_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision with its effect and its mail. Idempotent.

    Raises Refusal before it is due, and when the renewal can no longer be approved, returned or
    denied.
    """
    return release_decision(decision, lambda renewal, one: _take_effect(renewal, one, at=at), at=at)


def reopen_application(
    application: Application, *, by: Trainer, at: datetime, reason: str, through: date | None = None
) -> Application:
    """Reopen a denied renewal, for a lead and with a reason (invariant 15). Idempotent.

    Staff review it again. A failed audit is reopened with it, an expired one with the new last day
    `through` (Q19); then the audit decides and no person is recorded as decider.
    """
    with transaction.atomic():
        application = lock_case(application)
        require_reviewer(application, by, application.LEAD)
        if application.state == State.IN_REVIEW:
            return application
        reason = check_words(reason, field="reason", what=READS_IT, longest=LONGEST_REASON)
        _check_reopenable(application)
        not_passed = audit_not_passed(application)
        if not_passed:
            reopen_audit(not_passed, by=by, at=at, reason=reason, through=through)
        return _reopen(
            application, "reopened", decided_by=None if not_passed else by, by=by, at=at, reason=reason
        )


def look_again(application: Application, *, by: Trainer, at: datetime, why: str) -> Application:
    """Ask once that somebody else looks at the audit behind a denial. Idempotent while it is looked at.

    The renewal stays denied until that look has ended (Q26). Raises Refusal after the last day to ask, and
    once the trainer has applied again.
    """
    with transaction.atomic():
        application = lock_case(application)
        require_owner(application, by)
        audit = latest_audit(application)
        if audit is None or application.state != State.DENIED:
            raise Refusal("There is no audit to look at again.", code="out_of_order")
        if audit.another_look_at is None:
            _check_reopenable(application)
            check_time_to_ask(application, DENIED, at=at)
            ask_another_look(audit, by=by, at=at, why=why)
            trainer = application.cycle.credential.trainer
            record_history(application, "another look", trainer=trainer, by=by, at=at, reason=why)
            return application
        ask_another_look(audit, by=by, at=at, why=why)
        return application


def conclude_second_look(application: Application, *, at: datetime) -> Application:
    """Reverse a denial whose audit passed at the second look, or confirm it with the words of that look
    (Q26). Idempotent.

    The day of receipt stays. Nothing is reversed while the credential is not in force, and once another
    application is open or approved.
    """
    with transaction.atomic():
        application = lock_case(application)
        audit = latest_audit(application)
        if application.state != State.DENIED or audit is None or audit.another_look_at is None:
            return application
        if require_value(application.ended_at) >= audit.another_look_at:
            return application  # concluded before
        if audit.state == Audit.State.PASSED:
            _check_reopenable(application)
            return _reopen(application, "reversed", decided_by=None, by=None, at=at, reason=audit.end_reason)
        if audit.state == Audit.State.FAILED:
            return _confirm_denial(application, audit, at=max(at, require_value(audit.ended_at)))
        return application


def conclude_audit(audit: Audit, *, at: datetime) -> None:
    """Advance the renewal whose audit was closed, or conclude its second look. Idempotent."""
    for application in Application.objects.filter(state=State.IN_REVIEW, cycle=audit.cycle_id):
        advance_application(application, at=at)
    for application in Application.objects.filter(reference=audit.renewal).to_conclude():
        conclude_second_look(application, at=at)


def _confirm_denial(application: Application, audit: Audit, *, at: datetime) -> Application:
    """Keep the denial, with the words and the moment of the second look, and mail them once."""
    application.end_reason, application.ended_at = audit.end_reason, at
    application.save(update_fields=["end_reason", "ended_at"])
    trainer, reason = application.cycle.credential.trainer, audit.end_reason
    record_history(application, "denial confirmed", trainer=trainer, by=None, at=at, reason=reason)
    queue_renewal_notice(DENIED, application, event=f"look:{audit.pk}", at=at)
    return application


def propose_audit_for_cause(application: Application, *, by: Trainer, at: datetime, cause: str) -> Audit:
    """Propose an audit for cause, for a lead.

    Raises Refusal for a renewal that is not submitted or is decided.
    """
    with transaction.atomic():
        application = lock_case(application)
        if application.state not in (Application.State.SUBMITTED, Application.State.IN_REVIEW):
            raise Refusal("Only a renewal that is sent and not decided is audited.", code="out_of_order")
        return propose_audit(
            application.cycle,
            renewal=application.reference,
            received_on=application.submission.received_on,
            by=by,
            at=at,
            cause=cause,
        )


def _decided_before(application: Application, verdict: str, by: Trainer) -> Decision | None:
    """Return the released decision by `by` that already brought the renewal to this state."""
    state, _verb = STEPS[Verdict(verdict)]
    last: Decision | None = last_decision(application) if application.state == state else None
    return last if last and (last.verdict, last.by_id) == (verdict, by.pk) else None


def _take_effect(application: Application, decision: Decision, *, at: datetime) -> None:
    check_step(application, *STEPS[Verdict(decision.verdict)], only_from=State.IN_REVIEW)
    if decision.verdict == Verdict.APPROVE:
        standing = _clear_for_approval(application, at=at)
        if not claimed_standing(application).eligible:
            claim_again(application, standing=standing, by=decision.by, at=at)
            _ensure_drawn_and_cleared(application, at=at)  # a record that no audit has seen may be among them
        approve_locked(application, standing=standing, by=decision.by, at=at)
    elif decision.verdict == Verdict.RETURN:
        _check_no_audit(application)
        return_locked(application, by=decision.by, at=at, reason=decision.words)
    else:
        check_no_audit_for_cause(application)
        deny_locked(application, by=decision.by, at=at, reason=decision.words)


def _clear_for_approval(application: Application, *, at: datetime) -> Standing:
    """Return the standing on the day of receipt that an approval rests on: by the claimed records, else by
    every record that could be claimed now, such as one that a petition granted since.

    Raises Refusal unless every requirement is met.
    """
    if not application.cycle.credential.in_force:
        raise Refusal("The certification is not in force, so this waits.", code="not_in_force")
    check_stands(application.charge)
    _ensure_drawn_and_cleared(application, at=at)
    standing = claimed_standing(application)
    if not standing.eligible:
        standing = standing_as_received(application.cycle, application.submission.received_on)
    if not standing.eligible:
        raise Refusal(what_is_missing(standing), code=missing_code(standing))
    return standing


def _ensure_drawn_and_cleared(application: Application, *, at: datetime) -> None:
    """Raise Refusal before an approval that would bypass the draw or an audit."""
    if draw_cycle(application.cycle, at=at) is None:
        raise Refusal("It has not been drawn yet: no draw period is open.", code="not_drawn")
    if audit_not_passed(application):
        raise Refusal("Its audit was not passed.", code="audit")
    audit = open_required_audit(application, at=at)
    if audit:
        raise Refusal(f"Its audit {audit.reference} must be closed first.", code="audit")


def _check_no_audit(application: Application) -> None:
    """Raise Refusal while an audit is open: a renewal is returned only after its audit has closed."""
    audit = latest_audit(application)
    if audit and audit.is_open:
        raise Refusal(f"Its audit {audit.reference} must be closed first.", code="audit")


def check_no_audit_for_cause(application: Application) -> None:
    """Raise Refusal while an audit that two leads agreed to is open: a denial would end it unseen."""
    audit = latest_audit(application)
    if audit and audit.is_open and audit.agreed_by_id:
        sentence = f"Two leads agreed to its audit {audit.reference}. Close that audit first."
        raise Refusal(sentence, code="audit")


def _check_reopenable(application: Application) -> None:
    check_step(application, State.IN_REVIEW, "reopened", only_from=State.DENIED)
    check_may_apply(application.cycle)
    if Application.objects.filter(cycle=application.cycle, state__in=OPEN_STATES).exists():
        raise Refusal("The trainer has applied again since.", code="applied_again")


def _reopen(
    application: Application,
    verb: str,
    *,
    decided_by: Trainer | None,
    by: Trainer | None,
    at: datetime,
    reason: str,
) -> Application:
    # A denial whose mail has not left is never mailed beside what is decided next.
    supersede_notices(DENIED, subject=subject_of(application), at=at)
    standing = best_standing(application.cycle, application.submission.received_at)
    application.end_reason, application.correct_through = "", None
    application.decided_by = decided_by
    move_application(application, State.IN_REVIEW, verb, by=by, at=at, reason=reason)
    claim_again(application, standing=standing, by=by, at=at)
    return advance_locked(application, at=at)
