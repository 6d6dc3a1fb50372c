"""Posting to the webhook as the provider, or as somebody else, would; and all that a message could change."""

from django.test import Client

from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, CheckoutSession, LedgerEntry, Refund
from tests.payments.conftest import SECRET
from tests.payments.money import NOON, as_bytes, signature

TRUE = b'{"id": "evt_x", "type": "y", "created": 1, "livemode": false, "data": {"object": {}}}'


def post(body: bytes, header: str | None = "", **options):
    headers = {} if header is None else {"Stripe-Signature": header}
    return Client(enforce_csrf_checks=True).post(
        "/payments/webhook/", body, content_type="application/json", headers=headers, **options
    )


def send(message, secret=SECRET, at=NOON):
    body = message if isinstance(message, bytes) else as_bytes(message)
    return post(body, signature(body, secret, at))


def everything():
    """All that a message could change, except the row of the message itself."""
    tables = (Charge, CheckoutSession, LedgerEntry, Refund, HistoryEntry, Notice)
    return [list(table.objects.order_by("pk").values()) for table in tables]
