"""Advance a renewal without a person: into review, and to its approval when every check passes
(Q22).

Called when its charge is paid, a petition is decided, an audit is closed, or the renewal was
corrected or reopened. Each step is taken once, even when several callers run side by side.
Functions whose names end in `_locked` also carry out a person's decision.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from audits.services.opening import end_audit
from cases.decisions import drop_pending_decision, pending_decision
from cases.locking import day_of
from cases.reviewers import require_owner
from ceus.services.claims import claim_records, release_records
from core.constraints import require_value
from core.errors import Refusal
from core.history import subject_of
from core.policy_words import fill_policy_words
from outbox.notices import supersede_notices
from outbox.planning import queue_marks
from payments.services.charges import settled_verb
from payments.services.fee_decisions import may_stand
from renewals.models import Application
from renewals.notice_codes import CORRECTION_ENDS, DENIED, RENEWED, RETURNED, UNPAID
from renewals.services.audited import RETURNED as BY_RETURN
from renewals.services.audited import SUSPENDED as BY_SUSPENSION
from renewals.services.audited import audit_not_passed, means_of_failing, why_short
from renewals.services.drawing import draw_at_last_or_wait, draw_or_wait, open_required_audit
from renewals.services.joined import approve_joined_renewals, with_price_of_all
from renewals.services.lower import approve_lower_certifications
from renewals.services.moving import (
    figures_for,
    joined_with,
    lock_renewal,
    move_application,
    queue_renewal_notice,
)
from renewals.standing import (
    approved_standing,
    claimed_standing,
    claims_of,
    missing_code,
    rests_on_petitions,
    standing_with_petitions,
    what_is_missing,
)
from rules.answers import Standing, standing_as_dict
from rules.last_days import correction_through
from rules.reminders import last_day_marks
from trainers.models import Trainer
from trainers.services.credentials import suspend_by_rules
from trainers.services.cycles import open_next_cycle

State = Application.State


def advance_application(application: Application, *, at: datetime) -> Application:
    """Advance a renewal through every step that needs no person. Idempotent; an unpaid renewal is
    left unchanged.
    """
    with transaction.atomic():
        return advance_paid_locked(lock_renewal(application), at=at)


def advance_paid_locked(application: Application, *, at: datetime) -> Application:
    """Move a locked renewal into review if its charge is paid, then through every step that needs
    no person. A charge of 0 counts as paid at once.
    """
    verb = settled_verb(application.charge)
    if application.state == State.SUBMITTED and verb:
        move_application(application, State.IN_REVIEW, verb, by=None, at=at)
        supersede_notices(UNPAID, subject=subject_of(application), at=at)
    return advance_locked(application, at=at)


def correct_application(application: Application, *, by: Trainer, at: datetime) -> Application:
    """Submit a corrected renewal, which now claims the records that it needs (Q16). Idempotent. The
    day of receipt stays.

    Raises Refusal after the last day to correct it, and while something is missing.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_owner(application, by)
        if application.state == State.IN_REVIEW:
            return application
        check_correctable(application, at)
        for one in (application, *joined_with(application)):
            standing = standing_with_petitions(one.cycle, received_at=application.submission.received_at)
            if not standing.eligible:
                raise Refusal(_lack_of(one, standing), code=missing_code(standing))
            claim_again(one, standing=standing, by=by, at=at)
        drop_pending_decision(
            application, by=by, at=at, reason=fill_policy_words("The {holder} corrected the renewal.")
        )
        days = day_of(at, application) - require_value(application.returned_on)
        application.correction_days_spent += max(days.days, 0)
        move_application(application, State.IN_REVIEW, "corrected", by=by, at=at)
        for kind in (RETURNED, CORRECTION_ENDS):
            supersede_notices(kind, subject=subject_of(application), at=at)
        return advance_locked(application, at=at)


def advance_locked(application: Application, *, at: datetime) -> Application:
    """Advance a locked renewal that is in review, as far as no person is needed.

    An audit that was not passed or has expired denies it (Q19), even after a person's decision and
    while the credential is suspended. Next come the draw and a required audit (Q20). Once a person
    has decided, only a person decides. Records that a petition granted are claimed; an undecided
    petition is waited for (Q15); a renewal that falls short after a petition or an audit is
    returned for correction (Q16).
    """
    if application.state != State.IN_REVIEW:
        return application
    group = (application, *joined_with(application))
    for one in group:
        if not_passed := audit_not_passed(one):
            return _end_by_audit(application, one, reason=not_passed.end_reason, at=at)
    if any(not one.cycle.credential.in_force or draw_or_wait(one, at=at) for one in group):
        return application
    waiting = [_open_audit_or_wait(one, at=at) for one in group]  # opens the audit of each
    if any(waiting):
        return application
    standing, *others = map(claimed_standing, group)
    if not all(one.eligible for one in (standing, *others)):
        return _resolve_lost_claims(application, group, at=at)
    return _pass(application, standing, at=at)


def _end_by_audit(
    application: Application, audited: Application, *, reason: str, at: datetime
) -> Application:
    """Deny a renewal because of an audit that was not passed, of its own or of `audited`, which goes with
    it; or return it, or also suspend the audited certification, as the policy of that one says (Q19).
    """
    means = means_of_failing(audited)
    if means == BY_RETURN:
        return return_locked(application, by=None, at=at, reason=reason)
    denied = deny_locked(application, by=None, at=at, reason=reason)
    if means == BY_SUSPENSION:
        suspend_by_rules(audited.cycle.credential, at=at, reason=reason)
    return denied


def _open_audit_or_wait(application: Application, *, at: datetime) -> bool:
    """Open the audit that the draw requires, if any. Return whether the renewal must wait: for an
    open audit, or because a person decides.
    """
    audit = open_required_audit(application, at=at)
    return bool(audit or application.decided_by_id or pending_decision(application))


def _resolve_lost_claims(
    application: Application, group: Sequence[Application], *, at: datetime
) -> Application:
    """Claim other records for a renewal whose claimed records, or those of the ones that go with it,
    are no longer enough, or return it to the trainer for correction.
    """
    received_at = application.submission.received_at
    standings = [(one, standing_with_petitions(one.cycle, received_at=received_at)) for one in group]
    words = next(filter(None, map(why_short, group)), "")
    if any(rests_on_petitions(standing) for _, standing in standings) or not words:
        return application
    short = [_lack_of(one, standing) for one, standing in standings if not standing.eligible]
    if short:
        return return_locked(application, by=None, at=at, reason=" ".join((words, *short)))
    for one, standing in standings:
        claim_again(one, standing=standing, by=None, at=at)
    audits = [open_required_audit(one, at=at) for one in group]  # opened for each
    if any(audits):
        return application
    return _pass(application, standings[0][1], at=at)


def _lack_of(application: Application, standing: Standing) -> str:
    """Return what is missing; of a renewal that goes with another one, with its number."""
    lack = what_is_missing(standing)
    number = application.cycle.credential.display_number
    return f"{number}: {lack}" if application.renewed_with_id else lack


def _pass(application: Application, standing: Standing, *, at: datetime) -> Application:
    """Approve a renewal that passes every check, unless the policy leaves approval to staff (Q22)
    or its fee is no longer kept in full (Q31).
    """
    if not may_stand(application.charge) or draw_at_last_or_wait(application, at=at):
        return application
    if not figures_for(application).auto_approve:
        return application
    return approve_locked(application, standing=standing, by=None, at=at)


def check_correctable(application: Application, at: datetime) -> None:
    """Raise Refusal for a renewal that was not returned, or whose last day to correct has passed."""
    if application.state != State.RETURNED:
        raise Refusal("We have not asked you for a correction.", code="out_of_order")
    if day_of(at, application) > application.last_day_to_correct:
        raise Refusal("The time to correct this renewal has ended.", code="too_late")


def approve_locked(
    application: Application, *, standing: Standing, by: Trainer | None, at: datetime
) -> Application:
    """Approve a locked renewal, which `standing` shows to be complete; open the next cycle and
    queue the mail (invariant 14).
    """
    standing = approved_standing(application.cycle, standing, at=at)
    application.assessment = standing_as_dict(with_price_of_all(application, standing))
    application.decided_by = by
    move_application(application, State.APPROVED, "approved", by=by, at=at)
    open_next_cycle(application.cycle, standing=standing, by=by, at=at)
    approve_joined_renewals(application, by=by, at=at)
    approve_lower_certifications(application, by=by, at=at)
    queue_renewal_notice(RENEWED, application, event="approved", at=at)
    return application


def return_locked(application: Application, *, by: Trainer | None, at: datetime, reason: str) -> Application:
    """Return a locked renewal to its trainer to be corrected, within what is left of the days for
    corrections (Q16, Q25).

    When a person returns it, only a person decides about it afterwards.
    """
    application.returned_reason = reason
    figures, spent = figures_for(application), application.correction_days_spent
    application.returned_on = day_of(at, application)
    application.correct_through = correction_through(
        application.returned_on, figures.correction_days, spent, figures.correction_days_least
    )
    application.decided_by = by
    move_application(application, State.RETURNED, "returned", by=by, at=at, reason=reason)
    queue_renewal_notice(RETURNED, application, event=at.isoformat(), at=at)
    queue_correction_reminders(application)
    return application


def queue_correction_reminders(application: Application) -> None:
    """Queue the reminders before the last day to correct. Each is checked again before it is sent."""
    policy, last_day = application.cycle.policy, application.last_day_to_correct
    queue_marks(
        CORRECTION_ENDS,
        last_day_marks(policy, "correction", last_day),
        about=str(last_day),
        subject=subject_of(application),
        trainer=application.trainer,
        zone=policy.time_zone,
        after=require_value(application.returned_on),
    )


def deny_locked(application: Application, *, by: Trainer | None, at: datetime, reason: str) -> Application:
    """Deny a locked renewal with a reason that the trainer reads, and release its records."""
    application.end_reason, application.decided_by = reason, by or application.decided_by
    move_application(application, State.DENIED, "denied", by=by, at=at, reason=reason)
    release_ended_renewal(application, by=by, at=at)
    queue_renewal_notice(DENIED, application, event=at.isoformat(), at=at)
    return application


def claim_again(application: Application, *, standing: Standing, by: Trainer | None, at: datetime) -> None:
    """Release the claimed records, and claim the records that `standing` counts."""
    claims = claims_of(standing)
    release_records(application.cycle, by=by, at=at, again=claims)
    claim_records(application.cycle, ids=claims, by=by, at=at)


def release_ended_renewal(application: Application, *, by: Trainer | None, at: datetime) -> None:
    """Release the records of a renewal that has ended and of those that go with it, end its audit and
    its pending decision, and supersede its queued notices.
    """
    drop_pending_decision(application, by=by, at=at, reason="The renewal has ended.")
    for one in (application, *joined_with(application)):
        release_records(one.cycle, by=by, at=at)
        end_audit(one.cycle, by=by, at=at, reason=f"The renewal {one.reference} has ended.")
    for kind in (UNPAID, RETURNED, CORRECTION_ENDS):
        supersede_notices(kind, subject=subject_of(application), at=at)
