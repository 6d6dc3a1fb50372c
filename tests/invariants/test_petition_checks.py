"""The checks of petitions name each damage once its mechanism is removed (I6, I11 to I15)."""

import pytest

from ceus.models import CeuRecord
from core.models import HistoryEntry
from petitions import services
from petitions.models import Decision, Petition, PetitionDocument
from tests.cast import colleague
from tests.invariants.scenes import said
from tests.petitions import scenes


@pytest.fixture
def at(clock_at):
    return clock_at("2027-03-02 12:00")


@pytest.fixture
def petition(world, at) -> Petition:
    return scenes.submitted(world, at=at)


def test_a_petition_denied_then_granted_on_reconsideration_breaks_no_check(world, petition, at, found):
    scenes.decided(petition, "deny", by=colleague("reviewer"), at=at)
    services.ask_another_look(petition, by=world, at=at, why="Look again.")
    scenes.decided(petition, "approve", by=colleague("second_reviewer"), at=at, lists_course=True)
    assert {key: rows for key, rows in found().items() if key[0] in (6, 11, 13, 14, 15)} == {}


def test_i6_names_a_petition_under_review_without_payment(world, at, unguarded, found):
    unpaid = scenes.unpaid(world, at=at)
    unguarded()
    Petition.objects.filter(pk=unpaid.pk).update(state="submitted", answer_due_on="2027-03-16")
    assert said(found(), 6) == [f"{unpaid.reference} is reviewed, and its fee is not paid"]


def test_i6_names_a_charge_of_another_petition(petition, world, at, unguarded, found):
    other = scenes.submitted(world, at=at, title="Foam Rolling in Depth")
    unguarded()
    Petition.objects.filter(pk=petition.pk).update(charge=None, state="draft", answer_due_on=None)
    Petition.objects.filter(pk=other.pk).update(charge=petition.charge_id)
    assert said(found(), 6) == [f"{other.reference} has the charge of petitions.petition:{petition.pk}"]


def test_i11_names_a_petition_state_without_history(petition, unguarded, found):
    unguarded()
    Petition.objects.filter(pk=petition.pk).update(state="question", answer_due_on=None)
    assert said(found(), 11) == [
        f"petitions.petition:{petition.pk} is question, and its history says submitted"
    ]


def test_i12_names_a_petition_with_another_trainers_document(petition, stranger, unguarded, found):
    unguarded()
    proof = PetitionDocument.objects.first()
    type(proof.document).objects.filter(pk=proof.document_id).update(owner=stranger)
    assert f"{petition.reference} is proven by document {proof.document_id} of another owner" in said(
        found(), 12
    )


def test_i13_names_a_petition_whose_granted_record_does_not_match_it(petition, at, unguarded, found):
    petition = scenes.decided(petition, "approve", by=colleague("reviewer"), at=at)
    unguarded()
    CeuRecord.objects.filter(pk=petition.record_id).update(completed_on="2027-01-11")
    assert f"{petition.reference} granted record {petition.record_id}, which is not about it" in said(
        found(), 13
    )


def test_i14_names_a_petition_decided_by_its_own_trainer(petition, world, at, unguarded, found):
    petition = scenes.decided(petition, "approve", by=colleague("reviewer"), at=at)
    unguarded()
    Decision.objects.update(by=world)
    assert said(found(), 14) == [f"{petition.reference} was decided by its own trainer"]


def test_i14_names_a_petition_that_ended_without_a_decision(petition, at, unguarded, found):
    petition = scenes.decided(petition, "deny", by=colleague("reviewer"), at=at)
    unguarded()
    Decision.objects.update(state="taken_back")
    assert said(found(), 14) == [f"{petition.reference} ended without a decision in effect"]


def test_i15_names_a_transition_that_is_not_in_the_table(petition, unguarded, found):
    unguarded()
    step = HistoryEntry.objects.get(subject=f"petitions.petition:{petition.pk}", to_state="submitted")
    HistoryEntry.objects.filter(pk=step.pk).update(from_state="withdrawn")
    assert said(found(), 15) == [f"petitions.petition:{petition.pk} went from withdrawn to submitted"]
