"""Charges, a payer, the provider's messages written by hand, and refunds made by hand."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from core import mail
from core.errors import Refusal
from core.history import record_history
from core.models import HistoryEntry
from demo.standin.provider import Provider
from demo.standin.server import StandIn
from outbox.models import Notice
from outbox.notices import kind_of
from payments.errors import ProviderRefused
from payments.models import Charge, CheckoutSession, LedgerEntry, Refund
from payments.services import (
    open_checkout,
    raise_charge,
    receive_event,
    request_refund,
    return_by_hand,
    void_charge,
)
from payments.tasks import reconcile_payments

KEY, SECRET = "sk_test_of_the_tests", "whsec_of_the_tests"
NOON = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)  # 12:00 in Phoenix
TRANSFER = "Transfer 2027-0302/17"
TRUE = b'{"id": "evt_x", "type": "y", "created": 1, "livemode": false, "data": {"object": {}}}'
LINES = [
    {"code": "renewal", "label": "Renewal fee", "amount_cents": 9900},
    {"code": "late", "label": "Late fee", "amount_cents": 3000},
]


def charge_for(trainer, subject="tests.thing:1", **changes):
    """Return a charge of $129.00 for `trainer`, raised at noon on March 2, 2027."""
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
        "amount_cents": charge.due_cents,
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
        "amount_total": session.amount_cents,
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


def post(body: bytes, header: str | None = "", **options):
    headers = {} if header is None else {"Stripe-Signature": header}
    return Client(enforce_csrf_checks=True).post(
        "/payments/webhook/", body, content_type="application/json", headers=headers, **options
    )


def send(message, secret=SECRET, at=NOON):
    body = message if isinstance(message, bytes) else as_bytes(message)
    return post(body, signature(body, secret, at))


def everything():
    """Return everything that processing a message could change, except the row of the message itself."""
    tables = (Charge, CheckoutSession, LedgerEntry, Refund, HistoryEntry, Notice)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def refused_by_the_provider(monkeypatch) -> Refund:
    """Run the sweep that requests the only refund, and let the provider refuse it."""

    def no(refund):
        raise ProviderRefused("400: The card is closed.")

    with monkeypatch.context() as during:
        during.setattr("payments.gateway.return_payment", no)
        reconcile_payments()
    return Refund.objects.get(state="failed")


def record(payment, by, cents=3000, **changes):
    said = {"cause": "our_error", "reason": "The card is closed.", "hand_reference": TRANSFER, **changes}
    return request_refund(payment, amount_cents=cents, by=by, at=NOON, **said)


def make_good(failed, by, **changes):
    said = {"hand_reference": TRANSFER, "reason": "The card is closed.", **changes}
    return return_by_hand(failed, by=by, at=NOON, **said)


def refusal(code, act, *args, **options) -> str:
    before = list(Refund.objects.values())
    with pytest.raises(Refusal) as found:
        act(*args, **options)
    assert found.value.code == code
    assert list(Refund.objects.values()) == before
    return str(found.value)


def sent_by_the_provider(provider) -> list[int]:
    reconcile_payments()
    return [row["amount"] for row in provider.books.store.every("refund")]


def take_payment(books: Provider, cents: int) -> str:
    """Take a payment at the provider that our portal does not know; return its id."""
    page = {"payment_intent": None, "amount_total": cents, "currency": "usd", "x_payment_metadata": {}}
    with books.store.change():
        return books.make_payment(page, "succeeded")["id"]


class Payer:
    """A person on the provider's payment page, and the controls of the stand-in."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.books = stand_in.provider
        self.deliver_due = stand_in.deliver_due

    def turn(self, **knobs) -> None:
        self.stand_in.store.turn(knobs)

    def go(self, charge, *, by=None, at: datetime = NOON) -> str:
        """Open the payment page; return the provider's id of it."""
        return page_of(open_page(charge, by=by, at=at))

    def pay(self, charge, *, at: datetime = NOON) -> str:
        page = self.go(charge, at=at)
        self.books.pay(page)
        return page

    def settle(self, charge) -> LedgerEntry:
        """Pay, and let the webhook arrive; return the payment."""
        self.pay(charge)
        self.deliver_due()
        return LedgerEntry.objects.get(kind="payment", charge=charge)

    def pay_void(self, charge) -> None:
        """Pay on a page that was opened before the charge was void."""
        page = self.go(charge)
        void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
        self.books.pay(page)
        self.deliver_due()

    def decline_slowly(self, charge) -> None:
        """Pay through a bank that answers later and then declines."""
        page = self.go(charge)
        self.books.wait_for_bank(page)
        self.books.bank_answers(page, yes=False)
        self.deliver_due()


def open_page(charge, *, by=None, at: datetime = NOON) -> str:
    return open_checkout(
        charge,
        by=by or charge.trainer,
        at=at,
        return_url="http://testserver/renew/pay/return/",
        cancel_url="http://testserver/renew/check/",
    )


def page_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/pay/")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def kept_payment(charge) -> LedgerEntry:
    receive_event(paid(visit(charge)), at=NOON)
    return LedgerEntry.objects.get(kind="payment")


def pay_twice(charge) -> LedgerEntry:
    """Pay on two pages of one charge; return the second payment, which is being returned."""
    receive_event(paid(visit(charge), name="evt_1"), at=NOON)
    second = visit(charge, idempotency_key="checkout-2", provider_id="cs_2")
    receive_event(paid(second, name="evt_2", payment_intent="pi_second"), at=NOON)
    return LedgerEntry.objects.get(provider_ref="pi_second")


def mail_of(notice: Notice) -> mail.Mail:
    kind = kind_of(notice.kind)
    return mail.render_mail(kind.template, kind.contexts([notice])[notice.pk])
