"""Advance a renewal without a person: into review, and approved at once when every check passes (Q22).

Called when its charge is paid, a petition is decided, an audit is closed, or it was corrected or
reopened. Each step is done once, also when several callers run side by side.
"""

from datetime import datetime

from django.db import transaction

from cases.decisions import drop_pending_decision, pending_decision
from cases.locking import day_of, lock_case
from cases.reviewers import require_owner
from core.constraints import certain
from core.errors import Refusal
from core.history import subject_of
from outbox.notices import supersede_notices
from payments.models import Charge
from petitions.models import Petition
from renewals.models import Application
from renewals.notice_codes import RETURNED, UNPAID
from renewals.services.audited import closed_against, draw_locked, has_refused_records, open_required_audit
from renewals.services.endings import deny_locked
from renewals.services.moving import figures_for, move_application
from renewals.services.outcomes import approve_locked, claim_again, return_locked
from renewals.standing import (
    best_standing,
    claimed_standing,
    missing_code,
    rests_on_petitions,
    what_is_missing,
)
from rules.answers import Standing
from trainers.models import Trainer

State = Application.State
NOT_COUNTED = "A course that you asked us to count did not give what this renewal needs."
REFUSED = "We could not accept a document in the check of your renewal, so its course does not count."


def advance_application(application: Application, *, at: datetime) -> Application:
    """Advance a renewal as far as it goes without a person. Idempotent; an unpaid one is left
    unchanged.
    """
    with transaction.atomic():
        application = lock_case(application)
        charge = application.charge
        if application.state == State.SUBMITTED and charge and charge.state == Charge.State.PAID:
            move_application(application, State.IN_REVIEW, "paid", by=None, at=at)
            supersede_notices(UNPAID, subject=subject_of(application), at=at)
        return advance_locked(application, at=at)


def correct_application(application: Application, *, by: Trainer, at: datetime) -> Application:
    """Submit a corrected renewal with the claims it needs now (Q16). Idempotent.

    The day of receipt stays. Raises Refusal after the last day to correct it, and while something
    is missing.
    """
    with transaction.atomic():
        application = lock_case(application)
        cycle = application.cycle
        require_owner(application, by)
        if application.state == State.IN_REVIEW:
            return application
        _check_correctable(application, at)
        standing = best_standing(cycle, application.submission.received_at)
        if not standing.eligible:
            raise Refusal(what_is_missing(standing), code=missing_code(standing))
        claim_again(application, standing, by=by, at=at)
        drop_pending_decision(application, by=by, at=at, reason="The trainer corrected the renewal.")
        days = day_of(at, application) - certain(application.returned_on)
        application.correction_days_spent += max(days.days, 0)
        move_application(application, State.IN_REVIEW, "corrected", by=by, at=at)
        supersede_notices(RETURNED, subject=subject_of(application), at=at)
        return advance_locked(application, at=at)


def advance_locked(application: Application, *, at: datetime) -> Application:
    """Advance a locked renewal that is in review, where no person is needed.

    A failed or expired audit denies it (Q19), also after a person's decision and while the
    credential is suspended. Next come the draw and a required audit (Q20). After a person's
    decision, only a person decides. Records that a petition granted are claimed; an undecided
    petition is waited for (Q15); a renewal that a petition or an audit left short is returned for
    correction (Q16).
    """
    if application.state != State.IN_REVIEW:
        return application
    against = closed_against(application)
    if against:
        return deny_locked(application, by=None, at=at, reason=against.end_reason)
    if not application.cycle.credential.in_force or not draw_locked(application, at=at):
        return application
    if _needs_a_person(application, at=at):
        return application
    standing = claimed_standing(application)
    if not standing.eligible:
        return _resolve_lost_claims(application, at=at)
    return _pass(application, standing, at=at)


def _needs_a_person(application: Application, *, at: datetime) -> bool:
    """Return whether an audit is open or a person decides; open the audit first if the draw
    requires it.
    """
    audit = open_required_audit(application, at=at)
    return bool(audit or application.decided_by_id or pending_decision(application))


def _resolve_lost_claims(application: Application, *, at: datetime) -> Application:
    """Claim other records for a renewal that falls short, or return it to the trainer for
    correction.
    """
    standing = best_standing(application.cycle, application.submission.received_at)
    lost_claims = _petition_has_ended(application) or has_refused_records(application)
    if rests_on_petitions(standing) or not lost_claims:
        return application
    if not standing.eligible:
        words = REFUSED if has_refused_records(application) else NOT_COUNTED
        reason = f"{words} {what_is_missing(standing)}"
        return return_locked(application, by=None, at=at, reason=reason)
    claim_again(application, standing, by=None, at=at)
    if open_required_audit(application, at=at):
        return application
    return _pass(application, standing, at=at)


def _pass(application: Application, standing: Standing, *, at: datetime) -> Application:
    """Approve a renewal that passes every check, unless the policy leaves approval to staff (Q22)."""
    if not figures_for(application).auto_approve:
        return application
    return approve_locked(application, standing, by=None, at=at)


def _petition_has_ended(application: Application) -> bool:
    """Return whether a paid petition has ended since the day of receipt.

    A renewal that is short for another reason is left to a person.
    """
    ended = Petition.objects.filter(
        credential=application.cycle.credential, ended_at__gte=application.received_at
    )
    return ended.filter(charge__state=Charge.State.PAID).exists()


def _check_correctable(application: Application, at: datetime) -> None:
    if application.state != State.RETURNED:
        raise Refusal("We have not asked you for a correction.", code="out_of_order")
    if day_of(at, application) > application.last_day_to_correct:
        raise Refusal("The time to correct this renewal has ended.", code="too_late")
