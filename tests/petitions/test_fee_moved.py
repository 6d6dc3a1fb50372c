"""An undecided petition stops when its fee is refunded or disputed, and continues when the fee is
back; a lead decides about an approved one (Q31).
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ceus.models import CeuRecord
from core.errors import Refusal
from outbox.models import Notice
from payments.services import receive_event
from payments.services.giving_back import request_refund
from petitions import services, tasks
from petitions.models import Petition
from petitions.pages.petition import card_of, fee_words
from tests.payments.scenes import event
from tests.petitions import scenes
from tests.reading import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(jordan, at) -> Petition:
    return scenes.submitted(jordan, at=at)


def disputed(petition, at, status="needs_response", days=0):
    thing = {
        "id": "dp_1",
        "amount": 2500,
        "currency": "usd",
        "livemode": False,
        "payment_intent": petition.charge.ledger.get(kind="payment").provider_ref,
        "reason": "fraudulent",
        "status": status,
    }
    kind = "closed" if status in ("won", "lost") else "created"
    moment = at + timedelta(days=days)
    told = event(f"charge.dispute.{kind}", thing, name=f"evt_{status}", at=moment)
    assert receive_event(told, at=moment).state == "processed"
    tasks.follow_fees()
    petition.refresh_from_db()
    return petition


def card(petition, at):
    shown = card_of(petition, at.date())
    return f"{shown.heading}. {shown.line}"


def test_a_disputed_fee_stops_an_undecided_petition_until_we_win_the_dispute(petition, at):
    disputed(petition, at)
    assert (petition.state, petition.answer_due_on) == ("stopped", None)
    assert "The fee of $25 is disputed at your bank, which has not decided." in card(petition, at)
    disputed(petition, at, "won", days=3)
    assert petition.state == "submitted"
    assert petition.answer_due_on is not None
    kinds = Notice.objects.filter(kind__in=["petitions.stopped", "petitions.goes_on"]).order_by("pk")
    assert [(one.kind, one.state) for one in kinds] == [
        ("petitions.stopped", "superseded"),
        ("petitions.goes_on", "due"),
    ]


def test_a_petition_stays_stopped_when_the_fee_dispute_is_lost(petition, at):
    disputed(petition, at)
    disputed(petition, at, "lost", days=3)
    assert petition.state == "stopped"
    assert "Your bank took the fee of $25 back." in card(petition, at)
    assert card(petition, at).endswith("You can ask again with a new petition.")


def test_a_disputed_fee_ends_the_open_question_of_a_petition(petition, reviewer, at):
    services.ask_question(petition, by=reviewer, at=at, text="Which hours?")
    disputed(petition, at)
    assert petition.state == "stopped"
    assert not petition.questions.open().exists()
    disputed(petition, at, "won", days=1)
    assert petition.state == "submitted"


def test_a_disputed_fee_cancels_the_pending_approval_of_a_petition(petition, reviewer, at):
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    disputed(petition, at)
    assert state_of(decision) == "taken_back"
    assert CeuRecord.objects.count() == 0


def test_a_petition_with_a_disputed_fee_can_be_neither_approved_nor_withdrawn(petition, reviewer, jordan, at):
    disputed(petition, at)
    for act in (
        lambda: services.decide_petition(petition, verdict="approve", by=reviewer, at=at),
        lambda: services.withdraw_petition(petition, by=jordan, at=at),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "out_of_order"


def test_the_database_refuses_to_approve_a_petition_whose_fee_is_being_returned(petition, finance, at):
    payment = petition.charge.ledger.get(kind="payment")
    request_refund(payment, amount_cents=100, cause="our_error", reason="Why.", by=finance, at=at)
    with pytest.raises(DatabaseError, match="petitions_fee_kept"), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(state="approved", ended_at=at)


def test_a_petition_stays_approved_when_its_fee_is_disputed(petition, reviewer, at):
    scenes.decided(petition, "approve", by=reviewer, at=at)
    disputed(petition, at, days=1)
    assert petition.state == "approved"
    assert petition.record.state == "accepted"


@pytest.mark.parametrize(("verdict", "state"), [("keep", "accepted"), ("end", "rejected")])
def test_a_lead_decides_whether_an_approved_petition_with_a_lost_fee_keeps_its_record(
    petition, reviewer, lead, at, verdict, state
):
    scenes.decided(petition, "approve", by=reviewer, at=at)
    disputed(petition, at, days=1)
    for _ in range(2):
        services.decide_petition_fee(petition, verdict=verdict, reason="We wrote to you.", by=lead, at=at)
    assert state_of(petition.record) == state
    assert Notice.objects.filter(kind="petitions.fee_decided").count() == 1


def test_a_record_claimed_by_a_renewal_cannot_be_rejected_because_of_a_lost_petition_fee(
    petition, reviewer, lead, at
):
    scenes.decided(petition, "approve", by=reviewer, at=at)
    disputed(petition, at, days=1)
    CeuRecord.objects.update(claimed_for=petition.credential.cycles.get())
    with pytest.raises(Refusal, match="This course counts in a renewal.") as refused:
        services.decide_petition_fee(petition, verdict="end", reason="Why.", by=lead, at=at)
    assert (refused.value.field, petition.charge.fee_decisions.count()) == ("verdict", 0)


def test_only_a_lead_can_decide_about_the_lost_fee_of_an_approved_petition(petition, reviewer, finance, at):
    scenes.decided(petition, "approve", by=reviewer, at=at)
    disputed(petition, at, days=1)
    for person in (reviewer, finance):
        with pytest.raises(Refusal) as refused:
            services.decide_petition_fee(petition, verdict="keep", reason="Why.", by=person, at=at)
        assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("won", "The fee of $25 is not returned."),
        ("needs_response", "The fee of $25 is disputed at your bank, which has not decided."),
        ("lost", "Your bank took the fee of $25 back."),
    ],
)
def test_the_sentence_about_the_petition_fee_matches_the_ledger(petition, at, status, words):
    disputed(petition, at, status)
    assert fee_words(petition) == words
