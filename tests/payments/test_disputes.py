"""Disputes: one row each, in whatever order messages arrive; lost and restored money is written to
the ledger (Q31).
"""

import json
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from core.models import HistoryEntry
from payments.models import Dispute, LedgerEntry, ProviderEvent
from payments.services import payment_state, receive_event, still_kept
from payments.tasks import reconcile_payments
from tests.payments.scenes import NOON, balance, charge_for, event, kept_payment, moment, paid, send, visit

pytestmark = pytest.mark.django_db
DUE = int((NOON + timedelta(days=9)).timestamp())
CASES = Path(__file__).with_name("dispute_events.jsonl")


def word(kind, payment_ref, *, day, status="needs_response", name="dp_1", cents=12900, **more):
    thing = {
        "id": name,
        "object": "dispute",
        "amount": cents,
        "currency": "usd",
        "livemode": False,
        "payment_intent": payment_ref,
        "reason": "fraudulent",
        "status": status,
        "evidence_details": {"due_by": DUE},
        **more,
    }
    at = NOON + timedelta(days=day)
    return event(f"charge.dispute.{kind}", thing, name=f"evt_{name}_{kind}_{day}_{status}", at=at)


def receive_webhook(*words, at=NOON):
    return [receive_event(one, at=at).state for one in words]


@pytest.fixture
def payment(charge) -> LedgerEntry:
    return kept_payment(charge)


def money_rows(charge):
    rows = charge.ledger.exclude(kind__in=["charge", "payment"]).order_by("at", "pk")
    return [(row.kind, row.amount_cents, row.provider_ref, row.at.date()) for row in rows]


def test_an_opened_dispute_is_stored_with_its_last_day_and_marks_the_payment_as_disputed(payment):
    assert receive_webhook(word("created", payment.provider_ref, day=1)) == ["processed"]
    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.amount_cents, dispute.reason) == ("to_answer", 12900, "fraudulent")
    assert (dispute.opened_on, dispute.answer_through) == (date(2027, 3, 3), date(2027, 3, 11))
    assert dispute.closed_on is None
    assert still_kept(payment) == 0
    assert payment_state(payment.charge) == "disputed"
    assert money_rows(payment.charge) == []


@pytest.mark.parametrize(
    ("utc", "day"), [("2027-03-04 06:59:59", date(2027, 3, 3)), ("2027-03-04 07:00:00", date(2027, 3, 4))]
)
def test_the_dates_of_a_dispute_are_in_the_policys_time_zone(payment, utc, day):
    at = moment(utc)
    due = {"evidence_details": {"due_by": int((at + timedelta(days=7)).timestamp())}}
    words = word("created", payment.provider_ref, day=0, **due) | {"created": int(at.timestamp())}
    receive_webhook(words)
    dispute = Dispute.objects.get()
    assert (dispute.opened_on, dispute.answer_through) == (day, day + timedelta(days=7))


def test_a_lost_dispute_is_booked_on_the_day_it_was_lost_and_leaves_nothing_owed(payment):
    receive_webhook(
        word("created", payment.provider_ref, day=1),
        word("closed", payment.provider_ref, day=3, status="lost"),
    )
    day = date(2027, 3, 5)
    assert money_rows(payment.charge) == [("dispute", 12900, "dp_1", day), ("waiver", -12900, None, day)]
    assert balance(payment.charge) == 0
    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.closed_on) == ("lost", day)
    assert payment_state(payment.charge) == "lost"
    assert still_kept(payment) == 0


def test_a_won_dispute_restores_the_payment_without_a_ledger_entry(payment):
    receive_webhook(
        word("created", payment.provider_ref, day=1),
        word("closed", payment.provider_ref, day=3, status="won"),
    )
    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.closed_on) == ("won", date(2027, 3, 5))
    assert money_rows(payment.charge) == []
    assert payment_state(payment.charge) == "paid"
    assert still_kept(payment) == 12900


def test_an_inquiry_leaves_the_payment_unchanged_until_it_becomes_a_dispute(payment):
    receive_webhook(word("created", payment.provider_ref, day=1, status="warning_needs_response"))
    assert (Dispute.objects.get().state, still_kept(payment)) == ("inquiry", 12900)
    receive_webhook(word("updated", payment.provider_ref, day=2, status="warning_closed"))
    assert (Dispute.objects.get().state, payment_state(payment.charge)) == ("closed", "paid")
    receive_webhook(word("updated", payment.provider_ref, day=4))
    assert (Dispute.objects.get().state, payment_state(payment.charge)) == ("to_answer", "disputed")


LIFE = (
    ("created", 1, "needs_response"),
    ("funds_withdrawn", 1, "needs_response"),
    ("updated", 2, "under_review"),
    ("closed", 3, "lost"),
    ("closed", 5, "won"),
    ("funds_reinstated", 5, "won"),
)


@pytest.mark.parametrize("ends", [("lost",), ("won",), ("lost", "won")])
def test_webhook_messages_about_a_dispute_in_any_order_give_the_same_rows(payment, ends):
    told = [
        word(kind, payment.provider_ref, day=day, status=status)
        for kind, day, status in LIFE
        if status in ("needs_response", "under_review", *ends) and not (len(ends) > 1 and kind == "updated")
    ]
    found = set()
    for order in permutations(told):
        beginning = transaction.savepoint()
        receive_webhook(*order, order[0])
        row = Dispute.objects.values_list(
            *("state", "amount_cents", "opened_on", "answer_through", "closed_on", "told_at", "status"),
            *("withdrawn_at", "reinstated_at", "lost_at", "won_at"),
        ).get()
        found.add((row, tuple(money_rows(payment.charge)), balance(payment.charge)))
        transaction.savepoint_rollback(beginning)
    assert len(found) == 1
    ((row, rows, owed),) = found
    assert (row[0], owed) == (ends[-1], 0)
    both = [("dispute", 12900), ("waiver", -12900), ("won", -12900), ("unwaived", 12900)]
    wanted = {("lost",): both[:2], ("won",): [], ("lost", "won"): both}
    assert [one[:2] for one in rows] == wanted[ends]


def test_a_later_message_does_not_change_a_won_dispute(payment):
    lost, won = (
        word("closed", payment.provider_ref, day=day, status=end) for day, end in ((5, "lost"), (3, "won"))
    )
    for order in ((lost, won), (won, lost)):
        beginning = transaction.savepoint()
        receive_webhook(*order)
        assert (Dispute.objects.get().state, payment_state(payment.charge)) == ("won", "paid")
        assert sum(row[1] for row in money_rows(payment.charge)) == 0
        transaction.savepoint_rollback(beginning)


def test_two_disputes_about_one_payment_are_stored_separately(payment):
    receive_webhook(
        word("closed", payment.provider_ref, day=1, status="lost"),
        word("closed", payment.provider_ref, day=2, status="won", name="dp_2"),
    )
    assert list(Dispute.objects.order_by("pk").values_list("state", flat=True)) == ["lost", "won"]
    assert payment_state(payment.charge) == "lost"


def test_a_dispute_message_that_arrives_before_its_payment_is_processed_after_it(charge):
    session = visit(charge)
    early = word("created", f"pi_{session.pk}", day=1)
    assert receive_webhook(early) == ["parked"]
    assert Dispute.objects.count() == 0
    receive_event(paid(session), at=NOON)
    reconcile_payments()
    assert Dispute.objects.get().charge == charge
    assert ProviderEvent.objects.get(event_id=early["id"]).state == "processed"


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"currency": "cad"}, "is not about money like that of charge"),
        ({"amount": 0}, "is of 0."),
        ({"status": "abandoned"}, "which we do not know"),
    ],
)
def test_a_dispute_message_that_does_not_match_its_payment_is_parked_for_staff(payment, change, note):
    words = word("created", payment.provider_ref, day=1)
    words["data"]["object"] |= change
    assert receive_webhook(words) == ["parked"]
    assert note in ProviderEvent.objects.get(event_id=words["id"]).note
    assert Dispute.objects.count() == 0


def test_replaying_the_recorded_dispute_events_twice_gives_one_dispute_each_in_the_right_state(
    jordan, secrets, clock_at
):
    lines = [{"code": "renewal", "label": "Renewal fee", "amount_cents": 9900}]
    charge = charge_for(jordan, lines=lines)
    session = visit(charge)
    receive_event(paid(session), at=NOON)
    now = clock_at("2026-11-28")
    for line in CASES.read_text().splitlines() * 2:
        told = json.loads(line)
        told["data"]["object"]["payment_intent"] = f"pi_{session.pk}"
        assert send(told, at=now).status_code == 200
    first, second = Dispute.objects.order_by("provider_id")
    assert (first.state, first.opened_on, first.answer_through) == (
        "lost",
        date(2026, 11, 28),
        date(2026, 12, 7),
    )
    assert (second.state, second.closed_on) == ("won", date(2026, 11, 28))
    lost = LedgerEntry.objects.get(kind="dispute")
    assert (lost.amount_cents, lost.provider_ref, int(lost.at.timestamp())) == (9900, "dp_1", 1795895300)
    assert not LedgerEntry.objects.filter(kind="won").exists()
    assert ProviderEvent.objects.filter(state="processed", type__startswith="charge.dispute").count() == 3


def test_the_history_of_a_dispute_has_each_step(payment):
    receive_webhook(
        word("created", payment.provider_ref, day=1),
        word("updated", payment.provider_ref, day=2, status="under_review"),
        word("closed", payment.provider_ref, day=3, status="lost"),
    )
    steps = HistoryEntry.objects.filter(subject__startswith="payments.dispute").order_by("pk")
    assert [(one.from_state, one.to_state) for one in steps] == [
        ("", "to_answer"),
        ("to_answer", "answered"),
        ("answered", "lost"),
    ]


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        (lambda one: Dispute.objects.filter(pk=one.pk).update(provider_id="dp_9"), "payments_dispute_fixed"),
        (lambda one: Dispute.objects.filter(pk=one.pk).delete(), "payments_dispute_kept"),
        (lambda one: Dispute.objects.filter(pk=one.pk).update(state="inquiry"), "payments_dispute_steps"),
        (lambda one: book_unlost(one), "payments_ledger_dispute_lost"),
        (lambda one: another_for(one.charge.ledger.get(kind="charge"), one), "payments_dispute_of_payment"),
    ],
)
def test_the_database_refuses_illegal_changes_of_a_dispute(payment, change, guard):
    receive_webhook(word("created", payment.provider_ref, day=1))
    with pytest.raises(DatabaseError, match=guard), transaction.atomic():
        change(Dispute.objects.get())


def book_unlost(dispute):
    LedgerEntry.objects.create(
        trainer=dispute.charge.trainer,
        charge=dispute.charge,
        kind="dispute",
        amount_cents=12900,
        currency="USD",
        provider_ref=dispute.provider_id,
        at=NOON,
    )


def another_for(entry, dispute):
    dispute.pk, dispute.provider_id, dispute.payment = None, "dp_2", entry
    dispute.save(force_insert=True)
