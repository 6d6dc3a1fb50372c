"""Provider messages in any order and any number give one result."""

from itertools import permutations

import pytest
from django.db import transaction

from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import kind_of
from payments import gateway
from payments.models import Charge, ProviderEvent
from payments.services import payment_state, receive_event, record_facts
from tests.payments.scenes import NOON, balance, event, page_object, paid, visit

pytestmark = pytest.mark.django_db

UNPAID = {"payment_status": "unpaid"}


def stories(session):
    """The series of messages that a provider may send about one visit; each series has one end."""
    says = {
        "done": paid(session, name="evt_1", at=NOON),
        "waits": paid(session, name="evt_2", **UNPAID),
        "yes": event("checkout.session.async_payment_succeeded", page_object(session), name="evt_3", at=NOON),
        "no": event("checkout.session.async_payment_failed", page_object(session, **UNPAID), name="evt_4"),
        "over": event(
            "checkout.session.expired", page_object(session, status="expired", **UNPAID), name="evt_5"
        ),
        "refused": event("payment_intent.payment_failed", payment_object(session), name="evt_6"),
    }
    ends = {
        ("done",): ("paid", "complete"),
        ("waits", "yes"): ("paid", "complete"),
        ("waits", "no", "refused"): ("declined", "declined"),
        ("refused", "done"): ("paid", "complete"),
        ("refused", "over"): ("declined", "expired"),
        ("over",): ("abandoned", "expired"),
        ("done", "yes"): ("paid", "complete"),
        # What should not happen together: money wins.
        ("no", "yes"): ("paid", "complete"),
        ("over", "done"): ("paid", "complete"),
        ("done", "no", "over"): ("paid", "complete"),
    }
    return [([says[word] for word in words], end) for words, end in ends.items()]


def payment_object(session):
    return {
        "id": f"pi_{session.pk}",
        "object": "payment_intent",
        "amount": session.charge.amount_cents,
        "currency": "usd",
        "livemode": False,
        "metadata": {"charge": str(session.charge_id), "reference": session.idempotency_key},
    }


@pytest.mark.parametrize("place", range(10))
@pytest.mark.parametrize("before", ["open", "opening"])
def test_webhook_messages_in_any_order_and_repetition_give_the_same_result(charge, place, before):
    known = {"open": {}, "opening": {"state": "opening", "provider_id": None, "url": ""}}[before]
    session = visit(charge, **known)
    session.provider_id = f"cs_test_{charge.pk}"
    messages, end = stories(session)[place]
    ends = set()
    for order in permutations(range(2 * len(messages))) if len(messages) < 3 else some_orders():
        beginning = transaction.savepoint()
        for number in order:
            receive_event(messages[number % len(messages)], at=NOON)
        ends.add(snapshot(charge))
        transaction.savepoint_rollback(beginning)
    assert len(ends) == 1
    ((state, session_state, *rest),) = ends
    assert (state, session_state) == end
    assert rest[0] == (0 if state == "paid" else 12900)


def some_orders():
    """Every order of three messages, and the second copies of all before, between or after them."""
    for first in permutations(range(3)):
        for cut in range(4):
            yield first[:cut] + (5, 4, 3) + first[cut:]


def snapshot(charge):
    row = Charge.objects.get(pk=charge.pk)
    session = row.sessions.get()
    notices = [n.kind for n in Notice.objects.order_by("kind") if n.pk in kind_of(n.kind).still_due([n])]
    ledger = row.ledger.values_list("kind", "amount_cents", "provider_ref").order_by("kind")
    settled = HistoryEntry.objects.filter(verb="settled").count()
    assert set(ProviderEvent.objects.values_list("state", flat=True)) == {"processed"}
    return (
        payment_state(row),
        session.state,
        balance(row),
        row.paid_at,
        session.refused_at,
        tuple(ledger),
        tuple(notices),
        settled,
    )


def test_a_provider_answer_older_than_the_payment_changes_nothing(charge, provider):
    session = visit(charge, state="opening", provider_id=None, url="")
    facts = gateway.ask_for_page(session)
    provider.books.pay(facts.provider_id)
    provider.deliver_due()
    assert record_facts(facts, at=NOON).state == "complete"
    assert Charge.objects.get().state == "paid"
