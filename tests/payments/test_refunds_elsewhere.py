"""Refunds that somebody made on the provider's own site are booked once, on their own day (Q31)."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import transaction

from core.errors import Refusal
from outbox.models import Notice
from payments.models import LedgerEntry, ProviderEvent, Refund
from payments.services import approve_refund, payment_state, receive_event, refuse_refund, request_refund
from payments.tasks import reconcile_payments
from tests.payments.scenes import NOON, balance, event, mail_of

pytestmark = pytest.mark.django_db
MADE, FAILED = NOON + timedelta(days=1), NOON + timedelta(days=6)


def refund_object(payment, status="succeeded", **changes):
    return {
        "id": "re_site",
        "object": "refund",
        "amount": 12900,
        "created": int(MADE.timestamp()),
        "currency": "usd",
        "metadata": {},
        "payment_intent": payment.provider_ref,
        "status": status,
        **changes,
    }


def told(payment, kind="refund.created", *, at=MADE, status="succeeded", **changes):
    return event(kind, refund_object(payment, status, **changes), name=f"evt_{kind}_{status}", at=at)


def money_rows(payment):
    rows = payment.charge.ledger.exclude(kind__in=["charge", "payment"]).order_by("at", "pk")
    return [(row.kind, row.amount_cents, row.provider_ref, row.at) for row in rows]


def test_a_refund_made_on_the_providers_site_is_booked_once_with_its_own_time(payment):
    late = NOON + timedelta(days=9)
    for kind in ("refund.created", "refund.updated", "refund.created"):
        assert receive_event(told(payment, kind), at=late).state == "processed"
    assert money_rows(payment) == [("refund", 12900, "re_site", MADE), ("waiver", -12900, None, MADE)]
    refund = Refund.objects.get()
    assert (refund.state, refund.cause, refund.by, refund.ended_at) == ("returned", "provider", None, MADE)
    assert (payment_state(payment.charge), balance(payment.charge)) == ("returned", 0)


def test_a_partial_refund_on_the_providers_site_leaves_the_rest_refundable(payment):
    receive_event(told(payment, amount=3000), at=MADE)
    assert [row[:2] for row in money_rows(payment)] == [("refund", 3000), ("waiver", -3000)]
    assert payment_state(payment.charge) == "partly"


def test_the_payer_gets_a_mail_about_a_refund_made_on_the_providers_site(payment):
    receive_event(told(payment), at=MADE)
    mail = mail_of(Notice.objects.get(kind="payments.returned"))
    assert mail.title == "We returned $129 to you on March 3, 2027"
    assert "Somebody here gave it back at our payment service." in mail.text


def test_a_provider_site_refund_that_fails_after_pending_is_reversed_on_the_day_it_failed(payment):
    receive_event(told(payment, status="pending"), at=MADE)
    receive_event(told(payment, "refund.failed", at=FAILED, status="failed"), at=FAILED)
    assert money_rows(payment) == [
        ("refund", 12900, "re_site", MADE),
        ("waiver", -12900, None, MADE),
        ("undone", -12900, "re_site:failed", FAILED),
        ("unwaived", 12900, None, FAILED),
    ]
    assert (payment_state(payment.charge), balance(payment.charge)) == ("paid", 0)
    assert list(Refund.objects.unanswered()) == [Refund.objects.get()]


def test_webhook_messages_about_a_refund_in_any_order_give_the_same_rows(payment):
    words = [
        told(payment, status="pending"),
        told(payment, "refund.updated", status="pending"),
        told(payment, "refund.failed", at=FAILED, status="failed"),
        told(payment, "refund.updated", at=FAILED, status="failed"),
    ]
    found = set()
    for order in permutations(words):
        beginning = transaction.savepoint()
        for one in (*order, order[0]):
            receive_event(one, at=FAILED)
        found.add((Refund.objects.get().state, tuple(money_rows(payment))))
        transaction.savepoint_rollback(beginning)
    assert len(found) == 1
    assert [row[:2] for row in found.pop()[1]] == [
        ("refund", 12900),
        ("waiver", -12900),
        ("undone", -12900),
        ("unwaived", 12900),
    ]


def charge_refunded(payment, cents, rows=None):
    thing = {
        "id": "ch_1",
        "payment_intent": payment.provider_ref,
        "amount_refunded": cents,
        "livemode": False,
    }
    if rows is not None:
        thing["refunds"] = {"object": "list", "data": rows}
    return event("charge.refunded", thing, name="evt_charge_refunded", at=MADE)


def test_a_charge_refunded_message_books_the_refunds_that_it_lists(payment):
    message = charge_refunded(payment, 12900, [refund_object(payment)])
    assert receive_event(message, at=MADE).state == "processed"
    receive_event(told(payment), at=MADE)
    assert [row[:2] for row in money_rows(payment)] == [("refund", 12900), ("waiver", -12900)]


def test_a_charge_refunded_message_without_a_list_of_refunds_queries_the_provider_for_it(payment, provider):
    provider.turn(drop=True)
    made = provider.books.refund({"payment_intent": payment.provider_ref, "amount": "5000"})
    assert receive_event(charge_refunded(payment, 5000), at=MADE).state == "processed"
    assert [row[:3] for row in money_rows(payment)] == [("refund", 5000, made["id"]), ("waiver", -5000, None)]


def test_a_charge_refunded_message_waits_while_the_provider_does_not_answer(payment, provider, clock_at):
    provider.turn(drop=True)
    provider.books.refund({"payment_intent": payment.provider_ref, "amount": "5000"})
    provider.turn(down=True)
    assert receive_event(charge_refunded(payment, 5000), at=NOON).state == "received"
    provider.turn(down=False)
    clock_at("2027-03-02 12:01")
    reconcile_payments()
    assert ProviderEvent.objects.get(type="charge.refunded").state == "processed"
    assert [row[:2] for row in money_rows(payment)] == [("refund", 5000), ("waiver", -5000)]


def test_a_portal_refund_repeated_in_a_charge_refunded_message_is_booked_once(payment, provider, finance):
    request_refund(payment, amount_cents=3000, cause="our_error", reason="Why.", by=finance, at=NOON)
    reconcile_payments()
    provider.deliver_due()
    receive_event(charge_refunded(payment, 3000), at=MADE)
    assert [row[:2] for row in money_rows(payment)] == [("refund", 3000), ("waiver", -3000)]


def test_a_refund_on_the_providers_site_ends_the_portals_unsent_refund_as_failed(payment, provider, finance):
    request_refund(payment, amount_cents=10000, cause="our_error", reason="Why.", by=finance, at=NOON)
    provider.books.refund({"payment_intent": payment.provider_ref})
    provider.deliver_due()
    reconcile_payments()
    assert list(Refund.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "returned"]
    assert list(Refund.objects.unanswered()) == []
    assert [row[:2] for row in money_rows(payment)] == [("refund", 12900), ("waiver", -12900)]


def test_a_manual_refund_cannot_be_approved_once_the_provider_has_refunded_the_money(
    payment, finance, second_finance
):
    waiting = request_refund(
        payment,
        amount_cents=12900,
        cause="our_error",
        reason="Why.",
        by=finance,
        at=NOON,
        hand_reference="Check 4",
    )
    assert waiting.state == "waiting"
    receive_event(told(payment), at=MADE)
    with pytest.raises(Refusal, match="has gone back in another way since. Refuse this refund."):
        approve_refund(waiting, by=second_finance, at=MADE)
    assert refuse_refund(waiting, reason="It went back.", by=second_finance, at=MADE).state == "refused"
    assert LedgerEntry.objects.filter(kind="refund").count() == 1


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"currency": "eur"}, "The refund re_site is of 12900 EUR."),
        ({"amount": 0}, "The refund re_site is of 0 USD."),
    ],
)
def test_a_refund_in_another_currency_or_of_nothing_is_parked_for_staff(payment, changes, note):
    parked = receive_event(told(payment, **changes), at=MADE)
    assert (parked.state, parked.note) == ("parked", note)
    assert (money_rows(payment), Refund.objects.count()) == ([], 0)


def test_a_charge_refunded_message_about_an_unknown_payment_is_ignored(payment):
    payment.provider_ref = "pi_of_somebody_else"
    ignored = receive_event(charge_refunded(payment, 5000), at=MADE)
    assert (ignored.state, ignored.note) == (
        "ignored",
        "The payment pi_of_somebody_else is not in our books.",
    )
    assert Refund.objects.count() == 0
