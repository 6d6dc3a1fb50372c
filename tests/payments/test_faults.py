"""Kills between our commits and the provider's calls: nothing lost, nothing doubled."""

import signal

import pytest

from outbox.models import Notice
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from payments.services import receive_event, void_charge
from payments.tasks import reconcile_payments
from tests.payments import racing
from tests.payments.scenes import NOON, balance, kept_payment, open_page, paid, take_payment, visit

pytestmark = pytest.mark.fault


@pytest.fixture
def killed(real_database):
    """Return a function: `killed("window", "act", …)` calls the act in another process, which is
    killed at that window.
    """

    def die(window: str, *act: str) -> None:
        name, *said = act
        done = real_database.run(getattr(racing, name), *said, PORTAL_FAULT=f"{window}:kill")
        assert done.returncode == -signal.SIGKILL

    return die


@pytest.mark.parametrize(("window", "pages"), [("checkout.row_committed", 0), ("checkout.answered", 1)])
def test_a_checkout_whose_process_was_killed_is_completed_by_the_next_click(
    charge, base, killed, window, pages
):
    killed(window, "open_page", str(charge.pk), base.base)
    assert CheckoutSession.objects.get().state == "opening"
    assert len(base.store.every("session")) == pages
    url = open_page(charge)
    assert CheckoutSession.objects.get().url == url
    assert len(base.store.every("session")) == 1


@pytest.mark.parametrize("window", ["checkout.row_committed", "checkout.answered"])
def test_a_checkout_whose_process_was_killed_is_ended_by_the_sweep_without_another_click(
    charge, base, killed, clock_at, window
):
    killed(window, "open_page", str(charge.pk), base.base)
    clock_at("2027-03-02 12:05")
    reconcile_payments()
    assert CheckoutSession.objects.get().state == "expired"


def test_a_webhook_event_stored_before_the_process_was_killed_is_processed_by_the_next_sweep(
    charge, killed, clock_at
):
    visit(charge)
    killed("webhook.kept", "receive_webhook", str(charge.pk))
    assert ProviderEvent.objects.get().state == "received"
    assert Charge.objects.get().state == "open"
    ProviderEvent.objects.update(received_at=NOON)
    clock_at("2027-03-02 12:01")
    assert reconcile_payments()["events"] == 1
    assert Charge.objects.get().state == "paid"
    assert balance(charge) == 0


def test_a_payment_stays_recorded_when_the_process_dies_before_its_signal(charge, killed, clock_at):
    visit(charge)
    killed("charge.settled", "receive_webhook", str(charge.pk))
    assert Charge.objects.get().state == "paid"
    assert ProviderEvent.objects.get().state == "processed"
    clock_at("2027-03-02 12:05")
    assert reconcile_payments() == {"events": 0, "visits": 0, "refunds": 0}
    assert balance(charge) == 0
    assert Notice.objects.filter(kind="payments.receipt").count() == 1


def test_a_provider_answer_lost_when_the_process_died_is_requested_again(charge, base, killed, clock_at):
    open_page(charge)
    base.provider.pay(CheckoutSession.objects.get().provider_id)
    killed("checkout.looked", "look", base.base)
    assert Charge.objects.get().state == "open"
    clock_at("2027-03-02 12:05")
    reconcile_payments()
    assert Charge.objects.get().state == "paid"
    assert LedgerEntry.objects.filter(kind="payment").count() == 1


@pytest.mark.parametrize(("window", "sent"), [("refund.counted", 0), ("refund.answered", 1)])
@pytest.mark.parametrize("key", ["remembered", "forgotten"])
def test_a_refund_killed_at_any_crash_point_is_sent_once(charge, base, killed, window, sent, key):
    session = visit(charge)
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    receive_event(paid(session, payment_intent=take_payment(base.provider, 12900)), at=NOON)
    killed(window, "send_back", base.base)
    assert Refund.objects.get().state == "requested"
    assert len(base.store.every("refund")) == sent
    if key == "forgotten":  # the outage lasted longer than the provider keeps keys
        base.store._rows("DELETE FROM answers")
    reconcile_payments()
    assert Refund.objects.get().state == "returned"
    assert [refund["amount"] for refund in base.store.every("refund")] == [12900]
    assert balance(charge) == 0


def test_a_refund_stays_booked_when_the_process_dies_before_its_signal(charge, killed):
    kept_payment(charge)
    killed("fee.moved", "hear_refund_elsewhere", str(charge.pk))
    assert Refund.objects.get().state == "returned"
    assert balance(charge) == 0
    assert ProviderEvent.objects.filter(type__startswith="refund.", state="processed").count() == 1
