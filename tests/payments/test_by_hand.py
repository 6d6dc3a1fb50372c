"""Refunds that finance made by bank transfer or check: each is recorded once and never sent to the
provider (Q21).
"""

import pytest

from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, LedgerEntry, Refund
from payments.services import approve_refund, payment_state, refuse_refund, request_refund, still_kept
from tests.guards.changes import refused_by
from tests.payments.scenes import NOON, TRANSFER, balance, mail_of, record, refusal, sent_by_the_provider

pytestmark = pytest.mark.django_db


def test_a_manual_refund_is_booked_with_its_reference_and_not_sent_through_the_provider(
    payment, provider, finance
):
    refund = record(payment, finance, hand_reference="  Transfer  2027-0302/17 ")
    assert (refund.state, refund.hand_reference, refund.ended_at) == ("returned", TRANSFER, NOON)
    assert (refund.attempts, refund.provider_id) == (0, None)
    booked = LedgerEntry.objects.get(kind="refund")
    assert (booked.amount_cents, booked.reference, booked.provider_ref, booked.by) == (
        3000,
        TRANSFER,
        None,
        finance,
    )
    assert booked.reason == "Our own error, by bank transfer or check"
    rows = list(LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents"))
    assert rows == [("charge", 12900), ("payment", -12900), ("refund", 3000), ("waiver", -3000)]
    message = mail_of(Notice.objects.get(kind="payments.returned"))
    assert message.title == "We returned $30 to you on March 2, 2027"
    for part in (message.text, message.html):
        said = " ".join(part.split())
        assert "We returned $30 to you by bank transfer or check, not to the card or account" in said
        assert f"Reference: {TRANSFER}" in said
        assert "Banks take up to 10 days" not in said
    told = HistoryEntry.objects.get(verb="recorded by hand")
    assert (told.by, told.reason, told.detail["reference"]) == (finance, "The card is closed.", TRANSFER)
    assert sent_by_the_provider(provider) == []
    assert balance(payment.charge) == 0


def test_a_manual_refund_is_recorded_once_and_a_second_person_gets_the_name_of_the_first(
    payment, finance, second_finance
):
    first = record(payment, finance, seen=0)
    assert record(payment, finance, seen=0) == first
    sentence = refusal("changed", record, payment, second_finance, seen=0)
    assert sentence.startswith("Fay Finance gave money of this payment back while you had it open.")
    sentence = refusal("recorded", record, payment, second_finance, seen=1)
    assert (
        sentence == "A return of this payment with the reference Transfer 2027-0302/17 is recorded already."
    )
    refusal("recorded", record, payment, finance)
    assert LedgerEntry.objects.filter(kind="refund").count() == 1
    assert Notice.objects.filter(kind="payments.returned").count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"hand_reference": " "}, "no_reference"),
        ({"hand_reference": "x" * 81}, "reference_length"),
        ({"reason": " "}, "no_words"),
        ({"cause": "twice"}, "cause"),
        ({"cents": 12901}, "amount"),
    ],
)
def test_an_invalid_manual_refund_is_refused_like_any_refund(payment, finance, change, code):
    refusal(code, record, payment, finance, **change)


def test_a_manual_refund_above_the_unrefunded_rest_is_refused(payment, provider, finance, second_finance):
    approve_refund(record(payment, finance, 12900), by=second_finance, at=NOON)
    refusal("nothing_left", record, payment, finance, 1, hand_reference="Check 4")
    refusal(
        "nothing_left",
        request_refund,
        payment,
        amount_cents=1,
        by=finance,
        at=NOON,
        cause="our_error",
        reason="No.",
    )
    assert sent_by_the_provider(provider) == []
    assert payment_state(Charge.objects.get()) == "returned"


def test_money_being_refunded_by_the_provider_cannot_be_recorded_as_a_manual_refund(
    payment, provider, finance
):
    request_refund(payment, amount_cents=9000, by=finance, at=NOON, cause="our_error", reason="Why.")
    refusal("amount", record, payment, finance, 3901)
    assert sent_by_the_provider(provider) == [9000]
    refusal("amount", record, payment, finance, 3901)


# --- the second person


def test_a_manual_refund_above_100_dollars_is_booked_once_a_second_person_approves(
    payment, provider, finance, second_finance
):
    waits = record(payment, finance, 12900)
    assert (waits.state, waits.ended_at) == ("waiting", None)
    assert not LedgerEntry.objects.filter(kind="refund").exists()
    assert not Notice.objects.filter(kind="payments.returned").exists()
    refusal("same_person", approve_refund, waits, by=finance, at=NOON)
    for _ in range(2):
        approved = approve_refund(waits, by=second_finance, at=NOON)
    assert (approved.state, approved.decided_by, approved.ended_at) == ("returned", second_finance, NOON)
    assert LedgerEntry.objects.get(kind="refund").amount_cents == 12900
    assert Notice.objects.filter(kind="payments.returned").count() == 1
    assert sent_by_the_provider(provider) == []


def test_a_manual_refund_that_the_second_person_refuses_is_not_booked(payment, finance, second_finance):
    waits = record(payment, finance, 12900)
    refuse_refund(waits, reason="No such transfer.", by=second_finance, at=NOON)
    assert still_kept(payment) == 12900
    assert not LedgerEntry.objects.filter(kind="refund").exists()
    assert record(payment, finance, 12900).state == "waiting"


def test_partial_refunds_by_hand_and_by_the_provider_are_added_up(payment, finance):
    assert record(payment, finance, 6000).state == "returned"
    more = request_refund(payment, amount_cents=4001, by=finance, at=NOON, cause="our_error", reason="Why.")
    assert more.state == "waiting"


# --- the database itself


@pytest.mark.parametrize(
    ("guard", "change"),
    [
        ("payments_refund_by_hand_never_sent", {"attempts": 1}),
        ("payments_refund_by_hand_never_sent", {"provider_id": "re_1"}),
        ("payments_refund_steps", {"state": "requested", "ended_at": None}),
    ],
)
def test_the_database_refuses_to_send_a_manual_refund_to_the_provider(payment, finance, guard, change):
    refund = record(payment, finance)
    with refused_by(guard):
        Refund.objects.filter(pk=refund.pk).update(**change)
