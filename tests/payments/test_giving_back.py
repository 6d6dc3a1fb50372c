"""Refunds by finance: with a reason, within what is kept, never one's own, above $100 by two people (Q21)."""

import pytest
from django.db import transaction

from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, LedgerEntry, Refund
from payments.services import approve_refund, payment_state, refuse_refund, request_refund, still_kept
from payments.tasks import reconcile_payments
from tests.cast import colleague, member
from tests.payments.scenes import NOON, balance, charge_for, pay_twice, record, refusal, sent_by_the_provider

pytestmark = pytest.mark.django_db


def ask(payment, by, cents=3000, **changes):
    said = {"cause": "our_error", "reason": "The late fee was not due.", **changes}
    return request_refund(payment, amount_cents=cents, by=by, at=NOON, **said)


def test_a_partial_refund_stores_its_reason_and_leaves_nothing_owed(payment, provider, finance):
    refund = ask(payment, finance)
    assert (refund.state, refund.by, refund.cause) == ("requested", finance, "our_error")
    told = HistoryEntry.objects.get(verb="asked for")
    assert (told.by, told.trainer, told.reason) == (finance, payment.trainer, "The late fee was not due.")
    assert sent_by_the_provider(provider) == [3000]
    rows = list(LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents"))
    assert rows == [("charge", 12900), ("payment", -12900), ("refund", 3000), ("waiver", -3000)]
    assert LedgerEntry.objects.get(kind="refund").by == finance
    assert balance(payment.charge) == 0
    assert payment_state(Charge.objects.get()) == "partly"
    notice = Notice.objects.get(kind="payments.returned")
    assert (notice.trainer, notice.payload["cents"], notice.payload["cause"]) == (
        payment.trainer,
        3000,
        "our_error",
    )


def test_two_partial_refunds_adding_up_to_the_payment_leave_nothing_to_refund(
    payment, finance, second_finance
):
    ask(payment, finance, 10000)
    approve_refund(ask(payment, finance, 2900), by=second_finance, at=NOON)
    assert still_kept(payment) == 0
    reconcile_payments()
    assert payment_state(Charge.objects.get()) == "returned"
    assert balance(payment.charge) == 0


@pytest.mark.parametrize("cents", [12901, 0, -1, 10**12])
def test_a_refund_above_the_unrefunded_rest_is_refused(payment, finance, cents):
    sentence = refusal("amount", ask, payment, finance, cents)
    assert sentence == "Enter an amount from 0.01 to 129.00, which is what is kept of this payment."


def test_a_requested_refund_reduces_the_unrefunded_rest_and_a_failed_one_does_not(payment, finance):
    first = ask(payment, finance, 9000)
    assert "0.01 to 39.00" in refusal("amount", ask, payment, finance, 3901)
    with transaction.atomic():
        Refund.objects.filter(pk=first.pk).update(state="failed", ended_at=NOON)
    assert still_kept(payment) == 12900
    with transaction.atomic():
        HistoryEntry.objects.create(
            subject=f"payments.refund:{first.pk}",
            verb="failed",
            at=NOON,
            from_state="requested",
            to_state="failed",
        )


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_requesting_a_refund_without_a_reason_is_refused(payment, finance, reason):
    assert refusal("no_words", ask, payment, finance, reason=reason) == "Write the reason."
    refusal("words_length", ask, payment, finance, reason="x" * 301)


@pytest.mark.parametrize("cause", ["twice", "late", "not_due", "", "nonsense"])
def test_staff_cannot_choose_a_cause_reserved_for_automatic_refunds(payment, finance, cause):
    refusal("cause", ask, payment, finance, cause=cause)


def test_only_finance_may_refund(payment, jordan):
    for group in ("reviewer", "lead", "registrar", "read-only"):
        refusal("not_allowed", ask, payment, member(f"{group.title()} Person", group))
    refusal("not_allowed", ask, payment, jordan)


def test_finance_cannot_refund_their_own_payment_or_approve_such_a_refund(provider, finance, second_finance):
    own = provider.settle(charge_for(finance))
    assert refusal("own_money", ask, own, finance) == "Somebody else must decide about your own money."
    waits = ask(own, second_finance, 12900)
    refusal("own_money", approve_refund, waits, by=finance, at=NOON)
    refusal("own_money", refuse_refund, waits, reason="No.", by=finance, at=NOON)


def test_a_fee_without_a_refund_rule_is_refunded_only_for_our_own_error(jordan, provider, finance):
    payment = provider.settle(charge_for(jordan, kind="petition", subject="petitions.petition:1"))
    assert refusal("not_refundable", ask, payment, finance, cause="wish").endswith(
        "only when we made a mistake."
    )
    refusal("not_refundable", record, payment, finance, cause="wish")
    assert ask(payment, finance).state == "requested"
    assert record(payment, finance).state == "returned"


# --- the second person


@pytest.mark.parametrize(("cents", "state"), [(9999, "requested"), (10000, "requested"), (10001, "waiting")])
def test_a_refund_above_100_dollars_waits_for_a_second_person(payment, provider, finance, cents, state):
    assert ask(payment, finance, cents).state == state
    assert sent_by_the_provider(provider) == ([] if state == "waiting" else [cents])


def test_partial_refunds_of_a_charge_are_added_up_for_the_limit(payment, finance, second_finance):
    assert ask(payment, finance, 6000).state == "requested"
    waits = ask(payment, second_finance, 4001)
    assert waits.state == "waiting"
    refuse_refund(waits, reason="Too much.", by=finance, at=NOON)
    assert ask(payment, second_finance, 4000).state == "requested"


def test_the_person_who_requested_a_refund_cannot_approve_or_refuse_it(payment, finance):
    waits = ask(payment, finance, 12900)
    refusal("same_person", approve_refund, waits, by=finance, at=NOON)
    refusal("same_person", refuse_refund, waits, reason="No.", by=finance, at=NOON)
    refusal("not_allowed", approve_refund, waits, by=colleague("lead"), at=NOON)
    refusal("not_allowed", refuse_refund, waits, reason="No.", by=colleague("reviewer"), at=NOON)


def test_a_refund_approved_twice_is_sent_once(payment, provider, finance, second_finance):
    waits = ask(payment, finance, 12900)
    for _ in range(2):
        approved = approve_refund(waits, by=second_finance, at=NOON)
    assert (approved.state, approved.decided_by, approved.decided_at) == ("requested", second_finance, NOON)
    assert HistoryEntry.objects.filter(verb="approved", by=second_finance).count() == 1
    reconcile_payments()
    assert sent_by_the_provider(provider) == [12900]
    assert Refund.objects.get().state == "returned"


def test_a_refund_refused_by_the_second_person_is_not_sent(payment, provider, finance, second_finance):
    waits = ask(payment, finance, 12900)
    refusal("no_words", refuse_refund, waits, reason=" ", by=second_finance, at=NOON)
    for _ in range(2):
        refused = refuse_refund(waits, reason="The fee was due.", by=second_finance, at=NOON)
    assert (refused.state, refused.ended_at, refused.decided_by) == ("refused", NOON, second_finance)
    assert HistoryEntry.objects.get(verb="refused").reason == "The fee was due."
    assert sent_by_the_provider(provider) == []
    assert still_kept(payment) == 12900
    assert not Notice.objects.filter(kind="payments.returned").exists()


def test_the_later_of_two_approvers_is_refused_with_the_name_of_the_first(payment, finance, second_finance):
    third = member("Flo Finance", "finance")
    waits = ask(payment, finance, 12900)
    approve_refund(waits, by=second_finance, at=NOON)
    sentence = refusal("decided", refuse_refund, waits, reason="No.", by=third, at=NOON)
    assert sentence == "Finn Finance approved this refund while you had it open. Nothing was changed by you."
    refusal("decided", approve_refund, waits, by=third, at=NOON)


def test_a_refund_that_needs_no_approval_cannot_be_approved(payment, finance, second_finance):
    small = ask(payment, finance)
    refusal("out_of_order", approve_refund, small, by=second_finance, at=NOON)


# --- twice, and at once


def test_a_double_click_requests_one_refund(payment, finance):
    first = ask(payment, finance, seen=0)
    assert ask(payment, finance, seen=0) == first
    assert Refund.objects.count() == 1
    ask(payment, finance, seen=1)
    assert Refund.objects.count() == 2


def test_a_refund_is_refused_when_a_colleague_refunded_since_the_page_was_opened(
    payment, finance, second_finance
):
    ask(payment, finance, seen=0)
    sentence = refusal("changed", ask, payment, second_finance, seen=0)
    assert sentence.startswith("Fay Finance gave money of this payment back while you had it open.")


def test_a_payment_returned_automatically_has_nothing_left_to_refund(charge, finance):
    assert (
        refusal("nothing_left", ask, pay_twice(charge), finance, 1)
        == "Nothing of this payment is kept any more."
    )
