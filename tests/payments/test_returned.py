"""Money that is not due is returned: a second payment, a late one, one for a withdrawn renewal."""

from datetime import timedelta

import pytest

from outbox.models import Notice
from payments.models import Charge, LedgerEntry, Refund
from payments.services import may_still_settle, payment_state, receive_event
from payments.tasks import reconcile_payments
from tests.guards.changes import refused_by
from tests.payments.scenes import NOON, balance, charge_for, kept_payment, paid, pay_twice, visit

pytestmark = pytest.mark.django_db


def test_a_second_payment_of_a_charge_is_returned(charge):
    second = pay_twice(charge)
    refund = Refund.objects.get()
    assert (refund.cause, refund.amount_cents, refund.state) == ("twice", 12900, "requested")
    assert refund.payment == second
    assert payment_state(Charge.objects.get()) == "paid"
    assert Notice.objects.filter(kind="payments.receipt").count() == 1


def test_a_payment_for_a_void_charge_is_returned_and_the_ledger_balances(charge, provider):
    provider.pay_void(charge)
    assert Refund.objects.get().cause == "not_due"
    assert balance(charge) == -12900  # ours to give back, until the provider has taken it
    reconcile_payments()
    assert Refund.objects.get().state == "returned"
    assert balance(charge) == 0
    assert Charge.objects.get().state == "void"
    assert payment_state(Charge.objects.get()) == "returned"
    kinds = LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents")
    assert list(kinds) == [("charge", 12900), ("waiver", -12900), ("payment", -12900), ("refund", 12900)]
    assert [row["amount"] for row in provider.books.store.every("refund")] == [12900]
    assert Notice.objects.get(kind="payments.returned").payload["cause"] == "not_due"


@pytest.mark.parametrize(
    ("paid_at", "state", "payment"),
    [("2027-03-09 23:59:59", "paid", "paid"), ("2027-03-10 00:00:00", "open", "returned")],
)
def test_a_payment_counts_through_the_last_second_of_the_time_to_pay(
    jordan, clock_at, paid_at, state, payment
):
    charge = charge_for(jordan, pay_by=clock_at("2027-03-10 00:00"))
    session = visit(charge)
    moment = clock_at(paid_at)
    # The message itself comes three days late; the moment of the payment counts.
    receive_event(paid(session, at=moment), at=moment + timedelta(days=3))
    charge.refresh_from_db()
    assert (charge.state, payment_state(charge)) == (state, payment)
    assert [refund.cause for refund in Refund.objects.all()] == ([] if state == "paid" else ["late"])


def test_a_charge_cannot_lapse_while_a_payment_made_in_time_may_be_unreported(jordan, provider, clock_at):
    limit = clock_at("2027-03-10 00:00")
    charge = charge_for(jordan, pay_by=limit)
    assert not may_still_settle(charge)
    clock_at("2027-03-09 23:00")
    page = provider.go(charge, at=clock_at("2027-03-09 23:00"))
    clock_at("2027-03-09 23:59:59")
    provider.turn(drop=True)
    provider.books.pay(page)
    clock_at("2027-03-10 00:00:01")
    assert may_still_settle(charge)
    reconcile_payments()
    assert not may_still_settle(charge)
    assert Charge.objects.get().state == "paid"


def test_a_payment_at_a_slow_bank_is_not_awaited_beyond_the_time_to_pay(jordan, provider, clock_at):
    charge = charge_for(jordan, pay_by=clock_at("2027-03-10 00:00"))
    page = provider.go(charge, at=clock_at("2027-03-09 23:59:30"))
    provider.books.wait_for_bank(page)
    provider.deliver_due()
    assert may_still_settle(charge)
    clock_at("2027-03-10 00:00")
    reconcile_payments()
    assert not may_still_settle(charge)
    assert payment_state(Charge.objects.get()) == "confirming"


@pytest.mark.usefixtures("tampered")
@pytest.mark.parametrize("cents", [12901, 25800])
def test_the_database_refuses_refunds_above_the_payment(charge, cents):
    payment = kept_payment(charge)
    with refused_by("payments_refund_within_payment"):
        refund_row(payment, cents)
    refund_row(payment, 12900)
    with refused_by("payments_refund_within_payment"):
        refund_row(payment, 1, idempotency_key="r2")


def refund_row(payment, cents, **changes):
    fields = {"cause": "our_error", "by": payment.trainer, "reason": "Why.", **changes}
    fields = {"idempotency_key": "r1", "requested_at": NOON, **fields}
    return Refund.objects.create(charge=payment.charge, payment=payment, amount_cents=cents, **fields)


def test_the_database_refuses_a_refund_of_a_ledger_entry_that_is_not_a_payment(charge):
    with refused_by("payments_refund_within_payment"):
        refund_row(LedgerEntry.objects.get(kind="charge"), 100)


@pytest.mark.usefixtures("tampered")
def test_a_payment_is_returned_automatically_at_most_once(charge):
    payment = kept_payment(charge)
    refund_row(payment, 100, cause="twice", by=None)
    with refused_by("payments_refund_one_automatic"):
        refund_row(payment, 100, cause="late", by=None, idempotency_key="r2")
