"""Refunds: the row is written first, a task asks the provider, and the ledger follows once the
provider has accepted.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.text import Truncator

from core.faults import faultpoint
from core.history import record_history
from core.transitions import move
from payments import gateway
from payments.errors import NOT_IN_OUR_BOOKS, ForStaff, ProviderDown, ProviderRefused
from payments.facts import RefundFacts
from payments.matching import expected_charge, money_of
from payments.models import Charge, LedgerEntry, Refund
from payments.notice_codes import RETURN_FAILED, RETURNED
from payments.services.books import announce_moved, even_out
from payments.services.charges import lock_charge, queue_payer_notice, write_ledger
from payments.services.refund_checks import overpaid_cents, still_kept

BY_HAND = "by bank transfer or check"  # the words of the mail to the payer
FAILED_LATER = "The bank did not take the refund"


def refund_payment(
    payment: LedgerEntry, *, cause: Refund.Cause, at: datetime, cents: int | None = None
) -> Refund:
    """Request a refund of a payment that was not due, or of `cents` of it. The caller has locked
    the charge.
    """
    refund = Refund.objects.create(
        charge=payment.charge,
        payment=payment,
        amount_cents=-payment.amount_cents if cents is None else cents,
        cause=cause,
        idempotency_key=f"refund-{secrets.token_hex(16)}",
        requested_at=at,
    )
    change = ("", refund.state)
    record_history(
        refund, "requested", trainer=payment.trainer, by=None, at=at, change=change, reason=cause.label
    )
    return refund


def return_overpaid(charge: Charge, *, at: datetime) -> list[Refund]:
    """Request refunds of what is kept of a locked charge beyond what is due after a waiver (Q35).
    Idempotent: money that is being refunded is not counted again.
    """
    left, made = overpaid_cents(charge), []
    payments = charge.ledger.filter(kind=LedgerEntry.Kind.PAYMENT).order_by("pk") if left else []
    for payment in payments:
        failed = sum(payment.refunds.unanswered().values_list("amount_cents", flat=True))
        cents = min(still_kept(payment) - failed, left)
        if cents > 0:
            made.append(refund_payment(payment, cause=Refund.Cause.WAIVED, at=at, cents=cents))
            left -= cents
    return made


def send_refund(refund: Refund, *, at: datetime) -> Refund:
    """Request the refund from the provider. Idempotent. Must not run inside a transaction.

    Raises ProviderDown. When the provider rejects the request, the refund fails, and staff see it.
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


@transaction.atomic
def record_refund(facts: RefundFacts, *, at: datetime) -> Refund:
    """Record the provider's report on a refund; reports may arrive in any order. Raises ForStaff
    when it contradicts our rows.

    A refund that we did not request was made on the provider's own site: it is written to the
    ledger once, on the day it was made (Q31). When a refund fails after it was written to the
    ledger, a counter-entry removes it.
    """
    refund = _known(facts) or _record_made_elsewhere(facts, at=at)
    if (facts.amount_cents, facts.currency) != (refund.amount_cents, refund.currency):
        raise ForStaff(f"The refund {facts.provider_id} is of {facts.amount_cents} {facts.currency}.")
    if refund.state == Refund.State.REQUESTED:
        refund = _end(refund, Refund.State.RETURNED, at=at, provider_id=facts.provider_id)
    if not facts.accepted and refund.state == Refund.State.RETURNED:
        refund = _take_out(refund, at=facts.happened_at or at, now=at)
    return refund


def _known(facts: RefundFacts) -> Refund | None:
    rows = Refund.objects.select_related("charge")
    ours = rows.filter(idempotency_key=facts.reference).first() if facts.reference else None
    return ours or rows.filter(provider_id=facts.provider_id).first()


def _record_made_elsewhere(facts: RefundFacts, *, at: datetime) -> Refund:
    """Return the row of a refund that somebody made on the provider's own site. A new one is
    written to the ledger.
    """
    entry = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PAYMENT, provider_ref=facts.payment_ref).first()
    if facts.reference or not facts.payment_ref:
        raise ForStaff(f"The refund {facts.provider_id} was not asked for here.")
    if entry is None:
        raise ForStaff(
            f"The refund {facts.provider_id} is of the payment {facts.payment_ref}, {NOT_IN_OUR_BOOKS}"
        )
    charge = lock_charge(entry.charge_id)
    known = _known(facts)
    if known is not None:
        return known
    if facts.currency != charge.currency or facts.amount_cents <= 0:
        raise ForStaff(f"The refund {facts.provider_id} is of {facts.amount_cents} {facts.currency}.")
    made_at = facts.made_at or facts.happened_at or at
    refund = Refund.objects.create(
        charge=charge,
        payment=entry,
        amount_cents=facts.amount_cents,
        cause=Refund.Cause.PROVIDER,
        idempotency_key=f"refund-{secrets.token_hex(16)}",
        provider_id=facts.provider_id,
        state=Refund.State.RETURNED,
        requested_at=made_at,
        ended_at=made_at,
    )
    record_history(refund, "found", trainer=charge.trainer, by=None, at=at, change=("", refund.state))
    book_return(refund, at=made_at)
    return refund


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


def _take_out(refund: Refund, *, at: datetime, now: datetime) -> Refund:
    """Cancel in the ledger a refund that failed at `at`, and mail the payer that its money will not
    arrive.
    """
    charge = _charge_of(refund)
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    refund.charge = charge
    if refund.state != Refund.State.RETURNED:
        return refund
    refund.last_error = FAILED_LATER
    trainer = charge.trainer if charge else None
    move(refund, Refund.State.FAILED, "failed", trainer=trainer, by=None, at=now, reason=FAILED_LATER)
    if charge:
        ref, cents = f"{refund.provider_id}:failed", -refund.amount_cents
        write_ledger(
            charge, LedgerEntry.Kind.UNDONE, cents, by=None, at=at, provider_ref=ref, reason=FAILED_LATER
        )
        even_out(charge, by=None, at=at, reason=FAILED_LATER)
        announce_moved(charge)
    told = charge or _likely_charge(refund)
    if told:
        _queue_about(RETURN_FAILED, refund, told, at=now)
    return refund


def _charge_of(refund: Refund) -> Charge | None:
    """Return the refund's charge under lock; None for money that was never credited."""
    return lock_charge(refund.charge_id) if refund.charge_id else None


def book_return(refund: Refund, *, at: datetime) -> None:
    """Write a refund to the ledger and queue the mail to the payer. The caller has locked the
    charge.

    The refunded part of a paid fee is waived, so that it is not owed again. Money that was never
    credited has no row in the ledger; its mail goes to the trainer for whose charge it was most
    likely paid.
    """
    charge = refund.charge
    if charge is None:
        likely = _likely_charge(refund)
        if likely:
            _queue_about(RETURNED, refund, likely, at=at)
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
    even_out(charge, by=refund.by, at=at, reason=reason)
    announce_moved(charge)
    _queue_about(RETURNED, refund, charge, at=at)


def _likely_charge(refund: Refund) -> Charge | None:
    """Return the charge for which money that was never credited was most likely paid."""
    return expected_charge(money_of(refund.event)) if refund.event else None


def _queue_about(kind: str, refund: Refund, charge: Charge, *, at: datetime) -> None:
    """Queue the mail that money is returned, by the provider or by hand, and why; or the mail that
    the return failed.
    """
    payload = {"cents": refund.amount_cents, "currency": refund.currency, "cause": refund.cause}
    payload["hand_reference"] = refund.hand_reference
    queue_payer_notice(kind, charge, event=f"refund:{refund.pk}", at=at, payload=payload)


@transaction.atomic(durable=True)
def _begin_attempt(refund: Refund) -> Refund:
    """Count the attempt before it is made, so that a retry after a crash first looks for the refund
    at the provider.
    """
    refund = Refund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund.pk)
    if refund.state == Refund.State.REQUESTED:
        refund.attempts += 1
        refund.save(update_fields=["attempts"])
    return refund
