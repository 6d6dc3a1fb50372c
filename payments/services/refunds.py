"""Money that goes back: the row first, the provider by the task, the ledger when the provider has
said yes.
"""

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
from payments.services import payer_notices
from payments.services.charges import write_ledger

BY_HAND = "by bank transfer or check"  # as payers read it


def return_payment(payment: LedgerEntry, *, cause: Refund.Cause, at: datetime) -> Refund:
    """Decide that a payment goes back because it was not due. Inside the caller's transaction,
    charge locked.
    """
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
    """Ask the provider to give it back, once however often this is called. Never inside a transaction.

    Raises ProviderDown; a refusal of the provider ends the refund as failed, for staff.
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
    """Bring our row to what the provider says of this refund. Raises ForStaff when it is not as we
    asked.
    """
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
    """Return the refund's charge with its row locked; None for money that was never credited."""
    if refund.charge_id is None:
        return None
    return Charge.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=refund.charge_id)


def book_return(refund: Refund, *, at: datetime) -> None:
    """Into the ledger, its charge locked, and a mail to the payer. What went back of a fee that was
    paid is not owed again.

    Money that was never credited stands in no ledger; whoever most likely paid it gets the mail.
    """
    charge = refund.charge
    if charge is None:
        likely = expected_charge(money_of(refund.event)) if refund.event else None
        if likely:
            payer_notices.queue_returned(refund, likely, at=at)
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
    payer_notices.queue_returned(refund, charge, at=at)


@transaction.atomic(durable=True)
def _begin_attempt(refund: Refund) -> Refund:
    """Count the attempt before it is made, so that after a crash the next one knows to look first."""
    refund = Refund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund.pk)
    if refund.state == Refund.State.REQUESTED:
        refund.attempts += 1
        refund.save(update_fields=["attempts"])
    return refund
