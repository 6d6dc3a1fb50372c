"""The functions that racing or killed processes call on a payment (see `tests/race.py`)."""

from threading import get_native_id

from django.conf import settings
from django.test import Client

from core import clock
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from payments.services import (
    approve_refund,
    ask_provider,
    credit_event,
    receive_event,
    refuse_refund,
    request_refund,
    return_by_hand,
    return_event,
    send_refund,
    void_charge,
    waive_charge,
)
from payments.services.returning import ask_after_return
from payments.tasks import reconcile_payments
from tests.payments import scenes
from tests.payments.scenes import NOON, as_bytes, event, paid, signature
from trainers.models import Trainer


def receive_webhook(charge_id: str) -> str:
    """Process the message that the charge's visit is paid: half of the processes get one message,
    the others another.
    """
    session = Charge.objects.get(pk=charge_id).sessions.get()
    thread = get_native_id()
    return receive_event(paid(session, name=f"evt_{thread if thread % 2 else 0}"), at=NOON).state


def hear_each_visit(charge_id: str) -> str:
    """Process a message for every visit of the charge; each visit was paid by its own payment."""
    for session in Charge.objects.get(pk=charge_id).sessions.order_by("?"):
        receive_event(paid(session, name=f"evt_{session.pk}"), at=NOON)
    return "heard"


def hear_lost_dispute(charge_id: str) -> str:
    """Post the provider's signed message that a dispute about the charge's payment is lost; return
    the answer.
    """
    payment = LedgerEntry.objects.get(charge=charge_id, kind="payment")
    thing = {"id": "dp_1", "amount": 12900, "currency": "usd", "livemode": False, "status": "lost"}
    told = event("charge.dispute.closed", {**thing, "payment_intent": payment.provider_ref}, name="evt_lost")
    return str(_posted(told))


def hear_refund_elsewhere(charge_id: str) -> str:
    """Post the message that the payment was refunded on the provider's site: half of the processes
    post one message, the others another.
    """
    payment = LedgerEntry.objects.get(charge=charge_id, kind="payment")
    kind = "refund.created" if get_native_id() % 2 else "refund.updated"
    thing = {"id": "re_site", "amount": 12900, "currency": "usd", "status": "succeeded", "metadata": {}}
    thing |= {"payment_intent": payment.provider_ref, "created": int(NOON.timestamp())}
    return str(_posted(event(kind, thing, name=f"evt_{kind}")))


def _posted(told: dict) -> int:
    now = clock.now()
    body = as_bytes({**told, "created": int(NOON.timestamp())})
    headers = {"Stripe-Signature": signature(body, settings.STRIPE_WEBHOOK_SECRETS[0], now)}
    answer = Client(SERVER_NAME="127.0.0.1").post(
        "/payments/webhook/", body, content_type="application/json", headers=headers
    )
    return answer.status_code


def open_page(charge_id: str, base: str) -> str:
    settings.STRIPE_API_BASE = base
    charge = Charge.objects.get(pk=charge_id)
    return scenes.open_page(charge)


def pay_or_void(charge_id: str) -> str:
    if get_native_id() % 2:
        return receive_webhook(charge_id)
    return void_charge(Charge.objects.get(pk=charge_id), by=None, at=NOON, reason="Withdrawn.").state


def come_back_or_hear(charge_id: str, base: str, payment: str) -> str:
    """Return from the payment page in half of the processes; process the provider's message in the others."""
    settings.STRIPE_API_BASE = base
    charge = Charge.objects.get(pk=charge_id)
    if get_native_id() % 2:
        return receive_event(paid(charge.sessions.get(), payment_intent=payment), at=NOON).state
    ask_after_return(charge, at=NOON)
    return "back"


def look(base: str) -> str:
    """Ask the provider about the only visit."""
    settings.STRIPE_API_BASE = base
    return ask_provider(CheckoutSession.objects.get(), at=NOON).state


def send_back(base: str) -> str:
    """Send the only refund to the provider."""
    settings.STRIPE_API_BASE = base
    return send_refund(Refund.objects.get(), at=NOON).state


def sweep(base: str) -> str:
    settings.STRIPE_API_BASE = base
    reconcile_payments()
    return "swept"


def give_back(email: str) -> str:
    """Request a refund of $40.00 of the only payment."""
    payment = LedgerEntry.objects.get(kind="payment")
    by = Trainer.objects.get(email=email)
    said = {"cause": "our_error", "reason": "Why."}
    return request_refund(payment, amount_cents=4000, by=by, at=NOON, **said).state


def give_back_or_record(email: str) -> str:
    """Request a refund of $50.00 of the only payment in half of the processes; record a refund by
    check in the others.
    """
    payment = LedgerEntry.objects.get(kind="payment")
    by = Trainer.objects.get(email=email)
    said = {"cause": "our_error", "reason": "Why."}
    check = "Check 4" if get_native_id() % 2 else None
    return request_refund(payment, amount_cents=5000, by=by, at=NOON, hand_reference=check, **said).state


def make_good(*emails: str) -> str:
    """Record that the only failed refund was replaced by a bank transfer; each process records
    another transfer.
    """
    number = get_native_id()
    by = Trainer.objects.get(email=emails[number % len(emails)])
    failed = Refund.objects.get(state="failed")
    return return_by_hand(failed, hand_reference=f"Transfer {number}", reason="Why.", by=by, at=NOON).state


def decide(*emails: str) -> str:
    """Approve the only refund, as a second person, in half of the processes; refuse it in the others."""
    number = get_native_id()
    by = Trainer.objects.get(email=emails[number % len(emails)])
    if number % 2:
        return approve_refund(Refund.objects.get(), by=by, at=NOON).state
    return refuse_refund(Refund.objects.get(), reason="No.", by=by, at=NOON).state


def match(email: str) -> str:
    """Credit the only parked message in half of the processes; return its money in the others."""
    event, by = ProviderEvent.objects.get(), Trainer.objects.get(email=email)
    if get_native_id() % 2:
        return credit_event(event, charge=Charge.objects.get(), by=by, at=NOON).answer
    return return_event(event, reason="Why.", by=by, at=NOON).answer


def hear_of(charge_id: str, payment: str) -> str:
    """Process the same message in every process: that the charge's visit is paid by this payment."""
    session = Charge.objects.get(pk=charge_id).sessions.get()
    return receive_event(paid(session, payment_intent=payment), at=NOON).state


def pay_or_waive(charge_id: str, email: str) -> str:
    """Process the message that the amount before the waiver was paid, in half of the processes;
    waive $100.00 in the others.
    """
    if get_native_id() % 2:
        return receive_webhook(charge_id)
    return waive(charge_id, email)


def waive(charge_id: str, email: str) -> str:
    """Waive $100.00 of the charge's late fee line."""
    by, charge = Trainer.objects.get(email=email), Charge.objects.get(pk=charge_id)
    said = {"code": "late", "by": by, "at": NOON, "reason": "Orders seen."}
    return waive_charge(charge, cents=10000, **said).state
