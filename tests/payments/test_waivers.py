"""A fee line waived after the charge was raised: less is due, what was paid beyond it goes back
(Q35).
"""

from datetime import timedelta

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, CheckoutSession, LedgerEntry, Refund
from payments.services import (
    fee_went_back,
    open_checkout,
    payment_state,
    receive_event,
    refuse_refund,
    request_refund,
    void_charge,
    waive_charge,
)
from payments.tasks import reconcile_payments
from tests.guards.changes import refused_by
from tests.payments.scenes import (
    NOON,
    balance,
    charge_for,
    event,
    kept_payment,
    mail_of,
    open_page,
    page_of,
    paid,
    refused_by_the_provider,
    visit,
)

pytestmark = pytest.mark.django_db


def waive(charge, by, cents=3000, code="late", at=NOON):
    return waive_charge(charge, cents=cents, code=code, by=by, at=at, reason="Orders seen.")


def rows(charge):
    return list(charge.ledger.order_by("pk").values_list("kind", "amount_cents"))


def fresh(charge) -> Charge:
    return Charge.objects.get(pk=charge.pk)


def told(kind) -> str:
    return mail_of(Notice.objects.get(kind=kind)).text


def refusal_of(act) -> str:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code


def test_a_waiver_reduces_what_is_due_of_an_unpaid_charge_and_paying_the_rest_settles_it(
    charge, finance, provider
):
    waive(charge, finance)
    provider.settle(charge)
    assert (fresh(charge).state, fresh(charge).paid_cents, balance(charge)) == ("paid", 9900, 0)
    assert rows(charge) == [("charge", 12900), ("relief", -3000), ("payment", -9900)]
    assert [page["amount_total"] for page in provider.books.store.every("session")] == [9900]
    assert "You paid $99 on" in told("payments.receipt")
    assert "Waived: -$30.00\nTotal paid: $99.00 USD" in told("payments.receipt")
    assert not Refund.objects.exists()


def test_a_complete_waiver_settles_the_charge_without_a_payment_page_or_a_receipt(charge, finance):
    waive(charge, finance, 12900, "renewal")
    charge = fresh(charge)
    assert (charge.state, charge.paid_at, charge.paid_cents) == ("paid", NOON, 0)
    assert (payment_state(charge), balance(charge)) == ("waived", 0)
    assert not Notice.objects.filter(kind="payments.receipt").exists()
    assert not CheckoutSession.objects.exists()
    steps = HistoryEntry.objects.filter(subject=f"payments.charge:{charge.pk}").order_by("pk")
    assert list(steps.values_list("verb", "to_state")) == [
        ("raised", "open"),
        ("waived", ""),
        ("nothing left to pay", "paid"),
    ]


def test_the_paid_part_of_a_waived_fee_is_refunded_once(charge, finance, provider):
    provider.settle(charge)
    waive(charge, finance)
    assert balance(charge) == -3000  # ours to give back
    for _ in range(3):
        reconcile_payments()
    assert [row["amount"] for row in provider.books.store.every("refund")] == [3000]
    refund = Refund.objects.get()
    assert (refund.cause, refund.state, refund.by) == ("waived", "returned", None)
    assert (payment_state(fresh(charge)), balance(charge)) == ("paid", 0)
    assert not fee_went_back(fresh(charge))
    assert rows(charge)[2:] == [("relief", -3000), ("refund", 3000)]
    assert "We waived a fee that you had paid" in told("payments.returned")


def test_two_waivers_of_a_paid_charge_return_each_part_once(charge, finance, provider):
    provider.settle(charge)
    waive(charge, finance, 1000)
    reconcile_payments()
    waive(charge, finance, 2000)
    reconcile_payments()
    assert sorted(Refund.objects.values_list("amount_cents", flat=True)) == [1000, 2000]
    assert balance(charge) == 0


def test_a_payment_page_for_the_amount_before_a_waiver_is_replaced(charge, finance, provider):
    old = provider.go(charge)
    waive(charge, finance)
    new = page_of(open_page(charge))
    assert new != old
    states = {page["id"]: page["status"] for page in provider.books.store.every("session")}
    assert states == {old: "expired", new: "open"}
    assert CheckoutSession.objects.get(state="open").amount_cents == 9900


def test_the_sweep_closes_at_once_a_page_that_asks_for_more_than_is_due(charge, finance, provider):
    provider.go(charge)
    reconcile_payments()
    assert CheckoutSession.objects.get().state == "open"
    waive(charge, finance)
    reconcile_payments()
    assert CheckoutSession.objects.get().state == "expired"


def test_paying_the_amount_before_a_waiver_settles_and_the_excess_is_refunded(charge, finance, provider):
    page = provider.go(charge)
    waive(charge, finance)
    provider.books.pay(page)
    provider.deliver_due()
    assert (fresh(charge).state, fresh(charge).paid_cents) == ("paid", 12900)
    assert "You paid $129 on" in told("payments.receipt")
    reconcile_payments()
    assert [(one.cause, one.amount_cents) for one in Refund.objects.all()] == [("waived", 3000)]
    assert balance(charge) == 0


def test_a_payment_by_a_slow_bank_for_a_completely_waived_charge_is_refunded_completely(
    charge, finance, provider
):
    page = provider.go(charge)
    provider.books.wait_for_bank(page)
    provider.deliver_due()
    waive(charge, finance, 12900, "renewal")
    provider.books.bank_answers(page, yes=True)
    provider.deliver_due()
    assert [(one.cause, one.amount_cents) for one in Refund.objects.all()] == [("not_due", 12900)]
    reconcile_payments()
    assert balance(charge) == 0


def test_a_payment_page_that_was_being_opened_with_the_amount_before_a_waiver_is_abandoned(
    charge, finance, provider, monkeypatch
):
    """The waiver comes between the committed row and the provider's answer."""
    from payments import gateway

    asked = gateway.ask_for_page

    def waived_meanwhile(session):
        if not fresh(charge).waived_cents:
            waive(charge, finance)
        return asked(session)

    monkeypatch.setattr(gateway, "ask_for_page", waived_meanwhile)
    page = page_of(open_page(charge))
    amounts = {
        row["id"]: (row["amount_total"], row["status"]) for row in provider.books.store.every("session")
    }
    assert amounts.pop(page) == (9900, "open")
    assert list(amounts.values()) == [(12900, "expired")]


def test_a_waiver_after_a_refund_for_our_own_error_refunds_no_money_twice(charge, finance, provider):
    payment = provider.settle(charge)
    request_refund(payment, amount_cents=3000, cause="our_error", reason="Ours.", by=finance, at=NOON)
    reconcile_payments()
    waive(charge, finance)
    assert Refund.objects.count() == 1
    assert balance(charge) == 0
    assert payment_state(fresh(charge)) == "paid"


def test_after_a_refused_refund_the_waived_part_of_the_fee_is_refunded(
    charge, finance, second_finance, provider
):
    payment = provider.settle(charge)
    asked = request_refund(payment, amount_cents=12900, cause="our_error", reason="?", by=finance, at=NOON)
    assert asked.state == "waiting"
    waive(charge, finance)
    assert Refund.objects.count() == 1
    refuse_refund(asked, reason="No.", by=second_finance, at=NOON)
    reconcile_payments()
    assert [(one.cause, one.amount_cents) for one in Refund.objects.exclude(state="refused")] == [
        ("waived", 3000)
    ]
    assert balance(charge) == 0


def dispute(charge, status: str, name: str, minutes: int):
    payment = LedgerEntry.objects.get(charge=charge, kind="payment")
    thing = {"id": "dp_1", "amount": 12900, "currency": "usd", "livemode": False, "status": status}
    kind = "charge.dispute.created" if status == "needs_response" else "charge.dispute.closed"
    moment = NOON + timedelta(minutes=minutes)
    told = event(kind, {**thing, "payment_intent": payment.provider_ref}, name=name, at=moment)
    receive_event(told, at=moment)


@pytest.mark.parametrize(("end", "refunds"), [("won", [3000]), ("lost", [])])
def test_the_waived_part_of_a_disputed_payment_is_refunded_only_once_the_dispute_is_won(
    charge, finance, end, refunds
):
    kept_payment(charge)
    dispute(charge, "needs_response", "evt_d1", 1)
    waive(charge, finance)
    assert not Refund.objects.exists()
    dispute(charge, end, "evt_d2", 2)
    assert list(Refund.objects.values_list("amount_cents", flat=True)) == refunds
    assert balance(charge) == -sum(refunds)


def test_a_lost_dispute_about_a_completely_waived_fee_needs_no_fee_decision(charge, finance):
    kept_payment(charge)
    waive(charge, finance, 12900, "renewal")
    dispute(charge, "needs_response", "evt_d1", 1)
    assert not fee_went_back(fresh(charge))
    assert not Charge.objects.went_back().exists()


def test_a_failed_refund_of_a_waived_fee_waits_and_is_not_sent_again(charge, finance, monkeypatch):
    kept_payment(charge)
    waive(charge, finance, 1000)
    refused_by_the_provider(monkeypatch)
    waive(charge, finance, 2000)
    states = Refund.objects.order_by("pk").values_list("state", "amount_cents")
    assert list(states) == [("failed", 1000), ("requested", 2000)]


def test_waiving_an_impossible_amount_or_charge_changes_nothing(charge, jordan, finance, clock_at):
    late = charge_for(jordan, "tests.thing:2", pay_by=NOON + timedelta(days=7))
    assert refusal_of(lambda: waive(late, finance, at=NOON + timedelta(days=7))) == "too_late"
    assert refusal_of(lambda: waive(charge, finance, 12901)) == "amount"
    assert refusal_of(lambda: waive(charge, finance, 0)) == "amount"
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    assert refusal_of(lambda: waive(charge, finance)) == "void"
    assert not Charge.objects.filter(waived_cents__gt=0).exists()


def test_a_void_charge_of_which_a_part_was_waived_owes_nothing(charge, finance):
    waive(charge, finance)
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    assert rows(charge)[1:] == [("relief", -3000), ("waiver", -9900)]


def test_refunds_by_staff_and_waivers_of_a_charge_are_added_up_for_the_two_person_limit(charge, finance):
    payment = kept_payment(charge)
    waive(charge, finance, 3000)
    said = {"cause": "our_error", "reason": "Ours.", "by": finance, "at": NOON}
    assert request_refund(payment, amount_cents=7000, **said).state == "requested"
    assert request_refund(payment, amount_cents=1, **said).state == "waiting"


def test_the_database_refuses_to_refund_more_for_a_waiver_than_was_waived(charge, finance, tampered):
    payment = kept_payment(charge)
    waive(charge, finance)
    with refused_by("payments_refund_waived_only"):
        Refund.objects.create(
            charge=charge,
            payment=payment,
            amount_cents=1,
            cause="waived",
            idempotency_key="more",
            requested_at=NOON,
        )


def test_opening_a_payment_page_for_a_completely_waived_charge_is_refused(charge, finance, jordan):
    waive(charge, finance, 12900, "renewal")
    act = {"by": jordan, "at": NOON, "return_url": "http://x/", "cancel_url": "http://x/"}
    assert refusal_of(lambda: open_checkout(fresh(charge), **act)) == "paid"


def test_a_parked_payment_of_the_amount_before_a_waiver_is_credited_and_its_excess_refunded(charge, finance):
    from payments.services import credit_event

    parked = receive_event(paid(visit(charge), metadata={}), at=NOON)
    waive(charge, finance)
    credit_event(parked, charge=fresh(charge), by=finance, at=NOON)
    assert [(one.cause, one.amount_cents) for one in Refund.objects.all()] == [("waived", 3000)]
