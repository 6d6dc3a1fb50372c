"""Refunds that no service would write, on a database without its mechanisms: each is found."""

import pytest
from django.db import transaction

from payments.models import LedgerEntry, Refund
from recert import clock
from tests.invariants.reading import copy_of, said
from trainers import history


@pytest.fixture
def payment(application) -> LedgerEntry:
    """Jordan's $99.00."""
    return LedgerEntry.objects.get(kind="payment")


def written(payment, stranger, *states: str, **changes) -> Refund:
    """A refund by hand that went through these states."""
    now = clock.now()
    fields = {
        "amount_cents": 9900,
        "cause": "our_error",
        "reason": "Why.",
        "by": stranger,
        "idempotency_key": "by-hand",
        "requested_at": now,
        "state": states[-1],
        **changes,
    }
    refund = Refund.objects.create(charge=payment.charge, payment=payment, **fields)
    with transaction.atomic():
        for step in zip(("", *states), states, strict=False):
            history.record(refund, step[1], trainer=payment.trainer, by=stranger, at=now, change=step)
    return refund


def test_a_refund_as_the_services_write_it_is_no_fault(payment, stranger, found):
    written(payment, stranger, "requested", amount_cents=100)
    assert found() == {}


def test_4_more_goes_back_than_came(payment, stranger, unguarded, found):
    unguarded()
    written(payment, stranger, "requested", amount_cents=9901)
    assert said(found(), 4) == [f"payment {payment.pk} is 9900, and 9901 goes back"]


def test_4_what_was_refused_does_not_count_as_gone(payment, stranger, found):
    now = clock.now()
    written(payment, stranger, "requested", "failed", amount_cents=9900, ended_at=now)
    written(payment, stranger, "requested", idempotency_key="again")
    assert said(found(), 4) == []


def test_5_a_paid_charge_that_is_owed_again(payment, unguarded, found):
    unguarded()
    raised = LedgerEntry.objects.get(kind="charge")
    copy_of(raised, kind="refund", amount_cents=100)
    assert said(found(), 5) == [f"charge {payment.charge_id} is paid, and its ledger says that 100 is owed"]


@pytest.mark.parametrize("who", ["nobody", "who asked", "whose money it is"])
def test_6_a_refund_that_waited_and_went_without_a_second_person(payment, stranger, unguarded, found, who):
    unguarded(Refund, "payments_refund_two_people")
    second = {"nobody": None, "who asked": stranger, "whose money it is": payment.trainer}[who]
    refund = written(payment, stranger, "waiting", "requested", decided_by=second)
    assert said(found(), 6) == [f"refund {refund.pk} needed a second person, and none decided about it"]
