"""What can happen to paid money at the stand-in: disputes, refunds on the provider's own site,
warnings of fraud (Q31).
"""

import secrets
from datetime import timedelta

from core import clock
from demo.standin.balance import note_movement
from demo.standin.payouts import restore_of_dispute, take_for_dispute
from demo.standin.provider import Provider, Refused
from demo.standin.store import StoredObject

TIME_TO_ANSWER = timedelta(days=9)


def dispute_payment(provider: Provider, payment_name: str) -> StoredObject:
    """Dispute a payment as the payer's bank: it takes the money, and asks for an answer within nine
    days.
    """
    with provider.store.change():
        payment = provider.payment(payment_name)
        now = clock.now()
        dispute = {
            "id": f"dp_{secrets.token_hex(12)}",
            "object": "dispute",
            "amount": payment["amount"],
            "charge": payment["latest_charge"],
            "created": int(now.timestamp()),
            "currency": payment["currency"],
            "evidence_details": {"due_by": int((now + TIME_TO_ANSWER).timestamp())},
            "livemode": False,
            "metadata": {},
            "payment_intent": payment["id"],
            "reason": "fraudulent",
            "status": "needs_response",
        }
        provider.store.put("dispute", dispute)
        take_for_dispute(provider, dispute)
        provider.queue_event("charge.dispute.created", dispute)
        provider.queue_event("charge.dispute.funds_withdrawn", dispute)
        return dispute


def find_dispute(provider: Provider, name: str) -> StoredObject:
    dispute = provider.store.get("dispute", name)
    if dispute is None:
        raise Refused(f"No such dispute: {name}", code="resource_missing", status=404)
    return dispute


def answer_dispute(provider: Provider, name: str) -> StoredObject:
    """Send the body's answer to a dispute, so that the bank has to decide next."""
    return _follow(provider, name, "under_review", "charge.dispute.updated")


def close_dispute(provider: Provider, name: str, *, won: bool) -> StoredObject:
    """Close a dispute as the bank: `won` means that the body gets the money back."""
    with provider.store.change():
        dispute = _follow(provider, name, "won" if won else "lost", "charge.dispute.closed")
        if won:
            restore_of_dispute(provider, dispute)
            provider.queue_event("charge.dispute.funds_reinstated", dispute)
        return dispute


def refund_on_site(provider: Provider, payment_name: str) -> StoredObject:
    """Refund what is left of a payment, as somebody does on the provider's own site."""
    with provider.store.change():
        refund = provider.refund({"payment_intent": payment_name})
        payment = provider.payment(payment_name)
        charge = {
            "id": payment["latest_charge"],
            "object": "charge",
            "amount": payment["amount"],
            "amount_refunded": payment["amount"],
            "currency": payment["currency"],
            "livemode": False,
            "payment_intent": payment["id"],
        }
        provider.queue_event("charge.refunded", charge)
        return refund


def take_on_site(provider: Provider, cents: int, currency: str) -> StoredObject:
    """Take a payment that the portal did not ask for, as somebody does on the provider's own site."""
    page: StoredObject = {
        "payment_intent": None,
        "amount_total": cents,
        "currency": currency,
        "x_payment_metadata": {},
    }
    with provider.store.change():
        return provider.make_payment(page, "succeeded")


def fail_refund(provider: Provider, name: str) -> StoredObject:
    """Fail a refund that was accepted, as a bank does days later."""
    with provider.store.change():
        refund = provider.store.get("refund", name)
        if refund is None:
            raise Refused(f"No such refund: {name}", code="resource_missing", status=404)
        refund["status"] = "failed"
        provider.store.put("refund", refund)
        note_movement(provider.store, "refund_failure", refund["amount"], refund)
        provider.queue_event("refund.failed", {**refund, "livemode": False})
        return refund


def warn_of_fraud(provider: Provider, payment_name: str) -> StoredObject:
    with provider.store.change():
        payment = provider.payment(payment_name)
        warning = {
            "id": f"issfr_{secrets.token_hex(12)}",
            "object": "radar.early_fraud_warning",
            "actionable": True,
            "charge": payment["latest_charge"],
            "created": int(clock.now().timestamp()),
            "fraud_type": "made_with_stolen_card",
            "livemode": False,
            "payment_intent": payment["id"],
        }
        provider.queue_event("radar.early_fraud_warning.created", warning)
        return warning


def _follow(provider: Provider, name: str, status: str, kind: str) -> StoredObject:
    with provider.store.change():
        dispute = find_dispute(provider, name)
        dispute["status"] = status
        provider.store.put("dispute", dispute)
        provider.queue_event(kind, dispute)
        return dispute
