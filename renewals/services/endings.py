"""End a renewal without an approval: withdrawn, lapsed or denied. The records that it claims are released."""

from datetime import datetime

from django.db import transaction

from cases.locking import day_of
from cases.reviewers import require_owner
from core.clock import has_ended
from core.errors import Refusal
from payments.models import Charge
from payments.services.charges import may_still_settle, void_charge
from renewals.models import Application
from renewals.notice_codes import LAPSED
from renewals.services.advancing import deny_locked, release_ended_renewal
from renewals.services.moving import lock_renewal, move_application, queue_renewal_notice
from rules.days import day_in_words
from trainers.models import Trainer

State = Application.State
WITHDRAWN_REASON = "The renewal was withdrawn."
UNPAID_REASON = "The time to pay ended."


def withdraw_application(application: Application, *, by: Trainer, at: datetime) -> Application:
    """Withdraw a renewal for its trainer. Idempotent. Money that arrives afterwards is returned.

    Raises Refusal when it is decided, and while its payment is being settled.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_owner(application, by)
        if application.state == State.WITHDRAWN:
            return application
        if application.state == State.SUBMITTED and application.charge:
            _void(application.charge, by=by, at=at)
        move_application(application, State.WITHDRAWN, "withdrawn", by=by, at=at)
        release_ended_renewal(application, by=by, at=at)
    return application


def lapse_application(application: Application, *, at: datetime) -> Application:
    """End a renewal that was not paid in time (Q13). Idempotent; a paid one is left unchanged.

    Raises Refusal until the last day to pay has ended, and while a payment that was made in time
    may still be reported.
    """
    with transaction.atomic():
        return _lapse(lock_renewal(application), at=at)


def end_when_overdue(application: Application | None, *, at: datetime) -> Application | None:
    """Return an open application. When it is unpaid and overdue, end it and return None, so that
    the last day to pay applies even when the sweep is late.

    The caller has locked the rows. Raises Refusal as `lapse_application` does.
    """
    if application and is_overdue(application, at):
        _lapse(lock_renewal(application), at=at)
        application.refresh_from_db(fields=["state"])
    return application if application and application.is_open else None


def is_overdue(application: Application, at: datetime) -> bool:
    """Return whether the renewal is unpaid and the last day to pay has ended in the policy's zone."""
    if application.state != State.SUBMITTED:
        return False
    return day_of(at, application) > application.submission.pay_through


def deny_uncorrected_renewal(application: Application, *, at: datetime) -> Application:
    """Deny a returned renewal that was not corrected in time (Q16). Idempotent.

    Raises Refusal until the last day to correct it has ended, and while a correction that began in
    time may still arrive (Q27).
    """
    with transaction.atomic():
        application = lock_renewal(application)
        if application.state != State.RETURNED:
            return application
        last_day = application.last_day_to_correct
        if not has_ended(last_day, application.cycle.policy.time_zone, at):
            raise Refusal("There is still time to correct it.", code="too_early")
        reason = f"It was not corrected by the end of {day_in_words(last_day)}."
        return deny_locked(application, by=None, at=at, reason=reason)


def _void(charge: Charge, *, by: Trainer, at: datetime) -> None:
    try:
        void_charge(charge, by=by, at=at, reason=WITHDRAWN_REASON)
    except Refusal:
        sentence = "Your payment has arrived, and we are finishing your renewal."
        raise Refusal(sentence, code="paid") from None


def _lapse(application: Application, *, at: datetime) -> Application:
    charge = application.charge
    if application.state != State.SUBMITTED or charge is None or charge.state == Charge.State.PAID:
        return application
    if not is_overdue(application, at):
        raise Refusal("There is still time to pay.", code="too_early")
    if may_still_settle(charge):
        sentence = "We are asking the bank about your last payment. Try again in an hour."
        raise Refusal(sentence, code="may_still_settle")
    application.end_reason = UNPAID_REASON
    move_application(application, State.LAPSED, "lapsed", by=None, at=at)
    release_ended_renewal(application, by=None, at=at)
    void_charge(charge, by=None, at=at, reason=UNPAID_REASON)
    queue_renewal_notice(LAPSED, application, event="lapsed", at=at)
    return application
