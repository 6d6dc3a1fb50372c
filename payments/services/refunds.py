"""Refunds: the row first, the provider by a task, the ledger once the provider has accepted."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.text import Truncator

from core.faults import faultpoint
from core.history import record_history
from core.transitions import move
from payments import gateway
from payments.errors import ForStaff, ProviderDown, ProviderRefused
from payments.facts import RefundFacts
from payments.matching import expected_charge, money_of
from payments.models import Charge, LedgerEntry, Refund
from payments.notice_codes import RETURNED
from payments.services.charges import queue_payer_notice, write_ledger

BY_HAND = "by bank transfer or check"  # as payers read it


def refund_payment(payment: LedgerEntry, *, cause: Refund.Cause, at: datetime) -> Refund:
    """Request a refund of a payment that was not due. The caller has locked the charge."""
    refund = Refund.objects.create(
        charge=payment.charge,
        payment=payment,
        amount_cents=-payment.amount_cents,
        cause=cause,
        idempotency_key=f"refund-{secrets.token_hex(16)}",
        requested_at=at,
    )
    change = ("", refund.state)
    record_history(
        refund, "requested", trainer=payment.trainer, by=None, at=at, change=change, reason=cause.label
    )
    return refund


def send_refund(refund: Refund, *, at: datetime) -> Refund:
    """Request the refund from the provider. Idempotent. Must not run inside a transaction.

    Raises ProviderDown; the provider's rejection ends the refund as failed, for staff.
    """
    refund = _begin_attempt(refund)
    if refund.state != Refund.State.REQUESTED:
        return refund
    faultpoint("refund.counted")
    try:
        facts = gateway.return_payment(refund)
    except (ForStaff, ProviderRefused) as error:
        return _end(refund, Refund.State.FAILED, at=at, error=str(error))
    except ProviderDown as error:
        Refund.objects.filter(pk=refund.pk).update(last_error=Truncator(str(error)).chars(300))
        raise
    faultpoint("refund.answered")
    return record_refund(facts, at=at)


def record_refund(facts: RefundFacts, *, at: datetime) -> Refund:
    """Record the provider's report on a refund. Raises ForStaff when it contradicts our row."""
    refund = Refund.objects.filter(idempotency_key=facts.reference).select_related("charge").first()
    if refund is None:
        raise ForStaff(f"The refund {facts.provider_id} was not asked for here.")
    if (facts.amount_cents, facts.currency) != (refund.amount_cents, refund.currency):
        raise ForStaff(f"The refund {facts.provider_id} is of {facts.amount_cents} {facts.currency}.")
    if facts.accepted:
        return _end(refund, Refund.State.RETURNED, at=at, provider_id=facts.provider_id)
    if refund.state == Refund.State.RETURNED:
        raise ForStaff(f"The refund {facts.provider_id} failed later: return the money another way.")
    return _end(refund, Refund.State.FAILED, at=at, provider_id=facts.provider_id, error="The bank said no.")


@transaction.atomic
def _end(
    refund: Refund, state: Refund.State, *, at: datetime, provider_id: str | None = None, error: str = ""
) -> Refund:
    charge = _charge_of(refund)
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    refund.charge = charge
    if refund.state != Refund.State.REQUESTED:
        return refund
    refund.provider_id, refund.last_error = provider_id, Truncator(error).chars(300)
    trainer = charge.trainer if charge else None
    move(refund, state, state, trainer=trainer, by=None, at=at, reason=error[:2000])
    if state == Refund.State.RETURNED:
        book_return(refund, at=at)
    return refund


def _charge_of(refund: Refund) -> Charge | None:
    """Return the refund's charge under lock; None for money that was never credited."""
    if refund.charge_id is None:
        return None
    return Charge.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=refund.charge_id)


def book_return(refund: Refund, *, at: datetime) -> None:
    """Write a refund to the ledger and queue the mail to the payer. The caller has locked the charge.

    A refunded part of a paid fee is waived, so it is not owed again. Money that was never credited
    has no ledger row; the mail goes to the trainer of the charge that it was most likely for.
    """
    charge = refund.charge
    if charge is None:
        likely = expected_charge(money_of(refund.event)) if refund.event else None
        if likely:
            _queue_returned(refund, likely, at=at)
        return
    reason = refund.get_cause_display()
    how = f"{reason}, {BY_HAND}" if refund.hand_reference else reason
    write_ledger(
        charge,
        LedgerEntry.Kind.REFUND,
        refund.amount_cents,
        by=refund.by,
        at=at,
        provider_ref=refund.provider_id,
        hand_reference=refund.hand_reference,
        reason=how,
    )
    owed = sum(charge.ledger.values_list("amount_cents", flat=True))
    if charge.state == Charge.State.PAID and owed > 0:
        write_ledger(charge, LedgerEntry.Kind.WAIVER, -owed, by=refund.by, at=at, reason=reason)
    _queue_returned(refund, charge, at=at)


def _queue_returned(refund: Refund, charge: Charge, *, at: datetime) -> None:
    """Queue the notice that money is returned, by the provider or by hand, with its cause."""
    payload = {"cents": refund.amount_cents, "currency": refund.currency, "cause": refund.cause}
    payload["hand_reference"] = refund.hand_reference
    queue_payer_notice(RETURNED, charge, event=f"refund:{refund.pk}", at=at, payload=payload)


@transaction.atomic(durable=True)
def _begin_attempt(refund: Refund) -> Refund:
    """Count the attempt before it is made, so that a retry after a crash searches for the refund
    first.
    """
    refund = Refund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund.pk)
    if refund.state == Refund.State.REQUESTED:
        refund.attempts += 1
        refund.save(update_fields=["attempts"])
    return refund
