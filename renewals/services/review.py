"""From paid to decided: at once when every check passes (Q22), else by staff, who never decide their own case."""

from datetime import date, datetime

from django.db import transaction

from audits.services import ask_another_look, reopen_audit
from ceus.services import claim_records, release_records
from core.constraints import given
from core.history import subject_of
from outbox.notices import queue_notice, supersede_notices
from payments.models import Charge
from petitions.models import Petition
from renewals.errors import RenewalRefusal
from renewals.models import OPEN_STATES, Application
from renewals.notice_codes import RENEWED, RETURNED, UNPAID
from renewals.services.audited import (
    check_cleared,
    check_no_audit,
    closed_against,
    draw,
    has_refused_records,
    stands_in_the_way,
)
from renewals.services.endings import deny
from renewals.services.locking import check_step, hold, move, terms_of
from renewals.standing import (
    best_standing,
    check_may_apply,
    check_owner,
    check_reason,
    check_reviewer,
    claimed_standing,
    claims_of,
    day_of,
    missing_code,
    rests_on_petitions,
    what_is_missing,
)
from rules.answers import Standing, standing_as_dict
from rules.days import due_on
from trainers.models import Trainer
from trainers.services import open_next_cycle

State = Application.State
NOT_COUNTED = "A course that you asked us to count did not give what this renewal needs."
REFUSED = "We could not accept a document in the check of your renewal, so its course does not count."


def complete_payment(application: Application, *, at: datetime) -> Application:
    """Go on with a renewal whose charge is paid: into review, and approved when nothing and nobody else is needed.

    However often and by whomever this is called, each step happens once. Not paid → unchanged.
    """
    with transaction.atomic():
        application = hold(application)
        charge = application.charge
        if application.state == State.SUBMITTED and charge and charge.state == Charge.State.PAID:
            move(application, State.IN_REVIEW, "paid", by=None, at=at)
            supersede_notices(UNPAID, subject=subject_of(application), at=at)
        return _go_on(application, at=at)


def approve_application(application: Application, *, by: Trainer, at: datetime) -> Application:
    """Approve it on what it claims, as of its day of receipt. Raises RenewalRefusal unless all is met (invariant 14)."""
    with transaction.atomic():
        application = hold(application)
        check_reviewer(application, by, "decide_application")
        if application.state == State.APPROVED:
            return application
        check_step(application, State.APPROVED, "approved")
        if not application.cycle.credential.in_force:
            raise RenewalRefusal("The certification is not in force, so this waits.", code="not_in_force")
        check_cleared(application, at=at)
        standing = claimed_standing(application)
        if not standing.eligible:
            raise RenewalRefusal(what_is_missing(standing), code=missing_code(standing))
        return _approve(application, standing, by=by, at=at)


def return_application(application: Application, *, by: Trainer, at: datetime, reason: str) -> Application:
    """Ask the trainer for a correction, with the policy's days to make it (Q16); the receipt day stays."""
    with transaction.atomic():
        application = hold(application)
        check_reviewer(application, by, "decide_application")
        if application.state == State.RETURNED:
            return application
        check_step(application, State.RETURNED, "returned")
        check_no_audit(application)
        return _return(application, by=by, at=at, reason=check_reason(reason))


def correct_application(application: Application, *, by: Trainer, at: datetime) -> Application:
    """Send a returned one again, claiming what it needs now; the receipt day stays (Q16). Sent already → unchanged.

    Raises RenewalRefusal after the last day to correct it, and while something is missing.
    """
    with transaction.atomic():
        application = hold(application)
        cycle = application.cycle
        check_owner(cycle, by)
        if application.state == State.IN_REVIEW:
            return application
        _check_correctable(application, at)
        standing = best_standing(cycle, given(application.received_on))
        if not standing.eligible:
            raise RenewalRefusal(what_is_missing(standing), code=missing_code(standing))
        _claim_again(application, standing, by=by, at=at)
        move(application, State.IN_REVIEW, "corrected", by=by, at=at)
        supersede_notices(RETURNED, subject=subject_of(application), at=at)
        return _go_on(application, at=at)


def reopen_application(
    application: Application, *, by: Trainer, at: datetime, reason: str, through: date | None = None
) -> Application:
    """A lead takes a denial back, with a reason: it is in review again, and staff decide (invariant 15).

    An audit that was closed against it is reopened with it, one that ran out with a new last day `through` (Q19);
    then its closing decides, and no person has taken the renewal up.
    """
    with transaction.atomic():
        application = hold(application)
        check_reviewer(application, by, "reopen_application")
        if application.state == State.IN_REVIEW:
            return application
        reason = check_reason(reason)
        _check_reopenable(application)
        against = closed_against(application)
        if against:
            reopen_audit(against, by=by, at=at, reason=reason, through=through)
        return _reopen(
            application, "reopened", decided_by=None if against else by, by=by, at=at, reason=reason
        )


def look_again(application: Application, *, by: Trainer, at: datetime, why: str) -> Application:
    """The trainer asks once that somebody else looks at an audit that was not passed; in review already → unchanged."""
    with transaction.atomic():
        application = hold(application)
        check_owner(application.cycle, by)
        if application.state == State.IN_REVIEW:
            return application
        _check_reopenable(application)
        against = closed_against(application)
        if against is None:
            raise RenewalRefusal("There is no audit to look at again.", code="out_of_order")
        ask_another_look(against, by=by, at=at, why=why)
        return _reopen(application, "another look", decided_by=None, by=by, at=at, reason=why)


def _check_reopenable(application: Application) -> None:
    check_step(application, State.IN_REVIEW, "reopened")
    check_may_apply(application.cycle)
    if Application.objects.filter(cycle=application.cycle, state__in=OPEN_STATES).exists():
        raise RenewalRefusal("The trainer has applied again since.", code="applied_again")


def _reopen(
    application: Application,
    verb: str,
    *,
    decided_by: Trainer | None,
    by: Trainer,
    at: datetime,
    reason: str,
) -> Application:
    standing = best_standing(application.cycle, given(application.received_on))
    application.end_reason, application.correct_through = "", None
    application.decided_by = decided_by
    move(application, State.IN_REVIEW, verb, by=by, at=at, reason=reason)
    _claim_again(application, standing, by=by, at=at)
    return _go_on(application, at=at)


def _go_on(application: Application, *, at: datetime) -> Application:
    """Approve without a person, if none is asked for.

    An audit that was closed against the renewal denies it (Q19), whoever has taken it up and whether or not it is in
    force; the draw comes next, and the audit that it asks for (Q20). What a person has taken up, a person decides. What
    a petition has granted since is claimed; what still waits for one waits (Q15); what a petition or an audit has left
    short goes back to the trainer for correction (Q16).
    """
    if application.state != State.IN_REVIEW:
        return application
    against = closed_against(application)
    if against:
        return deny(application, by=None, at=at, reason=against.end_reason)
    if not application.cycle.credential.in_force or not draw(application, at=at):
        return application
    if stands_in_the_way(application, at=at) or application.decided_by_id is not None:
        return application
    standing = claimed_standing(application)
    if not standing.eligible:
        return _without_what_fell_away(application, at=at)
    return _pass(application, standing, at=at)


def _without_what_fell_away(application: Application, *, at: datetime) -> Application:
    """It claims too little: with other records it may still have enough, else it goes back for correction."""
    standing = best_standing(application.cycle, given(application.received_on))
    fell_away = _petition_has_ended(application) or has_refused_records(application)
    if rests_on_petitions(standing) or not fell_away:
        return application
    if not standing.eligible:
        words = REFUSED if has_refused_records(application) else NOT_COUNTED
        reason = f"{words} {what_is_missing(standing)}"
        return _return(application, by=None, at=at, reason=reason)
    _claim_again(application, standing, by=None, at=at)
    if stands_in_the_way(application, at=at):
        return application
    return _pass(application, standing, at=at)


def _pass(application: Application, standing: Standing, *, at: datetime) -> Application:
    """Every check passes: approved at once, or left to staff (Q22)."""
    if not terms_of(application).auto_approve:
        return application
    return _approve(application, standing, by=None, at=at)


def _petition_has_ended(application: Application) -> bool:
    """Since the day of receipt, and after it was paid for; anything else that leaves a renewal short is a person's to see."""
    ended = Petition.objects.filter(
        credential=application.cycle.credential, ended_at__gte=application.received_at
    )
    return ended.filter(charge__state=Charge.State.PAID).exists()


def _return(application: Application, *, by: Trainer | None, at: datetime, reason: str) -> Application:
    """Back to the trainer with the policy's days to correct it; what a person returns, a person decides."""
    application.returned_reason = reason
    days = terms_of(application).correction_days
    application.correct_through = due_on(day_of(at, application.cycle), days)
    application.decided_by = by
    move(application, State.RETURNED, "returned", by=by, at=at, reason=reason)
    queue_notice(
        RETURNED,
        subject=subject_of(application),
        event=at.isoformat(),
        trainer=application.trainer,
        send_at=at,
    )
    return application


def _approve(
    application: Application, standing: Standing, *, by: Trainer | None, at: datetime
) -> Application:
    application.assessment = standing_as_dict(standing)
    application.decided_by = by
    move(application, State.APPROVED, "approved", by=by, at=at)
    open_next_cycle(application.cycle, by=by, at=at)
    queue_notice(
        RENEWED,
        subject=subject_of(application),
        event="approved",
        trainer=application.trainer,
        send_at=at,
    )
    return application


def _check_correctable(application: Application, at: datetime) -> None:
    if application.state != State.RETURNED:
        raise RenewalRefusal("We have not asked you for a correction.", code="out_of_order")
    if day_of(at, application.cycle) > given(application.correct_through):
        raise RenewalRefusal("The time to correct this renewal has ended.", code="too_late")


def _claim_again(application: Application, standing: Standing, *, by: Trainer | None, at: datetime) -> None:
    release_records(application.cycle, by=by, at=at)
    claim_records(application.cycle, claims_of(standing), by=by, at=at)
