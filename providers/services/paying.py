"""The fee of a provider's request: its charge, and the step to our decision once it is paid.

Anybody with an active role at the provider may pay. The charge and its receipt are in the name of
the person who asked.
"""

from datetime import datetime

from django.db import transaction

from cases.locking import lock_case
from core import clock
from core.errors import Refusal
from core.history import subject_of
from core.policy_words import portal_policy
from core.transitions import move
from payments.models import Charge
from payments.services.charges import charge_line, lock_charge, raise_charge, settled_verb, void_charge
from payments.services.refund_checks import fee_went_back
from payments.services.returning import finish_payment
from providers.models import CourseRequest
from rules.policy.model import Fee
from trainers.models import Trainer

State = CourseRequest.State
FEE_GONE = (
    "The fee of this request was given back, so it cannot be approved. Deny it: the provider can ask again."
)
ARRIVED = "The payment has arrived, and the request is on its way to us. Try again in a minute."
WITHDRAWN_REASON = "The provider withdrew the request."


def request_fee(at: datetime) -> Fee:
    """Return the fee of a request that is sent at `at`; its amount may be 0 cents."""
    policy = portal_policy()
    return policy.version_on(clock.date_of(at, policy.time_zone)).course_request_fee


def check_fee_seen(agreed_cents: int | None, *, at: datetime) -> None:
    """Raise Refusal when the fee is no longer the one that the page showed; None accepts any."""
    now = request_fee(at).amount_cents
    if agreed_cents not in (None, now):
        fee = portal_policy().money(now)
        raise Refusal(f"The fee is {fee} now. Check it, then send the request again.", code="price")


def raise_request_charge(request: CourseRequest, *, by: Trainer, at: datetime) -> Charge:
    """Raise the charge of a stored request for the person who asked. Once for each request."""
    return raise_charge(
        trainer=request.requested_by,
        subject=subject_of(request),
        kind="course_request",
        description=f"Request {request.reference}: {request.title}"[:160],
        lines=[charge_line(request_fee(at))],
        currency=portal_policy().currency,
        policy_version=portal_policy().version_name(clock.date_of(at, portal_policy().time_zone)),
        by=by,
        at=at,
    )


def submit_paid_request(request: CourseRequest, *, at: datetime) -> CourseRequest:
    """Submit a request whose fee is settled. Idempotent; an unpaid request is left unchanged."""
    with transaction.atomic():
        request = lock_case(request)
        if request.state != State.UNPAID or not settled_verb(request.charge):
            return request
        return move(request, State.SUBMITTED, "paid", trainer=None, by=None, at=at)


def finish_after_return(request: CourseRequest, *, at: datetime, wait: bool) -> CourseRequest:
    """Ask the provider whether an unpaid request is paid, and submit it. Idempotent; see
    `finish_payment`.
    """
    if request.state != State.UNPAID:
        return request
    return finish_payment(request, submit_paid_request, at=at, wait=wait)


def void_request_charge(request: CourseRequest, *, by: Trainer, at: datetime) -> None:
    """Void the charge of a locked unpaid request. Raises Refusal when it has just been paid."""
    if request.state != State.UNPAID or request.charge is None:
        return
    try:
        void_charge(request.charge, by=by, at=at, reason=WITHDRAWN_REASON)
    except Refusal:
        raise Refusal(ARRIVED, code="paid") from None


def check_fee_kept(request: CourseRequest) -> None:
    """Lock the charge of a locked request, and raise Refusal when its fee is not kept in full."""
    if request.charge_id is None:
        return
    if fee_went_back(lock_charge(request.charge_id)):
        raise Refusal(FEE_GONE, code="fee_went_back")
