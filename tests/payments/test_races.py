"""Fifty processes at once on one charge: one effect."""

from collections import Counter

from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, CheckoutSession, Dispute, LedgerEntry, ProviderEvent, Refund
from payments.services import receive_event, request_refund, void_charge
from tests.cast import member
from tests.payments.scenes import NOON, balance, kept_payment, paid, take_payment, visit
from tests.race import race

ACT = "tests.payments.racing:{}".format


def facts():
    return {
        "payments": LedgerEntry.objects.filter(kind="payment").count(),
        "settled": HistoryEntry.objects.filter(verb="settled").count(),
        "receipts": Notice.objects.filter(kind="payments.receipt").count(),
        "returned": Refund.objects.count(),
        "state": Charge.objects.get().state,
        "balance": balance(Charge.objects.get()),
    }


ONCE = {"payments": 1, "settled": 1, "receipts": 1, "returned": 0, "state": "paid", "balance": 0}


def test_fifty_simultaneous_messages_about_a_payment_credit_it_once(charge, real_database):
    visit(charge)
    assert race(real_database, ACT("receive_webhook"), str(charge.pk)) == Counter(processed=50)
    assert facts() == ONCE
    assert ProviderEvent.objects.filter(event_id="evt_0").count() == 1


def test_a_lost_dispute_received_by_several_processes_at_once_is_stored_and_booked_once(
    charge, real_database
):
    kept_payment(charge)
    outcomes = race(real_database, ACT("hear_lost_dispute"), str(charge.pk), processes=2, threads=5)
    assert outcomes == Counter({"200": 10})
    assert Dispute.objects.get().state == "lost"
    assert LedgerEntry.objects.filter(kind="dispute").count() == 1
    assert ProviderEvent.objects.filter(event_id="evt_lost", state="processed").count() == 1
    assert balance(charge) == 0


def test_a_provider_site_refund_received_by_several_processes_at_once_is_booked_once(charge, real_database):
    kept_payment(charge)
    outcomes = race(real_database, ACT("hear_refund_elsewhere"), str(charge.pk), processes=2, threads=5)
    assert outcomes == Counter({"200": 10})
    assert Refund.objects.get().state == "returned"
    assert LedgerEntry.objects.filter(kind="refund").count() == 1
    assert balance(charge) == 0


def test_when_a_charge_is_paid_twice_at_once_one_payment_is_credited_and_one_refunded(charge, real_database):
    visit(charge, state="expired", ended_at=NOON)
    visit(charge, idempotency_key="checkout-2", provider_id="cs_test_second")
    assert race(real_database, ACT("hear_each_visit"), str(charge.pk), processes=2) == Counter(heard=20)
    assert facts() == {**ONCE, "payments": 2, "returned": 1, "balance": -12900}
    assert Refund.objects.get().cause == "twice"


def test_fifty_simultaneous_clicks_open_one_payment_page(charge, real_database, base):
    outcomes = race(real_database, ACT("open_page"), str(charge.pk), base.base)
    session = CheckoutSession.objects.get()
    assert outcomes == {session.url: 50}
    assert session.state == "open"
    assert [page["id"] for page in base.store.every("session")] == [session.provider_id]


def test_a_charge_paid_and_voided_simultaneously_ends_either_paid_or_void(charge, real_database):
    visit(charge)
    outcomes = race(real_database, ACT("pay_or_void"), str(charge.pk))
    paid_first = {"processed", "refused: This is already paid."}
    is_paid = Charge.objects.get().state == "paid"
    assert set(outcomes) <= (paid_first if is_paid else {"processed", "void"})
    assert outcomes["processed" if is_paid else "void"] > 0
    refunds = Refund.objects.count()
    assert refunds == (
        0 if Charge.objects.get().state == "paid" else LedgerEntry.objects.filter(kind="payment").count()
    )
    assert balance(charge) == -12900 * refunds


def test_ten_simultaneous_sweeps_send_a_refund_once(charge, real_database, base):
    session = visit(charge)
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    receive_event(paid(session, payment_intent=take_payment(base.provider, 12900)), at=NOON)
    assert race(real_database, ACT("sweep"), base.base, processes=2, threads=5) == Counter(swept=10)
    assert [refund["amount"] for refund in base.store.every("refund")] == [12900]
    assert Refund.objects.get().state == "returned"
    assert LedgerEntry.objects.filter(kind="refund").count() == 1
    assert Notice.objects.filter(kind="payments.returned").count() == 1
    assert balance(charge) == 0


def test_twenty_simultaneous_refunds_return_no_more_than_was_paid(charge, real_database, finance):
    payment = kept_payment(charge)
    outcomes = race(real_database, ACT("give_back"), finance.email, processes=2)
    too_much = "refused: Enter an amount from 0.01 to 9.00, which is what is kept of this payment."
    assert outcomes == Counter(requested=2, waiting=1) + Counter({too_much: 17})
    assert sum(payment.refunds.values_list("amount_cents", flat=True)) == 12000


def test_when_several_people_decide_about_a_refund_at_once_one_decision_counts(charge, real_database):
    payment = kept_payment(charge)
    people = [
        member(f"{name} Finance", permissions=("give_refund",)) for name in ("Fay", "Finn", "Flo", "Fern")
    ]
    said = {"cause": "our_error", "reason": "Why."}
    request_refund(payment, amount_cents=12900, by=people[0], at=NOON, **said)
    race(real_database, ACT("decide"), *(one.email for one in people[1:]), processes=2)
    refund = Refund.objects.get()
    assert refund.state in ("requested", "refused")
    decided = HistoryEntry.objects.filter(verb__in=("approved", "refused"))
    assert [entry.by for entry in decided] == [refund.decided_by]


def test_a_payment_matched_by_twenty_people_at_once_is_credited_or_returned_but_not_both(
    charge, real_database, finance
):
    receive_event(paid(visit(charge), metadata={}), at=NOON)
    outcomes = race(real_database, ACT("match"), finance.email, processes=2)
    answer = ProviderEvent.objects.get().answer
    assert outcomes[answer] == sum(
        count for said, count in outcomes.items() if not said.startswith("refused")
    )
    credited = LedgerEntry.objects.filter(kind="payment").count()
    assert (credited, Refund.objects.count()) == ((1, 0) if answer == "credited" else (0, 1))


def test_a_charge_paid_and_waived_simultaneously_settles_once_and_refunds_the_excess_once(
    charge, real_database, finance
):
    visit(charge)
    race(real_database, ACT("pay_or_waive"), str(charge.pk), finance.email, processes=2)
    found = Charge.objects.get()
    assert (found.state, found.waived_cents, found.paid_cents) == ("paid", 10000, 12900)
    assert [(one.cause, one.amount_cents) for one in Refund.objects.all()] == [("waived", 10000)]
    assert LedgerEntry.objects.filter(kind="payment").count() == 1
    assert balance(charge) == -10000


def test_ten_simultaneous_waivers_of_most_of_a_charge_waive_it_once(charge, real_database, finance):
    outcomes = race(real_database, ACT("waive"), str(charge.pk), finance.email, processes=2, threads=5)
    assert outcomes == Counter({"open": 1, "refused: Of this, 29.00 can be waived.": 9})
    assert LedgerEntry.objects.filter(kind="relief").count() == 1
