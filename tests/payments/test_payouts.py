"""Payouts: stored in whatever order messages arrive, read line by line, each line linked to our ledger."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from core import clock
from demo.standin import back, payouts
from payments import gateway
from payments.errors import ForStaff, ProviderDown
from payments.models import LedgerEntry, Payout, PayoutLine, ProviderEvent
from payments.services import ask_payouts, receive_event, request_refund
from payments.services.payouts import fetch_lines
from payments.tasks import follow_payouts, reconcile_payments
from tests.payments.payout_scenes import LATER, differences, lines_of, pay_out, payout_event
from tests.payments.scenes import NOON, charge_for

pytestmark = pytest.mark.django_db


def test_the_lines_of_a_payout_are_read_and_each_is_linked_to_its_ledger_entry(payment, provider):
    payout = pay_out(provider)
    assert (payout.state, payout.amount_cents, payout.currency) == ("paid", 12496, "USD")
    assert (payout.made_at, payout.arrives_on, payout.automatic) == (LATER, date(2027, 3, 5), True)
    assert payout.read_at == LATER
    line = payout.lines.get()
    assert (line.kind, line.amount_cents, line.fee_cents, line.net_cents) == ("payment", 12900, 404, 12496)
    assert (line.entry, line.ref) == (payment, payment.provider_ref)
    assert differences() == []


def test_refunds_disputes_and_returned_money_are_lines_of_the_next_payout(payment, provider, finance):
    request_refund(payment, amount_cents=3000, cause="our_error", reason="Twice.", by=finance, at=NOON)
    reconcile_payments()
    provider.deliver_due()
    payout = pay_out(provider)
    assert lines_of(payout) == [("refund", -3000, 0), ("payment", 12900, 404)]
    assert payout.amount_cents == 9496
    assert [line.entry.kind for line in payout.lines.order_by("pk")] == ["refund", "payment"]
    refund = payment.refunds.get()
    with clock.moved_to(LATER):
        back.fail_refund(provider.books, refund.provider_id)
        provider.deliver_due()
    second = pay_out(provider, LATER + timedelta(days=3))
    assert lines_of(second) == [("undone", 3000, 0)]
    assert second.lines.get().entry.provider_ref == f"{refund.provider_id}:failed"
    assert differences() == []


def test_the_payout_line_of_an_open_dispute_is_linked_to_our_ledger_once_the_dispute_is_lost(
    payment, provider
):
    with clock.moved_to(NOON):
        dispute = back.dispute_payment(provider.books, payment.provider_ref)
        provider.deliver_due()
    payout = pay_out(provider)
    line = payout.lines.get(kind="dispute")
    assert (line.amount_cents, line.fee_cents, line.entry) == (-12900, 1500, None)
    assert payout.amount_cents == 12496 - 14400
    assert differences() == []
    with clock.moved_to(LATER):
        back.answer_dispute(provider.books, dispute["id"])
        back.close_dispute(provider.books, dispute["id"], won=False)
        provider.deliver_due()
        follow_payouts()
    line.refresh_from_db()
    assert line.entry.kind == "dispute"


def test_the_money_of_a_won_dispute_is_in_a_later_payout(payment, provider):
    with clock.moved_to(NOON):
        dispute = back.dispute_payment(provider.books, payment.provider_ref)
        provider.deliver_due()
    pay_out(provider)
    with clock.moved_to(LATER):
        back.close_dispute(provider.books, dispute["id"], won=True)
        provider.deliver_due()
    later = pay_out(provider, LATER + timedelta(days=3))
    assert lines_of(later) == [("won", 12900, 0)]
    assert differences() == []


def test_a_payout_whose_webhook_message_was_lost_is_found_by_the_sweep(payment, provider):
    provider.turn(drop=True)
    with clock.moved_to(LATER):
        payouts.pay_out(provider.books)
        provider.deliver_due()
        assert Payout.objects.count() == 0
        assert follow_payouts()["payouts"] == 1
        assert follow_payouts() == {"payouts": 0, "read": 0, "linked": 0, "agreed": 0, "missing": 0}
    assert PayoutLine.objects.get().entry == payment


def test_payouts_and_lines_on_several_pages_of_the_providers_list_are_all_read(jordan, provider, monkeypatch):
    monkeypatch.setattr("payments.gateway.asking.PAGE", 2)
    for number, day in enumerate((0, 0, 0, 0, 0, 1, 2)):
        at = NOON + timedelta(days=day)
        with clock.moved_to(at):
            provider.pay(charge_for(jordan, f"tests.thing:{number}", at=at), at=at)
            provider.deliver_due()
    provider.turn(drop=True)
    for day in (2, 3, 4):
        with clock.moved_to(NOON + timedelta(days=day)):
            payouts.pay_out(provider.books)
    with clock.moved_to(NOON + timedelta(days=6)):
        follow_payouts()
    found = Payout.objects.order_by("made_at")
    assert [one.lines.count() for one in found] == [5, 1, 1]
    assert PayoutLine.objects.filter(entry=None).count() == 0
    assert differences() == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_webhook_messages_about_a_payout_in_any_order_give_the_same_row(order):
    words = (
        payout_event("created"),
        payout_event("paid", status="paid", day=1),
        payout_event("failed", status="failed", failure_message="Account closed.", day=2),
    )
    for place in order:
        assert receive_event(words[place], at=NOON).state == "processed"
    payout = Payout.objects.get()
    assert (payout.state, payout.trouble, payout.amount_cents) == ("failed", "Account closed.", 12000)
    assert payout.arrives_on == date(2027, 3, 4)
    assert differences() == [("came_back", "open")]


def test_an_event_with_a_different_payout_amount_is_parked_and_changes_nothing():
    receive_event(payout_event("created"), at=NOON)
    told = receive_event(payout_event("paid", status="paid", amount=11000), at=NOON)
    assert (told.state, told.note) == ("parked", "The payout po_1 is of 11000 USD.")
    assert (Payout.objects.get().state, Payout.objects.get().amount_cents) == ("on_way", 12000)


@pytest.mark.parametrize(
    "wrong", [{"status": "lost"}, {"amount": "12000"}, {"arrival_date": None}, {"automatic": None}, {"id": 7}]
)
def test_an_unreadable_event_about_a_payout_is_parked(wrong):
    assert receive_event(payout_event("created", **wrong), at=NOON).state == "parked"
    assert Payout.objects.count() == 0


def test_payout_lines_are_read_once_and_not_before_the_provider_can_list_them(payment, provider):
    receive_event(payout_event("created"), at=NOON)
    follow_payouts()
    assert Payout.objects.get(provider_id="po_1").read_at is None
    payout = pay_out(provider)
    fetch_lines(payout, at=LATER + timedelta(hours=1))
    payout.refresh_from_db()
    assert (payout.read_at, payout.lines.count()) == (LATER, 1)


def test_a_list_of_payouts_that_breaks_off_stores_nothing_and_is_requested_again(
    payment, provider, monkeypatch
):
    provider.turn(drop=True)
    with clock.moved_to(LATER):
        payouts.pay_out(provider.books)
        whole = gateway.find_payouts

        def breaks_off(since):
            yield from whole(since)
            raise ProviderDown("no answer")

        with monkeypatch.context() as during:
            during.setattr("payments.gateway.find_payouts", breaks_off)
            assert follow_payouts()["payouts"] == 0
            assert Payout.objects.count() == 0
            with pytest.raises(ProviderDown):
                ask_payouts(at=LATER)
        assert follow_payouts()["payouts"] == 1


def test_a_payout_whose_lines_cannot_be_read_stays_unread_and_stops_no_other(payment, provider, monkeypatch):
    payout = pay_out(provider, read=False)
    with monkeypatch.context() as during:
        during.setattr("payments.gateway.asking.line_facts", _unreadable)
        with clock.moved_to(LATER):
            follow_payouts()
    payout.refresh_from_db()
    assert (payout.read_at, payout.lines.count()) == (None, 0)
    follow_payouts()
    payout.refresh_from_db()
    assert payout.read_at is not None


def _unreadable(row):
    raise ForStaff("A line of the payout is not its amount less its fee.")


def test_webhook_messages_about_payouts_are_stored_as_processed(payment, provider):
    pay_out(provider)
    told = ProviderEvent.objects.filter(type__startswith="payout.")
    assert set(told.values_list("state", flat=True)) == {"processed"}
    assert told.count() == 3
    assert LedgerEntry.objects.filter(line__isnull=False).get() == payment
