"""Payments that match no charge: staff credit only an equal amount, return the others, and decide
about each once.
"""

import pytest

from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from payments.services import (
    approve_refund,
    credit_event,
    dismiss_event,
    receive_event,
    refuse_refund,
    request_refund,
    return_event,
)
from payments.tasks import reconcile_payments
from tests.cast import colleague
from tests.guards.changes import refused_by
from tests.payments.scenes import (
    LINES,
    NOON,
    balance,
    charge_for,
    event,
    everything,
    page_object,
    paid,
    take_payment,
    visit,
)
from tests.reading import refused_with

pytestmark = pytest.mark.django_db


def refusal(code, act, row, **options) -> str:
    before = everything()
    with pytest.raises(Refusal) as found:
        act(row, at=NOON, **options)
    assert found.value.code == code
    assert everything() == before
    return str(found.value)


# --- it is this charge


def test_staff_can_credit_a_parked_payment_whose_amount_equals_the_charge(unnamed, charge, finance):
    for _ in range(2):
        done = credit_event(unnamed, charge=charge, by=finance, at=NOON)
    assert (done.state, done.answer, done.handled_by, done.handled_at) == (
        "handled",
        "credited",
        finance,
        NOON,
    )
    assert Charge.objects.get().state == "paid"
    entry = LedgerEntry.objects.get(kind="payment")
    assert (entry.by, entry.amount_cents, entry.provider_ref) == (
        finance,
        -12900,
        f"pi_{charge.sessions.get().pk}",
    )
    assert CheckoutSession.objects.get().state == "complete"
    assert Notice.objects.filter(kind="payments.receipt").count() == 1
    assert HistoryEntry.objects.get(verb="credited").by == finance
    assert balance(charge) == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount_total": 12899}, "Amount: 128.99 came, and this charge is of 129.00."),
        ({"amount_total": 12901}, "Amount: 129.01 came, and this charge is of 129.00."),
        ({"currency": "cad"}, "Currency: CAD came, and this charge is of USD."),
        ({"amount_total": "12900"}, "Amount: not said came, and this charge is of 129.00."),
    ],
)
def test_staff_cannot_credit_a_parked_payment_of_another_amount(session, charge, finance, change, sentence):
    parked = receive_event(paid(session, **change), at=NOON)
    assert refusal("differs", credit_event, parked, charge=charge, by=finance) == sentence


def test_a_live_payment_cannot_be_credited_to_a_test_mode_charge(session, charge, finance):
    live = event("checkout.session.completed", page_object(session, livemode=True), livemode=True)
    parked = receive_event(live, at=NOON)
    sentence = refusal("differs", credit_event, parked, charge=charge, by=finance)
    assert sentence == "Mode: real money came, and this charge is of practice money."


def test_staff_may_credit_a_parked_payment_to_another_charge_than_the_expected_one(
    unnamed, stranger, finance
):
    theirs = charge_for(stranger, subject="tests.thing:2")
    credit_event(unnamed, charge=theirs, by=finance, at=NOON)
    theirs.refresh_from_db()
    assert theirs.state == "paid"
    assert Charge.objects.exclude(pk=theirs.pk).get().state == "open"


def test_crediting_a_parked_payment_to_an_already_paid_charge_refunds_that_payment(unnamed, charge, finance):
    second = visit(charge, idempotency_key="checkout-2", provider_id="cs_2", state="expired", ended_at=NOON)
    receive_event(paid(second, name="evt_2", payment_intent="pi_2"), at=NOON)
    credit_event(unnamed, charge=charge, by=finance, at=NOON)
    assert Refund.objects.get().cause == "twice"


def test_a_parked_payment_with_several_messages_is_credited_once(session, charge, stranger, finance):
    parked = [receive_event(paid(session, name=f"evt_{n}", metadata={}), at=NOON) for n in (1, 2)]
    credit_event(parked[0], charge=charge, by=finance, at=NOON)
    theirs = charge_for(stranger, subject="tests.thing:2")
    sentence = refusal("credited", credit_event, parked[1], charge=theirs, by=finance)
    assert sentence == f"This payment is already credited to charge {charge.pk}. Give it back from there."
    refusal("credited", return_event, parked[1], reason="Why.", by=finance)
    assert dismiss_event(parked[1], reason="The same payment.", by=finance, at=NOON).answer == "nothing"


@pytest.mark.parametrize("change", [{"amount_total": 0}, {"amount_total": -1}, {"currency": "dollars"}])
def test_a_parked_payment_without_a_readable_amount_cannot_be_returned(session, finance, change):
    parked = receive_event(paid(session, metadata={}, **change), at=NOON)
    sentence = refusal("unreadable", return_event, parked, reason="Why.", by=finance)
    assert sentence == "The message does not say how much came."


@pytest.mark.parametrize(
    "message",
    [
        lambda s: event("charge.dispute.created", {"id": "du_1", "livemode": False, "amount": 12900}),
        lambda s: event(
            "refund.created", {"id": "re_1", "amount": 12900, "currency": "usd", "status": "succeeded"}
        ),
        lambda s: paid(s, payment_status="unpaid", status="open", metadata={}),
        lambda s: paid(s, payment_intent=None),
        lambda s: {"id": "evt_1", "type": "checkout.session.completed", "data": 7},
    ],
)
def test_a_parked_message_without_a_payment_can_be_neither_credited_nor_returned(
    session, charge, finance, message
):
    parked = receive_event(message(session), at=NOON)
    parked = ProviderEvent.objects.get(pk=parked.pk)
    if parked.state != "parked":
        ProviderEvent.objects.filter(pk=parked.pk).update(state="parked")
    refusal("no_money", credit_event, parked, charge=charge, by=finance)
    refusal("no_money", return_event, parked, reason="Why.", by=finance)


# --- return the money


def test_a_parked_payment_that_matches_no_charge_can_be_returned(other_amount, provider, finance, charge):
    payment = take_payment(provider.books, 100)
    parked = receive_event(
        paid(charge.sessions.get(), name="evt_2", amount_total=100, payment_intent=payment), at=NOON
    )
    for _ in range(2):
        done = return_event(parked, reason="A dollar too few.", by=finance, at=NOON)
    assert (done.state, done.answer, done.answer_reason) == ("handled", "returned", "A dollar too few.")
    refund = Refund.objects.get()
    assert (refund.charge, refund.payment, refund.cause, refund.state) == (
        None,
        None,
        "unmatched",
        "requested",
    )
    reconcile_payments()
    assert [(row["amount"], row["payment_intent"]) for row in provider.books.store.every("refund")] == [
        (100, payment)
    ]
    refund.refresh_from_db()
    assert (refund.state, refund.currency) == ("returned", "USD")
    assert Charge.objects.get().state == "open"
    assert balance(charge) == 12900
    assert CheckoutSession.objects.get().state == "expired"  # so that Jordan can begin again


def test_a_parked_payment_being_returned_can_be_neither_credited_nor_returned_again(session, charge, finance):
    parked = [
        receive_event(paid(session, name=f"evt_{n}", metadata={}, amount_total=9900), at=NOON) for n in (1, 2)
    ]
    return_event(parked[0], reason="Why.", by=finance, at=NOON)
    refusal("going_back", return_event, parked[1], reason="Why.", by=finance)
    refusal("going_back", credit_event, parked[1], charge=charge, by=finance)
    twin = receive_event(paid(session, name="evt_3"), at=NOON)
    assert (twin.state, Charge.objects.get().state) == ("parked", "open")


def test_returning_a_parked_payment_above_the_limit_needs_a_second_person(
    jordan, finance, second_finance, provider
):
    charge = charge_for(jordan, lines=[{**LINES[0], "amount_cents": 20000}])
    parked = receive_event(
        paid(visit(charge), amount_total=10001, payment_intent=take_payment(provider.books, 10001)), at=NOON
    )
    return_event(parked, reason="Why.", by=finance, at=NOON)
    waits = Refund.objects.get()
    assert waits.state == "waiting"
    refusal("same_person", approve_refund, waits, by=finance)
    approve_refund(waits, by=second_finance, at=NOON)
    reconcile_payments()
    assert Refund.objects.get().state == "returned"


def test_a_parked_payment_whose_return_was_refused_waits_for_staff_again(jordan, finance, second_finance):
    charge = charge_for(jordan, lines=[{**LINES[0], "amount_cents": 20000}])
    parked = receive_event(paid(visit(charge), amount_total=10001), at=NOON)
    return_event(parked, reason="Why.", by=finance, at=NOON)
    refuse_refund(Refund.objects.get(), reason="Ask them first.", by=second_finance, at=NOON)
    parked.refresh_from_db()
    assert (parked.state, parked.answer, parked.handled_by) == ("parked", "", None)
    newest = HistoryEntry.objects.filter(subject=subject_of(parked)).latest("pk")
    assert (newest.verb, newest.by, newest.reason) == ("parked again", second_finance, "Ask them first.")
    return_event(parked, reason="Asked.", by=second_finance, at=NOON)
    assert list(Refund.objects.order_by("pk").values_list("state", flat=True)) == ["refused", "waiting"]


# --- who, and once


def test_only_finance_can_match_parked_payments_and_not_their_own(unnamed, charge, jordan, second_finance):
    for person in (jordan, colleague("lead"), colleague("reviewer")):
        refusal("not_allowed", credit_event, unnamed, charge=charge, by=person)
        refusal("not_allowed", return_event, unnamed, reason="Why.", by=person)
        refusal("not_allowed", dismiss_event, unnamed, reason="Why.", by=person)
    jordan.is_staff = True
    jordan.save()
    jordan.groups.set(second_finance.groups.all())
    for act, said in (
        (credit_event, {"charge": charge}),
        (return_event, {"reason": "x"}),
        (dismiss_event, {"reason": "x"}),
    ):
        refusal("own_money", act, unnamed, by=type(jordan).objects.get(pk=jordan.pk), **said)


def test_the_second_of_two_people_matching_a_payment_gets_the_name_of_the_first(
    unnamed, charge, finance, second_finance
):
    dismiss_event(unnamed, reason="A test of ours.", by=finance, at=NOON)
    sentence = refusal("decided", credit_event, unnamed, charge=charge, by=second_finance)
    assert sentence == "Fay Finance was faster: Nothing to do. Nothing was changed by you."
    refusal("decided", return_event, unnamed, reason="Why.", by=second_finance)
    refusal("decided", dismiss_event, unnamed, reason="Why.", by=second_finance)


@pytest.mark.parametrize("act", [return_event, dismiss_event])
def test_returning_an_unmatched_payment_without_a_reason_is_refused(unnamed, finance, act):
    assert refusal("no_words", act, unnamed, reason=" ", by=finance) == "Write the reason."


def test_a_matched_message_no_longer_waits_for_staff(session, charge, finance):
    processed = receive_event(paid(session), at=NOON)
    refusal("out_of_order", dismiss_event, processed, reason="Why.", by=finance)
    payment = LedgerEntry.objects.get(kind="payment")
    said = {"cause": "our_error", "reason": "Why."}
    assert request_refund(payment, amount_cents=100, by=finance, at=NOON, **said).event is None


def test_the_database_refuses_to_change_a_matched_message(unnamed, finance):
    dismiss_event(unnamed, reason="Why.", by=finance, at=NOON)
    with refused_by("payments_providerevent_steps"):
        ProviderEvent.objects.update(state="received", answer="", handled_by=None, handled_at=None)
    with refused_by("payments_event_fixed"):
        ProviderEvent.objects.update(payload={"id": "evt_2"})


def test_a_payment_found_by_querying_the_provider_can_be_matched_too(charge, provider, clock_at, finance):
    provider.turn(drop=True)
    page = provider.go(charge)
    provider.books.pay(page)
    provider.books.store.put("session", {**provider.books.page(page), "metadata": {"charge": "999999"}})
    clock_at("2027-03-02 12:05")
    reconcile_payments()
    asked = ProviderEvent.objects.get()
    assert (asked.state, asked.type) == ("parked", "answer")
    credit_event(asked, charge=charge, by=finance, at=NOON)
    charge.refresh_from_db()
    assert (charge.state, charge.paid_at) == ("paid", NOON)
    reconcile_payments()
    assert balance(charge) == 0


def test_a_processed_message_or_one_without_a_payment_cannot_be_matched(jordan, finance, reviewer):
    event = ProviderEvent.objects.create(
        event_id="evt_9", type="checkout", payload={}, received_at=NOON, state="processed"
    )
    with refused_with("You may not match payments.", "not_allowed"):
        dismiss_event(event, by=reviewer, at=NOON, reason="Nothing.")
    with refused_with("This message does not wait for staff.", "out_of_order"):
        dismiss_event(event, by=finance, at=NOON, reason="Nothing.")
    event = ProviderEvent.objects.create(
        event_id="evt_10", type="checkout", payload={}, received_at=NOON, state="parked", note="No money."
    )
    with refused_with("This message does not say that money came.", "no_money"):
        return_event(event, by=finance, at=NOON, reason="Give it back.")
