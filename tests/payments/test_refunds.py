"""Sending a refund: requested once, whatever fails in between."""

from datetime import timedelta

import pytest

from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import kind_of
from payments import gateway
from payments.errors import ProviderDown
from payments.models import LedgerEntry, ProviderEvent, Refund
from payments.services import receive_event
from payments.tasks import reconcile_payments
from tests.payments.scenes import NOON, balance, event
from tests.reading import state_of

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=4)


@pytest.fixture
def refund(charge, provider):
    """Money that came for a charge that was not due any more."""
    provider.pay_void(charge)
    return Refund.objects.get()


def given_back(provider):
    return [row["amount"] for row in provider.books.store.every("refund")]


def test_a_refund_is_sent_to_the_provider_once_however_often_the_sweep_runs(refund, provider):
    for _ in range(3):
        reconcile_payments()
    assert given_back(provider) == [12900]
    provider.deliver_due()
    refund.refresh_from_db()
    assert (refund.state, refund.ended_at, refund.last_error) == ("returned", NOON, "")
    assert LedgerEntry.objects.filter(kind="refund", provider_ref=refund.provider_id).count() == 1
    assert ProviderEvent.objects.filter(type="refund.created").get().state == "processed"


def test_a_refund_is_sent_later_when_the_provider_was_down(refund, provider):
    provider.turn(down=True)
    reconcile_payments()
    refund.refresh_from_db()
    assert (refund.state, refund.attempts) == ("requested", 1)
    assert "503" in refund.last_error
    provider.turn(down=False)
    reconcile_payments()
    assert state_of(refund) == "returned"
    assert given_back(provider) == [12900]


def test_a_refund_whose_answer_was_lost_is_not_repeated_even_after_its_key_expired(
    refund, provider, monkeypatch
):
    asked = gateway.return_payment

    def lost(refund):
        asked(refund)
        raise ProviderDown("the answer was lost")

    monkeypatch.setattr(gateway, "return_payment", lost)
    reconcile_payments()
    monkeypatch.setattr(gateway, "return_payment", asked)
    provider.books.store._rows("DELETE FROM answers")  # as the provider does after a day
    reconcile_payments()
    assert state_of(refund) == "returned"
    assert given_back(provider) == [12900]
    assert balance(refund.charge) == 0


def test_a_refund_that_the_provider_refuses_ends_as_failed_and_waits_for_staff(refund, provider):
    provider.books.refund(
        {"payment_intent": refund.payment.provider_ref, "amount": "100"}
    )  # by hand, over there
    reconcile_payments()
    assert state_of(refund) == "failed"
    assert "greater than what is left" in refund.last_error
    assert balance(refund.charge) == -12900
    assert HistoryEntry.objects.get(verb="failed").subject == f"payments.refund:{refund.pk}"
    assert not Notice.objects.filter(kind="payments.returned").exists()


def failed_later(refund, at=LATER):
    failed = {
        "id": refund.provider_id,
        "amount": 12900,
        "currency": "usd",
        "status": "failed",
        "metadata": {"refund": refund.idempotency_key},
    }
    return receive_event(event("refund.failed", failed, name="evt_failed", at=at), at=at)


def test_a_refund_that_fails_afterwards_is_reversed_in_the_ledger_on_the_day_it_failed(refund, provider):
    reconcile_payments()
    refund.refresh_from_db()
    assert balance(refund.charge) == 0
    assert failed_later(refund).state == "processed"
    assert balance(refund.charge) == -12900  # the trainer's own money again
    undone = LedgerEntry.objects.get(kind="undone")
    assert (undone.amount_cents, undone.at) == (-12900, LATER)
    refund.refresh_from_db()
    assert (refund.state, refund.last_error) == ("failed", "The bank did not take the refund")
    assert list(Refund.objects.unanswered()) == [refund]
    failed_later(refund)
    assert LedgerEntry.objects.filter(kind="undone").count() == 1


@pytest.mark.parametrize("sent", [True, False])
def test_the_trainer_gets_a_mail_about_a_failed_refund_only_if_the_refund_was_mailed(refund, provider, sent):
    reconcile_payments()
    refund.refresh_from_db()
    if sent:
        Notice.objects.filter(kind="payments.returned").update(state="sent", ended_at=NOON)
    failed_later(refund)
    worth = {
        one.kind for one in Notice.objects.filter(state="due") if one.pk in kind_of(one.kind).still_due([one])
    }
    assert worth & {"payments.returned", "payments.return_failed"} == (
        {"payments.return_failed"} if sent else set()
    )


def test_a_refunds_failure_message_arriving_before_its_success_gives_the_same_rows(refund, provider):
    provider.turn(drop=True)
    accepted = provider.books.refund(
        {"payment_intent": refund.payment.provider_ref, "metadata": {"refund": refund.idempotency_key}}
    )
    refund.provider_id = accepted["id"]
    failed_later(refund)
    receive_event(event("refund.created", accepted, name="evt_late"), at=LATER)
    kinds = LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents")
    assert list(kinds)[2:] == [("payment", -12900), ("refund", 12900), ("undone", -12900)]
    assert state_of(refund) == "failed"


def test_a_webhook_message_with_another_amount_does_not_complete_a_refund(refund):
    other = {
        "id": "re_1",
        "amount": 1,
        "currency": "usd",
        "status": "succeeded",
        "metadata": {"refund": refund.idempotency_key},
    }
    assert receive_event(event("refund.updated", other), at=NOON).state == "parked"
    assert Refund.objects.get().state == "requested"
