"""The same questions to the stand-in and, with `STRIPE_TEST_KEY` set, to Stripe itself: the answers must read the same.

Nobody can pay on Stripe's hosted page without a browser, so money is taken there with one of its test cards.
"""

import os
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import stripe

from core import clock
from demo.standin import payouts
from payments import gateway
from payments.errors import NotThere, ProviderRefused
from payments.models import LedgerEntry, Refund
from payments.services import receive_event, request_refund, send_refund
from tests.cast import member
from tests.payments.scenes import NOON, paid, take_payment, visit

pytestmark = pytest.mark.django_db
REAL = pytest.param("stripe", marks=[pytest.mark.real_provider, pytest.mark.enable_socket])


class Place:
    """A provider to ask, the stand-in or Stripe: `now` by its clock, `took(cents)` to take a
    payment that our portal does not know, and `pay_out` to make a payout (Stripe makes its own
    every day).
    """

    def __init__(self, now: datetime, took, pay_out) -> None:
        self.now = now
        self.took = took
        self.pay_out = pay_out


@pytest.fixture(params=["stand-in", REAL])
def place(request, settings) -> Place:
    if request.param == "stand-in":
        provider = request.getfixturevalue("provider")
        return Place(
            NOON, lambda cents: take_payment(provider.books, cents), lambda: _pay_out(provider.books)
        )
    key = os.environ["STRIPE_TEST_KEY"]
    assert key.startswith(("sk_test_", "rk_test_")), "only ever a test key"
    settings.STRIPE_API_KEY, settings.STRIPE_API_BASE = key, ""
    return Place(datetime.now(UTC), lambda cents: _taken_by_stripe(key, cents), lambda: None)


def _pay_out(books) -> None:
    """Make one payout, and another one some days later."""
    for day in (3, 6):
        with clock.moved_to(NOON + timedelta(days=day)):
            payouts.pay_out(books)
            take_payment(books, 700)


def _taken_by_stripe(key: str, cents: int) -> str:
    methods = {"enabled": True, "allow_redirects": "never"}
    asked = {"amount": cents, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True}
    payment = stripe.StripeClient(key).v1.payment_intents.create(
        {**asked, "automatic_payment_methods": methods}
    )
    assert payment.status == "succeeded"
    return payment.id


def new_visit(charge, place, **changes):
    """A visit that has no page yet, under a key that nobody used before."""
    fields = {
        "state": "opening",
        "provider_id": None,
        "url": "",
        "idempotency_key": f"checkout-{secrets.token_hex(16)}",
        "return_url": "https://portal.example/renew/pay/return/",
        "cancel_url": "https://portal.example/renew/check/",
        "opened_at": place.now,
        "expires_at": place.now + timedelta(hours=1),
        **changes,
    }
    return visit(charge, **fields)


def test_a_payment_page_can_be_opened_once_then_found_and_closed_at_the_provider(charge, place):
    session = new_visit(charge, place)
    opened, again = gateway.ask_for_page(session), gateway.ask_for_page(session)
    assert opened.provider_id == again.provider_id
    assert opened.url.startswith("http")
    assert (opened.reference, opened.charge) == (session.idempotency_key, str(charge.pk))
    assert (opened.amount_cents, opened.currency, opened.live, opened.outcome) == (
        12900,
        "USD",
        False,
        "open",
    )
    assert gateway.find_checkout(opened.provider_id).outcome == "open"
    for _ in range(2):
        assert gateway.close_checkout(opened.provider_id).outcome == "expired"


def test_reusing_an_idempotency_key_for_another_request_is_refused(charge, place):
    session = new_visit(charge, place)
    gateway.ask_for_page(session)
    session.return_url = "https://portal.example/elsewhere/"
    with pytest.raises(ProviderRefused, match="400"):
        gateway.ask_for_page(session)


def test_looking_up_an_unknown_payment_page_finds_nothing(place):
    with pytest.raises(NotThere):
        gateway.find_checkout("cs_test_a1nobodyopenedthis")


@pytest.fixture
def payment(charge, place) -> LedgerEntry:
    """$129.00 at the provider, credited here."""
    taken = place.took(12900)
    receive_event(paid(visit(charge), payment_intent=taken), at=NOON)
    return LedgerEntry.objects.get(kind="payment")


def given_back(payment, cents: int) -> Refund:
    by = member(f"Fay{secrets.token_hex(4)} Finance", "finance")
    said = {"cause": "our_error", "reason": "Why."}
    return send_refund(request_refund(payment, amount_cents=cents, by=by, at=NOON, **said), at=NOON)


def test_partial_refunds_are_sent_once_even_when_the_providers_answer_was_lost(payment):
    first = given_back(payment, 3000)
    assert (first.state, first.last_error) == ("returned", "")
    first.refresh_from_db()
    first.attempts = 2  # as if the answer had been lost: the next one looks first
    found = gateway.return_payment(first)
    assert (found.provider_id, found.amount_cents, found.accepted) == (first.provider_id, 3000, True)
    assert given_back(payment, 7000).state == "returned"


@pytest.mark.usefixtures("tampered")
def test_a_refund_above_the_payment_is_refused(payment):
    gateway.return_payment(_by_hand(payment, 12900))
    with pytest.raises(ProviderRefused, match="400"):
        gateway.return_payment(_by_hand(payment, 1))


def _by_hand(payment: LedgerEntry, cents: int) -> Refund:
    """A refund that was made at the provider's and has no row here."""
    key = f"refund-{secrets.token_hex(16)}"
    return Refund(charge=payment.charge, payment=payment, amount_cents=cents, idempotency_key=key, attempts=1)


def test_the_provider_lists_payouts_newest_first_and_their_lines_add_up_to_their_amounts(place):
    with clock.moved_to(place.now):
        place.took(12900)
    place.pay_out()
    found = list(gateway.find_payouts(place.now - timedelta(days=60)))
    assert found == sorted(found, key=lambda one: one.made_at, reverse=True)
    for payout in [one for one in found if one.listed][:3]:
        lines = list(gateway.find_payout_lines(payout.provider_id))
        assert sum(line.amount_cents - line.fee_cents for line in lines) == payout.amount_cents
        assert {line.currency for line in lines} <= {payout.currency}


def test_the_payment_stand_in_makes_two_payouts_whose_lines_name_their_payments(provider):
    with clock.moved_to(NOON):
        name = take_payment(provider.books, 12900)
    _pay_out(provider.books)
    newest, first = gateway.find_payouts(None)
    assert [line.ref for line in gateway.find_payout_lines(first.provider_id)] == [name]
    assert list(gateway.find_payouts(newest.made_at)) == [newest]
