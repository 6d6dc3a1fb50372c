"""Differences between the provider's payouts and our ledger: found, closed once both agree, or
explained by finance.
"""

from datetime import timedelta

import pytest

from core import clock
from core.models import HistoryEntry
from demo.standin import payouts
from demo.standin.balance import note_movement, put_in_payout
from payments.models import Difference, Payout, Refund
from payments.services import (
    approve_refund,
    explain_difference,
    note_missing,
    receive_event,
    request_refund,
    return_event,
)
from payments.services.differences import note_line_differences, note_payout_differences
from payments.tasks import follow_payouts, reconcile_payments
from tests.payments.payout_scenes import LATER, a_line, a_payout, differences, lines_of, pay_out, payout_event
from tests.payments.scenes import NOON, charge_for, paid, refusal, take_payment, visit

pytestmark = pytest.mark.django_db


def explain(difference, by, reason="A gift to the body, taken at the counter."):
    return explain_difference(difference, reason=reason, by=by, at=LATER)


@pytest.fixture
def foreign(provider) -> Difference:
    """$50.00 that the provider took and our ledger has nowhere."""
    with clock.moved_to(NOON):
        take_payment(provider.books, 5000)
    pay_out(provider)
    return Difference.objects.get()


def test_a_payment_in_a_payout_that_our_ledger_does_not_have_is_a_difference(foreign):
    assert (foreign.what, foreign.state, foreign.found_at) == ("not_here", "open", LATER)
    assert foreign.line.amount_cents == 5000


def test_a_difference_is_resolved_once_the_payment_is_booked(session, provider):
    with clock.moved_to(NOON):
        name = take_payment(provider.books, 12900)
    pay_out(provider)
    assert differences() == [("not_here", "open")]
    receive_event(paid(session, payment_intent=name), at=LATER)
    with clock.moved_to(LATER):
        assert follow_payouts()["agreed"] == 1
    assert differences() == [("not_here", "gone")]
    assert Difference.objects.get().line.entry.provider_ref == name


def test_a_payment_that_was_returned_without_being_credited_is_no_difference(
    session, provider, finance, root
):
    with clock.moved_to(NOON):
        name = take_payment(provider.books, 12900)
    parked = receive_event(paid(session, payment_intent=name, metadata={}), at=NOON)
    with clock.moved_to(LATER):
        pay_out(provider)
        assert differences() == [("not_here", "open")]
        return_event(parked, reason="Nobody's.", by=finance, at=LATER)
        follow_payouts()
        assert differences() == [("not_here", "open")]
        approve_refund(Refund.objects.get(), by=root, at=LATER)
        reconcile_payments()
        follow_payouts()
    assert differences() == [("not_here", "gone")]
    second = pay_out(provider, LATER + timedelta(days=3))
    assert lines_of(second) == [("refund", -12900, 0)]
    assert differences() == [("not_here", "gone")]


def test_a_payout_line_whose_amount_differs_from_our_ledger_is_a_difference(payment):
    payout = a_payout(amount_cents=12000 - 404)
    a_line(payout, ref=payment.provider_ref, entry=payment, amount_cents=12000)
    note_line_differences(payout, at=LATER)
    assert differences() == [("amount", "open")]


def test_a_payout_line_whose_currency_differs_from_our_ledger_is_a_difference(payment):
    payout = a_payout(currency="EUR")
    a_line(payout, ref=payment.provider_ref, entry=payment, currency="EUR")
    note_line_differences(payout, at=LATER)
    assert differences() == [("amount", "open")]


@pytest.mark.parametrize(
    ("kind", "type_", "found"),
    [
        ("fee", "stripe_fee", []),
        ("returned", "payout_failure", []),
        ("other", "reserve_hold", [("not_here", "open")]),
        ("refund", "refund", [("not_here", "open")]),
        ("dispute", "adjustment", [("not_here", "open")]),
    ],
)
def test_a_payout_line_unknown_to_our_ledger_is_a_difference_unless_it_is_a_fee_of_the_provider(
    kind, type_, found
):
    payout = a_payout()
    a_line(payout, kind=kind, type=type_, ref="x_1", amount_cents=-500, fee_cents=0)
    note_line_differences(payout, at=LATER)
    assert differences() == found


def test_a_payout_that_is_not_the_sum_of_its_lines_is_a_difference(payment):
    payout = a_payout(amount_cents=12496)
    a_line(payout, ref=payment.provider_ref, entry=payment)
    payout.read_at = LATER
    payout.save()
    note_payout_differences(payout, at=LATER)
    assert differences() == []
    short = a_payout(provider_id="po_short", amount_cents=12495, read_at=LATER)
    note_payout_differences(short, at=LATER)
    assert differences() == [("sum", "open")]


def test_a_payout_made_by_hand_has_no_lines_and_waits_for_an_explanation(payment, provider):
    with clock.moved_to(LATER):
        row = note_movement(provider.books.store, "reserve_release", 100, {"id": "x", "currency": "usd"})
        put_in_payout(provider.books.store, [row], automatic=False)
        follow_payouts()
    assert Payout.objects.get().read_at is None
    assert differences() == [("by_hand", "open")]


def test_a_payout_returned_by_the_bank_is_a_difference_until_its_money_is_in_another_payout(
    payment, provider
):
    payout = pay_out(provider)
    with clock.moved_to(LATER + timedelta(days=1)):
        payouts.send_payout_back(provider.books, payout.provider_id)
        provider.deliver_due()
    assert differences() == [("came_back", "open")]
    second = pay_out(provider, LATER + timedelta(days=4))
    assert lines_of(second) == [("returned", 12496, 0)]
    assert differences() == [("came_back", "gone")]


@pytest.mark.parametrize(("days", "found"), [(13, []), (14, []), (15, [("not_there", "open")])])
def test_a_payment_14_days_older_than_the_newest_payout_and_in_no_payout_is_a_difference(
    payment, days, found
):
    newest = NOON + timedelta(days=days)
    a_payout(amount_cents=0, made_at=newest, read_at=newest)
    note_missing(at=newest)
    assert differences() == found


def test_when_payouts_have_stopped_a_payment_in_no_payout_is_a_difference_after_45_days(payment):
    a_payout(amount_cents=0, made_at=NOON, read_at=NOON)
    assert note_missing(at=NOON + timedelta(days=45)) == 0
    assert note_missing(at=NOON + timedelta(days=45, seconds=1)) == 1
    assert note_missing(at=NOON + timedelta(days=46)) == 0


def test_a_payment_in_no_payout_is_no_difference_while_no_payout_was_ever_read(payment):
    receive_event(payout_event("created"), at=NOON)
    assert note_missing(at=NOON + timedelta(days=80)) == 0


def test_a_manual_refund_is_in_no_payout_and_is_no_difference(payment, finance):
    said = {"hand_reference": "Check 17", "cause": "our_error", "reason": "The card is closed."}
    request_refund(payment, amount_cents=3000, by=finance, at=NOON, **said)
    a_line(a_payout(amount_cents=12496), ref=payment.provider_ref, entry=payment)
    Payout.objects.update(read_at=LATER)
    assert note_missing(at=NOON + timedelta(days=60)) == 0


def test_finance_explains_a_difference_once_with_a_reason(foreign, finance):
    explained = explain(foreign, finance)
    assert (explained.state, explained.by, explained.closed_at) == ("explained", finance, LATER)
    assert explain(foreign, finance).pk == foreign.pk
    entry = HistoryEntry.objects.get(subject=f"payments.difference:{foreign.pk}", verb="explained")
    assert (entry.by, entry.reason) == (finance, "A gift to the body, taken at the counter.")
    with clock.moved_to(LATER):
        assert follow_payouts()["agreed"] == 0


def test_explaining_a_difference_without_a_reason_or_permission_or_when_it_is_closed_is_refused(
    foreign, finance, reviewer, root
):
    assert refusal("no_words", explain, foreign, finance, reason="  ") == "Write the reason."
    assert refusal("words_length", explain, foreign, finance, reason="x" * 301)
    assert refusal("not_allowed", explain, foreign, reviewer)
    explain(foreign, finance)
    assert (
        refusal("out_of_order", explain, foreign, root)
        == "A difference that is “explained” cannot be explained."
    )


def test_nobody_can_explain_a_difference_about_their_own_payment(finance):
    charge = charge_for(finance)
    receive_event(paid(visit(charge)), at=NOON)
    a_payout(amount_cents=0, made_at=NOON + timedelta(days=20), read_at=LATER)
    note_missing(at=NOON + timedelta(days=20))
    assert refusal("own_money", explain, Difference.objects.get(), finance)
