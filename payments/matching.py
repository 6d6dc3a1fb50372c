"""Comparison of a parked message with our charges. The service that credits the money uses it, and
the page on which staff match the message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from payments import gateway
from payments.facts import Money
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from rules.units import format_cents


@dataclass(frozen=True, slots=True)
class Comparison:
    """One compared value, in words. `fits` is None when nothing can be compared with it."""

    name: str
    came: str
    ours: str
    fits: bool | None


def money_of(event: ProviderEvent) -> Money:
    """Return the money that a stored message, or the stored answer to our own request, is about."""
    return _answered(event.payload) if event.type == "answer" else gateway.money_in_event(event.payload)


def expected_charge(money: Money) -> Charge | None:
    """Return the charge that the money was most likely paid for, or None. It is looked for by the
    payment page, then by our reference, then by the charge's number.
    """
    visits = CheckoutSession.objects.select_related("charge__trainer")
    visit = visits.filter(provider_id=money.provider_id).first() if money.provider_id else None
    visit = visit or visits.filter(idempotency_key=money.reference).first()
    if visit:
        return visit.charge
    named = money.charge.isascii() and money.charge.isdigit() and len(money.charge) < 19
    return Charge.objects.filter(pk=int(money.charge)).select_related("trainer").first() if named else None


def credited_entry(money: Money) -> LedgerEntry | None:
    """Return the ledger entry of this payment; None when the payment is not credited."""
    return LedgerEntry.objects.filter(provider_ref=money.payment_ref or None).first()


def is_going_back(payment_ref: str) -> bool:
    """Return whether staff are returning this payment, or have returned it, because it fits no
    charge.
    """
    sent = Refund.objects.filter(event__isnull=False, payment_ref=payment_ref)
    return sent.exclude(state__in=Refund.NEVER_LEFT).exists()


def money_differences(money: Money, charge: Charge) -> list[Comparison]:
    """Return those of amount, currency and mode that differ from the charge. Money with such a
    difference is never credited (invariant 5).
    """
    return [point for point in matching_points(money, charge)[:3] if not point.fits]


def matching_points(money: Money, charge: Charge | None) -> list[Comparison]:
    """Return all compared values: amount, currency and mode first, then the references that name
    the charge.
    """
    cents = "" if money.amount_cents is None else format_cents(money.amount_cents)
    ours = charge and [
        (format_cents(charge.due_cents), _fits(money.amount_cents, charge)),
        (charge.currency, money.currency == charge.currency),
        (_mode(charge.live), money.live is charge.live),
        (str(charge.pk), money.charge == str(charge.pk)),
    ]
    came = [
        ("Amount", cents),
        ("Currency", money.currency),
        ("Mode", _mode(money.live)),
        ("Charge", money.charge),
    ]
    found = [
        Comparison(name, said or "not said", *(ours[place] if ours else ("", None)))
        for place, (name, said) in enumerate(came)
    ]
    return [*found, Comparison("Payment", money.payment_ref or "not said", "", None)]


def _fits(cents: int | None, charge: Charge) -> bool:
    """Return whether an amount is what is due now, or what a payment page of the charge asked for
    before a part of it was waived (Q35).
    """
    if cents is None or cents == charge.due_cents:
        return cents is not None
    return charge.waived_cents > 0 and charge.sessions.filter(amount_cents=cents).exists()


def _answered(payload: Mapping[str, Any]) -> Money:
    """Return the money that an answer to our own request, stored by `park_answer`, is about."""
    said = payload.get("said") or {}
    return Money(
        arrived=said.get("outcome") == "paid",
        payment_ref=said.get("payment", ""),
        amount_cents=said.get("cents"),
        currency=said.get("currency", ""),
        live=said.get("live"),
        happened_at=datetime.fromisoformat(said["at"]) if "at" in said else None,
        provider_id=payload.get("session") or "",
        reference=said.get("reference", ""),
        charge=said.get("charge") or str(payload.get("charge", "")),
    )


def _mode(live: bool | None) -> str:
    return {None: "", True: "real money", False: "practice money"}[live]
