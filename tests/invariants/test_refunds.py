"""Refunds that no service would write, in a database without its mechanisms: each is named."""

import pytest
from django.db import transaction

from core import clock
from core.history import record_history
from payments.models import LedgerEntry, Refund
from tests.invariants.scenes import copy_of, said


@pytest.fixture
def payment(application) -> LedgerEntry:
    """Return Jordan's payment of $99.00."""
    return LedgerEntry.objects.get(kind="payment")


def written(payment, stranger, *states: str, **changes) -> Refund:
    """Return a refund whose states were written without services."""
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
            record_history(refund, step[1], trainer=payment.trainer, by=stranger, at=now, change=step)
    return refund


def test_a_refund_made_by_the_services_breaks_no_check(payment, stranger, found):
    written(payment, stranger, "requested", amount_cents=100)
    assert found() == {}


def test_i4_names_refunds_above_the_payment(payment, stranger, unguarded, found):
    unguarded()
    written(payment, stranger, "requested", amount_cents=9901)
    assert said(found(), 4) == [f"payment {payment.pk} is 9900, and 9901 goes back"]


def test_i4_does_not_count_a_refused_refund(payment, stranger, found):
    now = clock.now()
    written(payment, stranger, "requested", "failed", amount_cents=9900, ended_at=now)
    written(payment, stranger, "requested", idempotency_key="again")
    assert said(found(), 4) == []


def test_i5_names_a_paid_charge_with_a_ledger_balance_that_is_still_owed(payment, unguarded, found):
    unguarded()
    raised = LedgerEntry.objects.get(kind="charge")
    copy_of(raised, kind="refund", amount_cents=100)
    charge = payment.charge_id
    assert said(found(), 5) == [
        f"charge {charge} is paid, and 0 of 9900 is waived instead of 100",
        f"charge {charge} is paid, and its ledger says that 100 is owed",
        f"charge {charge}: 0 went back by the provider, and its ledger says 100",
    ]


@pytest.mark.parametrize("who", ["nobody", "who asked", "whose money it is"])
def test_i6_names_a_large_refund_without_a_second_person(payment, stranger, unguarded, found, who):
    unguarded(Refund, "payments_refund_two_people")
    second = {"nobody": None, "who asked": stranger, "whose money it is": payment.trainer}[who]
    refund = written(payment, stranger, "waiting", "requested", decided_by=second)
    assert said(found(), 6) == [f"refund {refund.pk} needed a second person, and none decided about it"]


def by_hand(payment, stranger, *states: str, **changes) -> Refund:
    """So that it left by check, and its row in the ledger."""
    changes = {"hand_reference": "Check 4", "amount_cents": 100, "ended_at": clock.now(), **changes}
    refund = written(payment, stranger, *states, **changes)
    copy_of(LedgerEntry.objects.get(kind="charge"), kind="refund", amount_cents=100, hand_reference="Check 4")
    copy_of(LedgerEntry.objects.get(kind="charge"), kind="waiver", amount_cents=-100)
    return refund


def test_a_recorded_manual_refund_breaks_no_check(payment, stranger, found):
    by_hand(payment, stranger, "returned")
    assert found() == {}


@pytest.mark.parametrize("change", [{"attempts": 1}, {"provider_id": "re_1"}])
def test_i4_names_a_manual_refund_that_the_provider_sent_too(payment, stranger, unguarded, found, change):
    unguarded(Refund, "payments_refund_by_hand_never_sent")
    refund = by_hand(payment, stranger, "returned", **change)
    assert said(found(), 4) == [f"refund {refund.pk} went by hand, and the provider was asked for it too"]


@pytest.mark.parametrize(("state", "cents"), [("requested", 100), ("failed", 200)])
def test_i4_reports_a_manual_refund_that_replaces_one_that_did_not_fail_or_had_another_amount(
    payment, stranger, found, state, cents
):
    ended_at = clock.now() if state == "failed" else None
    steps = ["requested"] if state == "requested" else ["requested", "failed"]
    other = written(payment, stranger, *steps, ended_at=ended_at, amount_cents=cents, idempotency_key="first")
    refund = by_hand(payment, stranger, "returned", instead_of=other)
    assert said(found(), 4) == [f"refund {refund.pk} makes good one that did not fail, or another amount"]


def test_i5_names_a_manual_refund_without_a_ledger_entry(payment, stranger, found):
    changes = {"hand_reference": "Check 4", "amount_cents": 100, "ended_at": clock.now()}
    written(payment, stranger, "returned", **changes)
    charge = payment.charge_id
    assert said(found(), 5) == [
        f"charge {charge}: 100 went back by hand with reference Check 4, and its ledger says 0"
    ]
