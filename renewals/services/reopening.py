"""Reverse a denial: two leads reopen the renewal with a reason (invariant 15), or its audit passes
in a second review (Q26).
"""

from datetime import date, datetime

from django.db import transaction

from audits.models import Audit
from audits.services.deciding import ask_another_look
from audits.services.timing import reopen_audit
from cases.another_look import check_time_to_ask
from cases.models import Proposal
from cases.reviewers import require_owner, require_reviewer
from cases.two_people import agree_to_proposal, propose_change
from core.constraints import require_value
from core.errors import Refusal
from core.history import record_history, subject_of, subject_pk
from core.policy_words import fill_policy_words
from core.transitions import check_step
from hardship.acts import check_appeal
from outbox.notices import queue_notice, supersede_notices
from renewals.models import OPEN_STATES, Application
from renewals.notice_codes import DENIED, REOPENED
from renewals.services.advancing import advance_locked, claim_again
from renewals.services.audited import audit_not_passed, latest_audit
from renewals.services.moving import joined_with, lock_renewal, move_application, queue_renewal_notice
from renewals.standing import check_may_apply, standing_with_petitions
from trainers.models import Trainer

State = Application.State
KIND = Proposal.Kind.REOPEN


def propose_reopening(
    application: Application, *, by: Trainer, at: datetime, reason: str, through: date | None = None
) -> Proposal:
    """Propose, as a lead, to reopen a denied renewal. Nothing changes yet. When one person proposes
    it twice, there is one proposal. An audit that was not passed is reopened with the renewal; an
    expired one gets the new last day `through` (Q19).

    Raises Refusal when `by` may not propose it, and when the renewal cannot be reopened.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_reviewer(application, by, application.LEAD)
        _check_reopenable(application)
        not_passed = _audit_not_passed(application)
        if not_passed and not_passed.state == Audit.State.EXPIRED and through is None:
            raise Refusal("Choose the new last day for documents.", code="no_day", field="through")
        answers = {"through": through.isoformat()} if through else {}
        trainer = application.cycle.credential.trainer
        return propose_change(
            application, KIND, trainer=trainer, by=by, at=at, reason=reason, answers=answers
        )


def agree_to_reopening(proposal: Proposal, *, by: Trainer | None, at: datetime) -> Proposal:
    """Confirm the proposal as a second lead: the renewal is reopened, and its trainer gets a mail.
    Idempotent.

    Raises Refusal for the lead who proposed it, and when the renewal can no longer be reopened.
    """
    return agree_to_proposal(
        proposal, by=by, at=at, carry_out=lambda agreed: _reopen_as_agreed(agreed, at=at)
    )


def _reopen_as_agreed(proposal: Proposal, *, at: datetime) -> None:
    """Reopen a denied renewal for review by staff. When its audit is reopened too, the audit
    decides, and nobody is recorded as having decided.
    """
    by, reason = require_value(proposal.agreed_by), proposal.reason
    application = lock_renewal(Application.objects.get(pk=subject_pk(proposal.subject)))
    require_reviewer(application, by, application.LEAD)
    _check_reopenable(application)
    not_passed = _audit_not_passed(application)
    if not_passed:
        day = proposal.answers.get("through")
        through = date.fromisoformat(day) if day else None
        reopen_audit(not_passed, by=by, at=at, reason=reason, through=through)
    queue_notice(
        REOPENED,
        subject=subject_of(application),
        event=f"proposal:{proposal.pk}",
        trainer=application.trainer,
        send_at=at,
        payload={"reason": reason},
    )
    decided_by = None if not_passed else by
    _reopen(application, "reopened", decided_by=decided_by, by=by, at=at, reason=reason)


def look_again(application: Application, *, by: Trainer, at: datetime, why: str) -> Application:
    """Ask, as the trainer, for a second review of the audit because of which the renewal was
    denied: once. Idempotent while that review is open. The renewal stays denied until the review
    has ended (Q26).

    Raises Refusal after the last day to ask, and when the trainer has applied again.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_owner(application, by)
        audit = _audit_not_passed(application) or latest_audit(application)
        if audit is None or application.state != State.DENIED:
            raise Refusal("There is no audit to look at again.", code="out_of_order")
        if audit.another_look_at is None:
            _check_reopenable(application)
            check_time_to_ask(application, DENIED, at=at)
            check_appeal(application, at=at)
            ask_another_look(audit, by=by, at=at, why=why)
            trainer = application.cycle.credential.trainer
            record_history(application, "another look", trainer=trainer, by=by, at=at, reason=why)
            return application
        ask_another_look(audit, by=by, at=at, why=why)
        return application


def conclude_second_look(application: Application, *, at: datetime) -> Application:
    """Reverse the denial when its audit passed in the second review; otherwise confirm it with the
    words of that review (Q26). Idempotent. The day of receipt stays.

    No denial is reversed while the credential is not in force, or when another application is open
    or approved.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        audit = _looked_at_again(application)
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


def _confirm_denial(application: Application, audit: Audit, *, at: datetime) -> Application:
    """Keep the denial, store the words and the moment of the second review, and mail them once."""
    application.end_reason, application.ended_at = audit.end_reason, at
    application.save(update_fields=["end_reason", "ended_at"])
    trainer, reason = application.cycle.credential.trainer, audit.end_reason
    record_history(application, "denial confirmed", trainer=trainer, by=None, at=at, reason=reason)
    queue_renewal_notice(DENIED, application, event=f"look:{audit.pk}", at=at)
    return application


def _check_reopenable(application: Application) -> None:
    check_step(application, State.IN_REVIEW, "reopened", only_from=State.DENIED)
    check_may_apply(application.cycle)
    cycles = [application.cycle, *(one.cycle for one in joined_with(application))]
    for cycle in cycles[1:]:
        check_may_apply(cycle)
    if Application.objects.filter(cycle__in=cycles, state__in=OPEN_STATES).exists():
        raise Refusal(fill_policy_words("The {holder} has applied again since."), code="applied_again")


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
    group = (application, *joined_with(application))
    received_at = application.submission.received_at
    standings = [standing_with_petitions(one.cycle, received_at=received_at) for one in group]
    application.end_reason, application.correct_through = "", None
    application.decided_by = decided_by
    move_application(application, State.IN_REVIEW, verb, by=by, at=at, reason=reason)
    for one, standing in zip(group, standings, strict=True):
        claim_again(one, standing=standing, by=by, at=at)
    return advance_locked(application, at=at)


def _audit_not_passed(application: Application) -> Audit | None:
    """Return the audit because of which the renewal was denied: its own, or that of one that goes with it."""
    group = (application, *joined_with(application))
    return next(filter(None, map(audit_not_passed, group)), None)


def _looked_at_again(application: Application) -> Audit | None:
    """Return the audit of the renewal, or of one that goes with it, that was looked at again; else its own
    latest.
    """
    audits = [latest_audit(one) for one in (application, *joined_with(application))]
    return next((one for one in audits if one and one.another_look_at), audits[0])
