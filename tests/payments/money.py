"""Charges, and messages of the provider written by hand, for tests."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

from django.db import transaction

from core.history import record_history
from payments.models import CheckoutSession, LedgerEntry
from payments.services import raise_charge

NOON = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)  # 12:00 in Phoenix
LINES = [
    {"code": "renewal", "label": "Renewal fee", "amount_cents": 9900},
    {"code": "late", "label": "Late fee", "amount_cents": 3000},
]


def charge_for(trainer, subject="tests.thing:1", **changes):
    """$129.00 for `trainer`, raised at noon on March 2, 2027."""
    fields = {
        "subject": subject,
        "kind": "renewal",
        "description": "Renewal of certification 1193 4482",
        "lines": LINES,
        "currency": "USD",
        "by": trainer,
        "at": NOON,
        **changes,
    }
    return raise_charge(trainer=trainer, **fields)


def balance(charge) -> int:
    return sum(entry.amount_cents for entry in LedgerEntry.objects.filter(charge=charge))


def visit(charge, **changes) -> CheckoutSession:
    """An open visit to the payment page, as if the provider had answered."""
    fields = {
        "idempotency_key": f"checkout-of-{charge.pk}",
        "provider_id": f"cs_test_{charge.pk}",
        "url": "http://127.0.0.1:9/pay/cs_test",
        "return_url": "http://testserver/return/",
        "cancel_url": "http://testserver/cancel/",
        "state": "open",
        "opened_at": NOON,
        "expires_at": NOON.replace(day=3),
        **changes,
    }
    session = CheckoutSession.objects.create(charge=charge, **fields)
    for change in [("", "opening"), *([("opening", session.state)] if session.state != "opening" else [])]:
        with transaction.atomic():
            record_history(session, change[1], trainer=charge.trainer, by=None, at=NOON, change=change)
    return session


def page_object(session: CheckoutSession, **changes) -> dict:
    """The provider's checkout session for this visit, paid."""
    return {
        "id": session.provider_id,
        "object": "checkout.session",
        "amount_total": session.charge.amount_cents,
        "client_reference_id": session.idempotency_key,
        "created": int(NOON.timestamp()),
        "currency": "usd",
        "livemode": False,
        "metadata": {"charge": str(session.charge_id), "reference": session.idempotency_key},
        "payment_intent": f"pi_{session.pk}",
        "payment_status": "paid",
        "status": "complete",
        "url": None,
        **changes,
    }


def event(kind: str, thing: dict, *, name: str = "evt_1", at: datetime = NOON, **changes) -> dict:
    return {
        "id": name,
        "object": "event",
        "created": int(at.timestamp()),
        "data": {"object": thing},
        "livemode": False,
        "type": kind,
        **changes,
    }


def paid(session: CheckoutSession, *, name: str = "evt_paid", at: datetime = NOON, **changes) -> dict:
    return event("checkout.session.completed", page_object(session, **changes), name=name, at=at)


def signature(body: bytes, secret: str, at: datetime = NOON) -> str:
    moment = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def as_bytes(message: dict) -> bytes:
    return json.dumps(message).encode()
