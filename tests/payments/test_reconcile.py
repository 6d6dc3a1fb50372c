"""The sweep finishes what a lost message, a crash or an outage left undone; running twice changes nothing."""

from datetime import timedelta

import pytest

from core.models import HistoryEntry
from outbox.models import Notice
from payments import gateway, tasks
from payments.errors import ProviderDown
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from payments.services import keep_event, payment_state, void_charge
from payments.tasks import reconcile_payments
from tests.payments.scenes import (
    NOON,
    balance,
    charge_for,
    event,
    open_page,
    page_object,
    page_of,
    paid,
    visit,
)

pytestmark = pytest.mark.django_db


def test_a_payment_whose_webhook_message_was_lost_is_found_by_the_sweep(charge, provider, clock_at):
    provider.turn(drop=True)
    provider.pay(charge)
    assert provider.deliver_due() == 0
    clock_at("2027-03-02 12:04:59")
    assert reconcile_payments()["visits"] == 0
    clock_at("2027-03-02 12:05")
    assert reconcile_payments() == {"events": 0, "visits": 1, "refunds": 0}
    charge.refresh_from_db()
    assert (charge.state, charge.paid_at) == ("paid", NOON)
    assert balance(charge) == 0
    assert Notice.objects.get().kind == "payments.receipt"


@pytest.mark.parametrize("lost", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_many_payments_with_lost_webhook_messages_are_found_in_one_sweep(jordan, provider, clock_at, lost):
    provider.turn(drop=True)
    charges = [charge_for(jordan, subject=f"tests.thing:{number}") for number in range(lost)]
    for charge in charges:
        provider.pay(charge)
    clock_at("2027-03-02 12:05")
    assert reconcile_payments()["visits"] == lost
    assert Charge.objects.filter(state="paid").count() == lost
    assert LedgerEntry.objects.filter(kind="payment").count() == lost
    assert Notice.objects.filter(kind="payments.receipt").count() == lost


def test_a_webhook_message_that_arrives_after_the_sweep_changes_nothing(charge, provider, clock_at):
    provider.turn(hold=True)
    provider.pay(charge)
    clock_at("2027-03-02 12:05")
    reconcile_payments()
    settled = LedgerEntry.objects.count(), HistoryEntry.objects.count()
    provider.stand_in.control("POST", b'{"release": "forwards"}')
    assert provider.deliver_due() == 1
    assert (LedgerEntry.objects.count(), HistoryEntry.objects.count()) == settled
    assert ProviderEvent.objects.get().state == "processed"


@pytest.mark.parametrize(("answer", "state"), [(True, "paid"), (False, "declined")])
def test_the_sweep_also_queries_the_provider_about_a_payment_at_a_slow_bank(
    charge, provider, clock_at, answer, state
):
    provider.turn(drop=True)
    page = provider.go(charge)
    provider.books.wait_for_bank(page)
    clock_at("2027-03-02 12:05")
    reconcile_payments()
    assert payment_state(Charge.objects.get()) == "confirming"
    provider.books.bank_answers(page, yes=answer)
    clock_at("2027-03-02 12:19:59")
    assert reconcile_payments()["visits"] == 0
    clock_at("2027-03-02 12:20")
    reconcile_payments()
    assert payment_state(Charge.objects.get()) == state


def test_the_sweep_queries_an_open_payment_page_every_15_minutes_and_leaves_it_open(
    charge, provider, clock_at
):
    provider.go(charge)
    asked = []
    for minute in ("05", "06", "19", "20", "34", "35"):
        clock_at(f"2027-03-02 12:{minute}")
        asked.append(reconcile_payments()["visits"])
    assert asked == [1, 0, 0, 1, 0, 1]
    assert CheckoutSession.objects.get().state == "open"


def test_the_sweep_closes_an_expired_payment_page_at_the_provider(jordan, provider, clock_at):
    charge = charge_for(jordan, pay_by=clock_at("2027-03-10 00:00"))
    page = provider.go(charge, at=clock_at("2027-03-09 23:50"))
    clock_at("2027-03-09 23:59:59")
    reconcile_payments()
    assert provider.books.page(page)["status"] == "open"
    clock_at("2027-03-10 00:00")
    reconcile_payments()
    assert provider.books.page(page)["status"] == "expired"
    assert CheckoutSession.objects.get().state == "expired"


def test_voiding_a_charge_closes_its_payment_page_at_the_provider_at_once(charge, provider, clock_at):
    page = provider.go(charge)
    clock_at("2027-03-02 12:05")
    reconcile_payments()
    void_charge(charge, by=None, at=clock_at("2027-03-02 12:06"), reason="Withdrawn.")
    reconcile_payments()
    assert provider.books.page(page)["status"] == "expired"
    assert CheckoutSession.objects.get().state == "expired"
    assert reconcile_payments() == {"events": 0, "visits": 0, "refunds": 0}


def test_a_checkout_session_that_never_got_a_page_is_ended_without_calling_the_provider(
    charge, settings, clock_at
):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    visit(charge, state="opening", provider_id=None, url="")
    clock_at("2027-03-02 12:05")
    assert reconcile_payments()["visits"] == 1
    assert CheckoutSession.objects.get().state == "expired"


def test_the_sweep_processes_a_webhook_message_left_behind_by_a_crash(charge, clock_at):
    keep_event(paid(visit(charge)), at=NOON)
    clock_at("2027-03-02 12:00:59")
    assert reconcile_payments()["events"] == 0
    clock_at("2027-03-02 12:01")
    assert reconcile_payments()["events"] == 1
    assert Charge.objects.get().state == "paid"
    assert ProviderEvent.objects.get().state == "processed"


def test_a_webhook_message_that_always_fails_waits_for_staff_and_stops_no_other(
    charge, stranger, monkeypatch, clock_at
):
    from payments.services import events

    keep_event(event("checkout.session.completed", page_object(visit(charge)), name="evt_bad"), at=NOON)
    theirs = visit(charge_for(stranger, subject="tests.thing:2"))
    keep_event(paid(theirs, name="evt_good"), at=NOON)
    record = events.record_facts

    def breaks(facts, *, at):
        if facts.charge == str(charge.pk):
            raise ZeroDivisionError("of ours")
        return record(facts, at=at)

    monkeypatch.setattr(events, "record_facts", breaks)
    clock_at("2027-03-02 12:01")
    for _ in range(6):
        reconcile_payments()
    assert ProviderEvent.objects.get(event_id="evt_good").state == "processed"
    bad = ProviderEvent.objects.get(event_id="evt_bad")
    assert (bad.state, bad.attempts) == ("parked", 5)


def test_a_provider_answer_that_does_not_match_the_charge_is_parked_for_staff_once(
    charge, provider, clock_at
):
    page = provider.go(charge)
    book = provider.books.page(page)
    provider.books.store.put("session", {**book, "amount_total": 1})
    for time in ("12:05", "12:20", "12:35"):
        clock_at(f"2027-03-02 {time}")
        reconcile_payments()
    kept = ProviderEvent.objects.get()
    assert (kept.state, kept.note) == ("parked", "The amount is 0.01; ours is 129.00.")
    assert kept.payload["charge"] == charge.pk
    assert CheckoutSession.objects.get().state == "open"


def test_the_sweep_calls_a_provider_that_is_down_only_a_few_times(jordan, monkeypatch, clock_at):
    for number in range(6):
        visit(
            charge_for(jordan, subject=f"tests.thing:{number}"),
            provider_id=f"cs_{number}",
            idempotency_key=f"key-{number}",
        )
    asked = []

    def down(provider_id, **how):
        asked.append(provider_id)
        raise ProviderDown("nobody there")

    monkeypatch.setattr(gateway, "find_checkout", down)
    clock_at("2027-03-02 12:05")
    assert reconcile_payments()["visits"] == 0
    assert len(asked) == tasks.DOWN_AFTER
    assert set(CheckoutSession.objects.values_list("asked_at", "state")) == {(None, "open")}


def test_after_a_day_of_provider_outage_the_sweep_finds_every_payment(jordan, provider, clock_at):
    provider.turn(drop=True)
    charges = {
        act: charge_for(jordan, subject=f"tests.thing:{act}")
        for act in ("pay", "leave", "slow", "decline", "void")
    }
    pages = {act: provider.go(charge) for act, charge in charges.items()}
    provider.books.pay(pages["pay"])
    provider.books.wait_for_bank(pages["slow"])
    provider.books.decline(pages["decline"])
    void_charge(charges["void"], by=None, at=NOON, reason="Withdrawn.")
    provider.books.pay(pages["void"])
    clock_at("2027-03-03 12:00")
    provider.deliver_due()
    reconcile_payments()
    states = {act: payment_state(Charge.objects.get(pk=charge.pk)) for act, charge in charges.items()}
    assert states == {
        "pay": "paid",
        "leave": "abandoned",
        "slow": "paid",
        "decline": "abandoned",
        "void": "returned",
    }
    assert not CheckoutSession.objects.living().exists()
    assert not Refund.objects.filter(state="requested").exists()
    url = open_page(charges["leave"], at=NOON + timedelta(days=1))
    assert provider.books.page(page_of(url))["status"] == "open"
