"""Opening the payment page: one open session for each charge, committed before the provider is asked."""

from datetime import timedelta

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from payments import gateway
from payments.errors import ProviderDown
from payments.models import Charge, CheckoutSession
from payments.services import payment_state, record_facts, void_charge
from tests.payments.scenes import NOON, charge_for, open_page, page_of, visit

pytestmark = pytest.mark.django_db
DOWN = "^We could not reach the payment service. Nothing was charged. Try again in a few minutes.$"


def test_the_payment_page_asks_for_exactly_the_owed_amount(charge, provider):
    page = provider.books.page(provider.go(charge))
    session = CheckoutSession.objects.get()
    assert (page["amount_total"], page["currency"], page["mode"]) == (12900, "usd", "payment")
    assert page["client_reference_id"] == session.idempotency_key
    assert page["metadata"] == {"charge": str(charge.pk), "reference": session.idempotency_key}
    assert page["success_url"] == "http://testserver/renew/pay/return/"
    assert page["cancel_url"] == "http://testserver/renew/check/"
    assert page["expires_at"] == int((NOON + timedelta(hours=23)).timestamp())
    assert (session.state, session.provider_id, session.url) == ("open", page["id"], page["url"])


def test_repeated_clicks_open_the_same_payment_page(charge, provider):
    urls = {open_page(charge, at=NOON + timedelta(minutes=minute)) for minute in range(4)}
    assert len(urls) == 1
    assert CheckoutSession.objects.count() == 1
    assert len(provider.books.store.every("session")) == 1


def test_the_checkout_session_row_is_committed_before_the_provider_is_called(charge, provider, monkeypatch):
    seen = []
    asked = gateway.ask_for_page
    monkeypatch.setattr(
        gateway, "ask_for_page", lambda session: seen.append(stored(session)) or asked(session)
    )
    open_page(charge)
    assert seen == [("opening", None)]


def stored(session):
    row = CheckoutSession.objects.get(pk=session.pk)
    return row.state, row.provider_id


def test_opening_a_checkout_inside_a_transaction_is_an_error(real_database, settings):
    from django.db import transaction

    from tests.factories import ChargeFactory

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        open_page(ChargeFactory())


def test_a_click_after_a_provider_outage_reuses_the_same_checkout_session(charge, provider):
    provider.turn(down=True)
    with pytest.raises(Refusal, match=DOWN) as refusal:
        open_page(charge)
    assert refusal.value.code == "provider_down"
    assert payment_state(charge) == "unpaid"
    provider.turn(down=False)
    open_page(charge, at=NOON + timedelta(minutes=1))
    assert CheckoutSession.objects.count() == 1


def test_a_provider_that_is_down_is_called_once_per_click(charge, monkeypatch):
    asked = []

    def down(session):
        asked.append(session.pk)
        raise ProviderDown("nobody there")

    monkeypatch.setattr(gateway, "ask_for_page", down)
    with pytest.raises(Refusal, match=DOWN):
        open_page(charge)
    assert len(asked) == 1


def test_an_unreachable_provider_is_reported_with_a_sentence(charge, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(Refusal, match=DOWN):
        open_page(charge)


def test_a_call_to_a_slow_provider_is_abandoned_after_the_timeout(charge, provider, monkeypatch):
    from payments.gateway import asking

    monkeypatch.setattr(asking, "TIMEOUT", (1, 0.05))
    asking._client_for.cache_clear()
    provider.turn(slow=0.3)
    with pytest.raises(Refusal, match=DOWN):
        open_page(charge)
    asking._client_for.cache_clear()


def test_a_payment_page_created_after_our_timeout_is_found_by_its_idempotency_key(
    charge, provider, monkeypatch
):
    asked = gateway.ask_for_page

    def lost(session):
        asked(session)
        raise ProviderDown("the answer was lost")

    monkeypatch.setattr(gateway, "ask_for_page", lost)
    with pytest.raises(Refusal, match=DOWN):
        open_page(charge)
    monkeypatch.setattr(gateway, "ask_for_page", asked)
    open_page(charge, at=NOON + timedelta(minutes=1))
    assert len(provider.books.store.every("session")) == 1


def test_a_click_without_an_answer_reuses_the_payment_page_of_a_simultaneous_click(
    charge, provider, monkeypatch
):
    asked = gateway.ask_for_page

    def other_click_first(session):
        record_facts(asked(session), at=NOON)
        raise ProviderDown("the answer was lost")

    def down(provider_id, **how):
        raise ProviderDown("nobody there")

    monkeypatch.setattr(gateway, "ask_for_page", other_click_first)
    monkeypatch.setattr(gateway, "find_checkout", down)
    assert open_page(charge) == CheckoutSession.objects.get().url


@pytest.mark.parametrize(
    ("waited", "states"),
    [(timedelta(minutes=1, seconds=59), ["open"]), (timedelta(minutes=2), ["expired", "open"])],
)
def test_a_checkout_that_the_provider_has_not_answered_for_two_minutes_is_replaced(
    charge, provider, waited, states
):
    back = {
        "return_url": "http://testserver/renew/pay/return/",
        "cancel_url": "http://testserver/renew/check/",
    }
    visit(charge, state="opening", provider_id=None, url="", opened_at=NOON, **back)
    open_page(charge, at=NOON + waited)
    assert sorted(CheckoutSession.objects.values_list("state", flat=True)) == states


def test_an_expired_payment_page_is_replaced_by_a_new_one(charge, provider, clock_at):
    first = provider.go(charge)
    tomorrow = clock_at("2027-03-03 11:00:01")
    second = page_of(open_page(charge, at=tomorrow))
    assert first != second
    assert CheckoutSession.objects.get(provider_id=first).state == "expired"
    assert provider.books.page(first)["status"] == "expired"


def test_a_page_paid_without_a_webhook_message_is_detected_and_not_offered_again(charge, provider):
    provider.pay(charge)
    with pytest.raises(Refusal, match=r"^This is already paid\. Nothing more was charged\.$") as refusal:
        open_page(charge, at=NOON + timedelta(minutes=1))
    assert refusal.value.code == "paid"
    assert Charge.objects.get().state == "paid"


def test_a_payment_page_unknown_to_the_provider_is_replaced_by_a_new_one(charge, provider):
    visit(charge, provider_id="cs_test_of_another_account")
    assert page_of(open_page(charge)).startswith("cs_test_")
    assert sorted(CheckoutSession.objects.values_list("state", flat=True)) == ["expired", "open"]


def test_a_charge_whose_payment_waits_for_a_bank_cannot_be_paid_again(charge, provider):
    provider.books.wait_for_bank(provider.go(charge))
    provider.deliver_due()
    with pytest.raises(Refusal, match=r"^We are waiting for your bank\.") as refusal:
        open_page(charge)
    assert refusal.value.code == "confirming"


def test_a_void_charge_cannot_be_paid(charge, provider):
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    with pytest.raises(
        Refusal, match=r"^This no longer needs to be paid\. Nothing was charged\.$"
    ) as refusal:
        open_page(charge)
    assert refusal.value.code == "void"
    assert not CheckoutSession.objects.exists()


@pytest.mark.parametrize(
    ("at", "closes"),
    [
        # The time to pay ends with March 9 in Phoenix, at 07:00 on March 10 in UTC.
        ("2027-03-08 08:00", "2027-03-09 07:00"),  # 23 hours, the longest
        ("2027-03-09 23:00", "2027-03-10 00:00"),  # not beyond the time to pay
        ("2027-03-09 23:59", "2027-03-10 00:00"),
    ],
)
def test_a_payment_page_expires_when_the_time_to_pay_ends(jordan, provider, clock_at, at, closes):
    limit = clock_at("2027-03-10 00:00")
    charge = charge_for(jordan, pay_by=limit)
    opened = clock_at(at)
    page = provider.books.page(provider.go(charge, at=opened))
    assert CheckoutSession.objects.get().expires_at == clock_at(closes)
    # The provider takes nothing below half an hour; our own sweep closes such a page earlier.
    shortest = opened + timedelta(minutes=35)
    assert page["expires_at"] == int(max(clock_at(closes), shortest).timestamp())


def test_no_payment_page_opens_once_the_time_to_pay_has_ended(jordan, provider, clock_at):
    limit = clock_at("2027-03-10 00:00")
    charge = charge_for(jordan, pay_by=limit)
    open_page(charge, at=limit - timedelta(seconds=1))
    with pytest.raises(Refusal, match=r"^The time to pay has ended\. Nothing was charged\.$") as refusal:
        open_page(charge, at=limit)
    assert refusal.value.code == "too_late"


def test_each_step_of_a_checkout_is_recorded_in_history_once(charge, provider, jordan):
    provider.settle(charge)
    steps = HistoryEntry.objects.filter(subject__startswith="payments.checkoutsession").order_by("pk")
    assert [(step.verb, step.from_state, step.to_state) for step in steps] == [
        ("opening", "", "opening"),
        ("open", "opening", "open"),
        ("complete", "open", "complete"),
    ]
    assert steps[0].by == jordan
    assert {step.trainer for step in steps} == {jordan}
