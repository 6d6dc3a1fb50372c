"""Money that staff give back: with a reason, within what is kept, above the policy's limit by two people (Q21)."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from payments.errors import PaymentRefusal
from payments.matching import expected_charge, money_of
from payments.models import Charge, LedgerEntry, ProviderEvent, Refund
from payments.refund_rules import why_not
from recert import clock
from recert.rules.policy import load_policy
from recert.rules.units import format_cents
from trainers import history
from trainers.guard import credential_of
from trainers.models import Trainer

GIVE = "payments.give_refund"
LONGEST_REASON = 300
State, Cause = Refund.State, Refund.Cause


@transaction.atomic
def request_refund(
    payment: LedgerEntry,
    *,
    amount_cents: int,
    cause: str,
    reason: str,
    by: Trainer,
    at: datetime,
    seen: int | None = None,
) -> Refund:
    """Give `amount_cents` of a payment back; above the policy's limit it waits for a second person.

    `seen` is how many refunds the charge had when the page was opened: a second click returns the first one's refund,
    and what somebody else did meanwhile is told. Raises PaymentRefusal.
    """
    charge = _locked(payment.charge_id)
    check_giver(charge, by)
    reason = check_reason(reason)
    chosen = _staff_cause(cause)
    again = _same_again(charge, payment, amount_cents, chosen, reason, by=by, seen=seen)
    if again:
        return again
    _check_rule(charge, chosen)
    _check_amount(payment, amount_cents)
    refund = Refund.objects.create(
        charge=charge,
        payment=payment,
        amount_cents=amount_cents,
        cause=chosen,
        reason=reason,
        by=by,
        state=State.WAITING if needs_second_person(charge, amount_cents, at=at) else State.REQUESTED,
        idempotency_key=f"refund-{secrets.token_hex(16)}",
        requested_at=at,
    )
    detail = {"cents": amount_cents, "cause": chosen.value}
    _record(refund, "asked for", by=by, at=at, change=("", refund.state), reason=reason, detail=detail)
    return refund


@transaction.atomic
def approve_refund(refund: Refund, *, by: Trainer, at: datetime) -> Refund:
    """The second person says yes, and the money is sent by the next sweep. Approved by them already → unchanged."""
    refund = _decidable(refund, by)
    if refund.state == State.REQUESTED and refund.decided_by_id == by.pk:
        return refund
    _check_waits(refund)
    if refund.charge:
        _check_rule(refund.charge, Cause(refund.cause))
    return _decide(refund, State.REQUESTED, "approved", by=by, at=at, reason="")


@transaction.atomic
def refuse_refund(refund: Refund, *, reason: str, by: Trainer, at: datetime) -> Refund:
    """The second person says no, and the money stays. Refused by them already → unchanged."""
    refund = _decidable(refund, by)
    reason = check_reason(reason)
    if refund.state == State.REFUSED and refund.decided_by_id == by.pk:
        return refund
    _check_waits(refund)
    refund.ended_at = at
    if refund.event_id:
        _wait_again(refund.event_id)
    return _decide(refund, State.REFUSED, "refused", by=by, at=at, reason=reason)


def still_kept(payment: LedgerEntry) -> int:
    """Cents of a payment that nobody gave back or asked to give back."""
    going = payment.refunds.exclude(state__in=Refund.NEVER_LEFT).values_list("amount_cents", flat=True)
    return -payment.amount_cents - sum(going)


def kept_of(charge: Charge) -> int:
    """Cents of all payments of a charge that nobody gave back or asked to give back."""
    payments = charge.ledger.filter(kind=LedgerEntry.Kind.PAYMENT).prefetch_related("refunds")
    return sum(map(still_kept, payments))


def second_person_above(charge: Charge | None, *, at: datetime) -> int:
    """The cents above which two people must agree, by the policy of the day."""
    credential = credential_of(charge.trainer) if charge else None
    policy = credential.policy if credential else load_policy(settings.PORTAL_POLICY)
    return policy.version_on(clock.date_of(at, policy.time_zone)).refund_second_person_above_cents


def needs_second_person(charge: Charge, amount_cents: int, *, at: datetime) -> bool:
    """Whether this and all that staff gave back of the charge before lie above the limit: parts of it count together."""
    before = charge.refunds.filter(cause__in=Refund.STAFF_CAUSES).exclude(state__in=Refund.NEVER_LEFT)
    total = amount_cents + sum(before.values_list("amount_cents", flat=True))
    return total > second_person_above(charge, at=at)


def check_giver(charge: Charge | None, by: Trainer | None) -> None:
    """Only staff with the permission, and nobody about their own money. Raises PaymentRefusal."""
    if by is None or not by.has_perm(GIVE):
        raise PaymentRefusal("You may not give money back.", code="not_allowed")
    if charge and by.pk == charge.trainer_id:
        raise PaymentRefusal("Somebody else must decide about your own money.", code="own_money")


def check_reason(reason: str) -> str:
    """The reason without blank ends. Raises PaymentRefusal when it is empty or too long."""
    reason = reason.strip()
    if not reason:
        raise PaymentRefusal("Write the reason.", code="no_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        sentence = f"Use {LONGEST_REASON} characters or fewer."
        raise PaymentRefusal(sentence, code="reason_length", field="reason")
    return reason


def _staff_cause(cause: str) -> Refund.Cause:
    if cause not in Refund.STAFF_CAUSES:
        raise PaymentRefusal("Choose why.", code="cause", field="cause")
    return Cause(cause)


def _check_amount(payment: LedgerEntry, cents: int) -> None:
    left = still_kept(payment)
    if left == 0:
        raise PaymentRefusal("Nothing of this payment is kept any more.", code="nothing_left")
    if not 0 < cents <= left:
        sentence = (
            f"Enter an amount from 0.01 to {format_cents(left)}, which is what is kept of this payment."
        )
        raise PaymentRefusal(sentence, code="amount", field="amount")


def _check_rule(charge: Charge, cause: Refund.Cause) -> None:
    sentence = why_not(charge, cause)
    if sentence:
        raise PaymentRefusal(sentence, code="not_refundable", field="cause")


def _same_again(
    charge: Charge,
    payment: LedgerEntry,
    cents: int,
    cause: Refund.Cause,
    reason: str,
    *,
    by: Trainer,
    seen: int | None,
) -> Refund | None:
    """The refund that this very click made a moment ago. Raises PaymentRefusal when it was somebody else's."""
    if seen is None or charge.refunds.count() == seen:
        return None
    newest = charge.refunds.order_by("-pk").first()
    asked = (payment.pk, cents, cause.value, reason, by.pk)
    if newest and asked == (
        newest.payment_id,
        newest.amount_cents,
        newest.cause,
        newest.reason,
        newest.by_id,
    ):
        return newest
    who = newest.by.name if newest and newest.by else "The portal"
    sentence = f"{who} gave money of this payment back while you had it open. Nothing was changed by you."
    raise PaymentRefusal(sentence, code="changed")


def _decidable(refund: Refund, by: Trainer) -> Refund:
    """The refund under lock, its charge locked first, for a person who may decide about it."""
    charge = _locked(refund.charge_id) if refund.charge_id else None
    check_giver(charge or _unmatched(refund), by)
    refund = (
        Refund.objects.select_for_update(of=("self",)).select_related("by", "decided_by").get(pk=refund.pk)
    )
    if charge:
        refund.charge = charge
    if refund.by_id == by.pk:
        sentence = "You asked for this refund. Somebody else must decide about it."
        raise PaymentRefusal(sentence, code="same_person")
    return refund


def _unmatched(refund: Refund) -> Charge | None:
    """The charge that money without one was most likely for."""
    return expected_charge(money_of(refund.event)) if refund.event else None


def _wait_again(event_id: int) -> None:
    """The money stays, so its message waits for staff as before."""
    none = {"answer": "", "answer_reason": "", "handled_by": None, "handled_at": None}
    ProviderEvent.objects.filter(pk=event_id).update(state=ProviderEvent.State.PARKED, **none)


def _check_waits(refund: Refund) -> None:
    if refund.state == State.WAITING:
        return
    if refund.decided_by is None:
        raise PaymentRefusal("This refund does not wait for a second person.", code="out_of_order")
    done = "refused" if refund.state == State.REFUSED else "approved"
    sentence = (
        f"{refund.decided_by.name} {done} this refund while you had it open. Nothing was changed by you."
    )
    raise PaymentRefusal(sentence, code="decided")


def _decide(
    refund: Refund, state: Refund.State, verb: str, *, by: Trainer, at: datetime, reason: str
) -> Refund:
    refund.state, refund.decided_by, refund.decided_at = state, by, at
    refund.save(update_fields=["state", "decided_by", "decided_at", "ended_at"])
    _record(refund, verb, by=by, at=at, change=(State.WAITING, state), reason=reason)
    return refund


def _record(
    refund: Refund,
    verb: str,
    *,
    by: Trainer,
    at: datetime,
    change: tuple[str, str],
    reason: str,
    detail: dict[str, object] | None = None,
) -> None:
    trainer = refund.charge.trainer if refund.charge else None
    history.record(refund, verb, trainer=trainer, by=by, at=at, change=change, reason=reason, detail=detail)


def _locked(charge_id: int) -> Charge:
    """The charge under lock, as everywhere first."""
    return Charge.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=charge_id)
