"""Warnings on the page of a petition: its fee went back, a decision is stuck, another look is for somebody else."""

import pytest
from django.urls import reverse

from core import clock
from core.constraints import require_value
from payments.services import request_refund
from petitions import services
from petitions.models import Petition
from petitions.tasks import release_decisions
from staff.decisions import last_entry
from tests import factories
from tests.cast import member
from tests.petitions import scenes as stage

pytestmark = pytest.mark.django_db


def page_of(name: str, petition: Petition) -> str:
    return reverse(f"admin:petitions_petition_{name}", args=[petition.pk])


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at("2027-01-20 10:32"))


@pytest.fixture
def client(desk, reviewer):
    return desk(reviewer)


def test_the_petition_review_says_that_the_fee_was_refunded_and_offers_no_approval(petition, client):
    finance = member("Fay Finance", "finance")
    shown = client.get(page_of("review", petition)).content.decode()
    assert page_of("approve", petition) in shown
    payment = petition.charge.ledger.get(kind="payment")
    error = {"amount_cents": 2500, "cause": "our_error", "reason": "Charged by mistake."}
    request_refund(payment, by=finance, at=clock.now(), **error)
    shown = client.get(page_of("review", petition)).content.decode()
    assert "The fee was given back." in shown
    assert page_of("approve", petition) not in shown
    answers = {"hundredths": "0.4", "seen": require_value(last_entry(petition)).pk}
    answer = client.post(page_of("approve", petition), answers)
    assert answer.status_code == 422
    assert "it cannot be approved. Decline it" in answer.content.decode()


def test_the_petition_review_says_why_a_pending_decision_could_not_take_effect(
    petition, jordan, client, clock_at
):
    answers = {"hundredths": "0.4", "confirmed": "yes", "seen": require_value(last_entry(petition)).pk}
    client.post(page_of("approve", petition), answers)
    factories.CeuRecordFactory(
        credential=jordan.credentials.get(),
        title="Kettlebell Biomechanics",
        completed_on=petition.completed_on,
        course=None,
    )
    clock_at("2027-01-20 10:42")
    release_decisions()
    shown = " ".join(client.get(page_of("review", petition)).content.decode().split())
    assert "It could not take effect.</strong> “Kettlebell Biomechanics” on that day already counts" in shown
    decision = petition.decisions.get()
    undone = client.post(reverse("admin:petitions_decision_undo", args=[decision.pk]))
    assert undone.status_code == 302
    assert "Decision" in client.get(page_of("review", petition)).content.decode()
    decision.refresh_from_db()
    assert decision.state == "taken_back"


def test_the_first_reviewer_of_a_petition_sees_that_somebody_else_must_reconsider_it(
    petition, jordan, desk, reviewer, lead
):
    stage.decided(petition, "deny", by=reviewer, at=clock.now())
    services.ask_another_look(petition, by=jordan, at=clock.now(), why="Page two.")
    mine = desk(reviewer).get(page_of("review", petition)).content.decode()
    assert "You decided this before, and the trainer asked for another look." in mine
    assert page_of("approve", petition) not in mine
    theirs = desk(lead).get(page_of("review", petition)).content.decode()
    assert "You decided this before" not in theirs
    assert page_of("approve", petition) in theirs
