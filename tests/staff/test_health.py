"""The health line on Today: the newest message of the provider, payments that match no charge, and
what is stuck.
"""

from datetime import timedelta

import pytest

from core import clock
from payments.models import CheckoutSession, ProviderEvent, Refund
from staff.payments.health import time_since
from tests.payments.scenes import NOON, charge_for, kept_payment, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at("2027-03-02")


def line(desk, person) -> tuple[str, str]:
    part = desk(person).get("/staff/").context["health"][2]
    return part.kind, part.text


def heard(name: str, minutes: int = 0, **changes) -> ProviderEvent:
    made = {"type": "x", "payload": {}, "received_at": NOON - timedelta(minutes=minutes), **changes}
    return ProviderEvent.objects.create(event_id=name, **made)


def test_the_health_line_says_so_when_no_webhook_event_has_arrived_yet(finance, desk):
    assert line(desk, finance) == ("ok", "Payments: no message yet")


def test_the_health_line_shows_the_newest_webhook_event_and_ignores_answers_to_our_requests(finance, desk):
    heard("evt_1", 50, state="processed")
    heard("evt_2", 4, state="ignored")
    heard("asked:x", 1, type="answer", state="processed")
    assert line(desk, finance) == ("ok", "Payments: last message 4 minutes ago")


def test_the_health_line_counts_payments_that_match_no_charge(finance, desk):
    heard("evt_1", 3, state="parked")
    heard("evt_0", 5, state="parked", type="radar.early_fraud_warning.created")
    heard("evt_2", 3, state="processed")
    assert line(desk, finance) == ("warn", "Payments: 1 to match, last message 3 minutes ago")


@pytest.mark.parametrize(("minutes", "kind"), [(5, "ok"), (6, "bad")])
def test_the_health_line_reports_a_webhook_event_that_is_unprocessed_for_five_minutes(
    finance, desk, minutes, kind
):
    heard("evt_1", minutes)
    assert line(desk, finance)[0] == kind


@pytest.mark.parametrize(("minutes", "kind"), [(60, "ok"), (61, "bad")])
def test_the_health_line_reports_a_refund_that_was_not_sent_within_an_hour(
    jordan, finance, desk, minutes, kind
):
    payment = kept_payment(charge_for(jordan))
    asked_at = NOON - timedelta(minutes=minutes)
    about = {"charge": payment.charge, "payment": payment, "amount_cents": 100, "cause": "twice"}
    Refund.objects.create(**about, idempotency_key="one", requested_at=asked_at)
    assert line(desk, finance) == (
        kind,
        f"Payments: {'1 stuck, ' if kind == 'bad' else ''}last message less than a minute ago",
    )


@pytest.mark.parametrize(("state", "kind"), [("open", "bad"), ("confirming", "ok"), ("expired", "ok")])
def test_the_health_line_reports_a_payment_page_past_its_end_unless_a_bank_is_confirming(
    jordan, finance, desk, state, kind
):
    session = visit(charge_for(jordan), expires_at=NOON - timedelta(minutes=61))
    ended = NOON if state == "expired" else None
    CheckoutSession.objects.filter(pk=session.pk).update(state=state, ended_at=ended)
    assert line(desk, finance)[0] == kind


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (7199, "119 minutes"),
        (7200, "2 hours"),
        (172799, "47 hours"),
        (172800, "2 days"),
    ],
)
def test_the_time_since_a_moment_is_shown_in_the_largest_unit_that_fits(seconds, words):
    assert time_since(NOON, clock.now() + timedelta(seconds=seconds)) == words
