"""Payouts of the stand-in, days after money moved, and payouts written by hand."""

from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from core.history import record_history
from demo.standin import payouts
from payments.models import Difference, Payout, PayoutLine
from payments.tasks import follow_payouts
from tests.payments.scenes import NOON, Payer, event

LATER = NOON + timedelta(days=3)


def pay_out(provider: Payer, at: datetime = LATER, *, read: bool = True) -> Payout:
    """Let the provider pay out what has settled by `at` and send its webhook; then run the sweep
    that reads the payout.
    """
    with clock.moved_to(at):
        made = payouts.pay_out(provider.books)
        assert made is not None
        provider.deliver_due()
        if read:
            follow_payouts()
    return Payout.objects.get(provider_id=made["id"])


def lines_of(payout: Payout) -> list[tuple[str, int, int]]:
    """Return (kind, amount, fee) of each line."""
    return list(payout.lines.order_by("pk").values_list("kind", "amount_cents", "fee_cents"))


def differences() -> list[tuple[str, str]]:
    return list(Difference.objects.order_by("pk").values_list("what", "state"))


def payout_event(kind: str, *, name: str = "po_1", day: int = 0, **changes) -> dict:
    """Return the provider's message about a payout of $120.00."""
    at = NOON + timedelta(days=day)
    thing = {
        "id": name,
        "object": "payout",
        "amount": 12000,
        "arrival_date": 1804118400,  # March 4, 2027, midnight in UTC
        "automatic": True,
        "created": int(NOON.timestamp()),
        "currency": "usd",
        "livemode": False,
        "reconciliation_status": "in_progress",
        "status": "in_transit",
        **changes,
    }
    return event(f"payout.{kind}", thing, name=f"evt_{name}_{kind}_{day}", at=at)


def a_payout(**changes) -> Payout:
    made = {
        "provider_id": "po_hand",
        "state": "paid",
        "amount_cents": 12000,
        "currency": "USD",
        "live": False,
        "automatic": True,
        "made_at": NOON,
        "arrives_on": NOON.date(),
        "listed": True,
        **changes,
    }
    payout = Payout.objects.create(**made)
    with transaction.atomic():
        record_history(payout, payout.state, trainer=None, by=None, at=NOON, change=("", payout.state))
    return payout


def a_line(payout: Payout, **changes) -> PayoutLine:
    made = {
        "provider_id": f"txn_{PayoutLine.objects.count()}",
        "kind": "payment",
        "type": "charge",
        "ref": "pi_unknown",
        "amount_cents": 12900,
        "fee_cents": 404,
        "currency": "USD",
        "happened_at": NOON,
        **changes,
    }
    return PayoutLine.objects.create(payout=payout, **made)
