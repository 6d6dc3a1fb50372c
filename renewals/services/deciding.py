"""Decisions about a renewal: pending for the policy's minutes, then released. A lead can also
propose an audit.

`renewals/services/reopening.py` reverses a denial. A reviewer cannot decide their own renewal, or
bypass the draw, an audit or a requirement (invariants 7, 14).
"""

from datetime import datetime

from django.db import transaction

from audits.models import Audit
from audits.services.opening import propose_audit
from cases.decisions import (
    check_reason_code,
    last_decision,
    make_pending,
    pending_decision,
    release_decision,
    same_decision,
)
from cases.reviewers import require_reviewer
from ceus.models import CeuRecord
from core.errors import Refusal
from core.transitions import check_step, check_words
from renewals.models import Application, Decision
from renewals.models.application_rules import LONGEST_REASON
from renewals.services.advancing import (
    advance_application,
    approve_locked,
    claim_again,
    deny_locked,
    return_locked,
)
from renewals.services.approving import check_approvable
from renewals.services.audited import latest_audit
from renewals.services.drawing import draw_renewal
from renewals.services.moving import figures_for, joined_with, lock_renewal
from renewals.services.reopening import conclude_second_look
from renewals.standing import claimed_standing
from trainers.models import Trainer

State, Verdict = Application.State, Decision.Verdict
STEPS = {
    Verdict.APPROVE: (State.APPROVED, "approved"),
    Verdict.RETURN: (State.RETURNED, "returned"),
    Verdict.DENY: (State.DENIED, "denied"),
}
NOT_OF_IT = "Choose a course or card of this renewal."


def decide_application(
    application: Application,
    *,
    verdict: str,
    by: Trainer,
    at: datetime,
    reason_code: str = "",
    words: str = "",
    record: CeuRecord | None = None,
    note: str = "",
) -> Decision:
    """Make a decision that is pending for the policy's minutes. A return or denial needs a reason;
    a return may point at the `record` that it is about.

    The history keeps `note`: the warnings that the reviewer confirmed. When its author makes the
    same pending decision again, it is returned. Raises Refusal, with the author, after another
    person's decision; for the reviewer's own renewal; and, of an approval, by `check_approvable`.
    """
    with transaction.atomic():
        application = lock_renewal(application)
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
        words = _clear_decision(application, verdict, words, at=at)
        check_reason_code(Decision.Reason, reason_code)
        _check_record(application, verdict, record)
        decision = Decision(application=application, verdict=verdict, by=by, decided_at=at)
        decision.reason_code, decision.words, decision.record = reason_code, words.strip(), record
        return make_pending(decision, minutes=figures_for(application).decision_hold_minutes, note=note)


def _clear_decision(application: Application, verdict: str, words: str, *, at: datetime) -> str:
    """Return the words of a decision, checked. Raises Refusal when the decision may not be made now."""
    if verdict == Verdict.APPROVE:
        for one in (application, *joined_with(application)):
            draw_renewal(one, at=at)
        check_approvable(application, at=at)
        return words
    words = check_words(words, field="words", mailed=True, longest=LONGEST_REASON)
    if verdict == Verdict.RETURN:
        _check_no_audit(application)
    if verdict == Verdict.DENY:
        check_no_audit_for_cause(application)
    return words


def _check_record(application: Application, verdict: str, record: CeuRecord | None) -> None:
    """Raise Refusal when a record is given for anything but a return, or is not one that this
    renewal claims.
    """
    if record is None:
        return
    claimed = application.cycle.claimed_records.filter(pk=record.pk, granted=False)
    if verdict != Verdict.RETURN or not claimed.exists():
        raise Refusal(NOT_OF_IT, code="record", field="record")


def release_renewal_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision with its effect and its mail. Idempotent.

    Raises Refusal before it is due, and when the renewal can no longer be approved, returned or
    denied.
    """
    with transaction.atomic():
        lock_renewal(decision.application)
        return release_decision(decision, lambda renewal, one: _take_effect(renewal, one, at=at), at=at)


def advance_audited_renewals(audit: Audit, *, at: datetime) -> None:
    """Advance the renewal whose audit was closed; after a second review of the audit, confirm or
    reverse the denial. Idempotent.
    """
    for application in Application.objects.filter(state=State.IN_REVIEW, cycle=audit.cycle_id):
        advance_application(application, at=at)
    for application in Application.objects.filter(reference=audit.renewal).to_conclude():
        conclude_second_look(application, at=at)


def propose_audit_for_cause(application: Application, *, by: Trainer, at: datetime, cause: str) -> Audit:
    """Propose, as a lead, an audit for cause. Raises Refusal unless the renewal is submitted and
    undecided.
    """
    with transaction.atomic():
        application = lock_renewal(application)
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
    """Return the released decision by `by` that has brought the renewal to the state of this
    verdict; None when there is none.
    """
    state, _verb = STEPS[Verdict(verdict)]
    last: Decision | None = last_decision(application) if application.state == state else None
    return last if last and (last.verdict, last.by_id) == (verdict, by.pk) else None


def _take_effect(application: Application, decision: Decision, *, at: datetime) -> None:
    check_step(application, *STEPS[Verdict(decision.verdict)], only_from=State.IN_REVIEW)
    if decision.verdict == Verdict.APPROVE:
        joined = joined_with(application)
        for one in (application, *joined):
            draw_renewal(one, at=at)
        standing = check_approvable(application, at=at)
        standings = [(application, standing), *((one, check_approvable(one, at=at)) for one in joined)]
        for one, found in standings:
            if not claimed_standing(one).eligible:
                claim_again(one, standing=found, by=decision.by, at=at)
        approve_locked(application, standing=standing, by=decision.by, at=at)
    elif decision.verdict == Verdict.RETURN:
        _check_no_audit(application)
        return_locked(application, by=decision.by, at=at, reason=decision.words)
    else:
        check_no_audit_for_cause(application)
        deny_locked(application, by=decision.by, at=at, reason=decision.words)


def _check_no_audit(application: Application) -> None:
    """Raise Refusal while an audit is open. A renewal is returned only when its audit has closed."""
    for audit in _open_audits(application):
        raise Refusal(f"Its audit {audit.reference} must be closed first.", code="audit")


def check_no_audit_for_cause(application: Application) -> None:
    """Raise Refusal while an audit that two leads agreed to is open: a denial would end it before
    anybody has reviewed it.
    """
    for audit in _open_audits(application):
        if audit.agreed_by_id:
            sentence = f"Two leads agreed to its audit {audit.reference}. Close that audit first."
            raise Refusal(sentence, code="audit")


def _open_audits(application: Application) -> list[Audit]:
    """Return the open audits of the renewal and of those that go with it."""
    audits = map(latest_audit, (application, *joined_with(application)))
    return [one for one in audits if one and one.is_open]
