"""Assignments of cases: given, taken, passed on; never a case of somebody whom the colleague knows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.desk import assigned_to, assignment_of, offered_to
from cases.models import Assignment
from cases.services.assigning import assign_case, hand_on_case, take_case, unassign_case
from cases.tasks import keep_desk
from core.errors import Refusal
from core.models import HistoryEntry
from petitions import services
from petitions.models import Petition
from tests.cases.desk_racing import AT
from tests.petitions import scenes
from tests.race import race


@pytest.fixture
def petition(jordan) -> Petition:
    return scenes.submitted(jordan, at=AT)


def holder(petition: Petition) -> str:
    found = assignment_of(petition)
    return found.assignee.name if found else ""


def code_of(act, *args, **options) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **options)
    return refused.value.code


def test_an_assigned_case_shows_its_assignee_and_history_says_who_assigned_it(petition, reviewer, lead):
    made = assign_case(petition, to=reviewer, by=lead, at=AT)
    assert assign_case(petition, to=reviewer, by=lead, at=AT) == made
    assert holder(petition) == "Robin Reviewer"
    written = HistoryEntry.objects.get(subject=f"cases.assignment:{made.pk}")
    assert (written.verb, written.by, written.trainer) == ("assigned", lead, petition.trainer)
    assert written.detail == {"case": f"petitions.petition:{petition.pk}", "to": reviewer.pk}


def test_a_case_that_a_colleague_took_since_the_page_was_opened_is_not_reassigned(
    petition, reviewer, second_reviewer, lead
):
    take_case(petition, by=reviewer, at=AT)
    with pytest.raises(Refusal, match="Robin Reviewer has taken this case by now"):
        take_case(petition, by=second_reviewer, at=AT)
    assert code_of(unassign_case, petition, by=lead, at=AT, instead_of=second_reviewer) == "taken"
    take_case(petition, by=second_reviewer, at=AT, instead_of=reviewer)
    assert holder(petition) == "Ben Osei"
    unassign_case(petition, by=lead, at=AT, instead_of=second_reviewer)
    assert holder(petition) == ""


@pytest.mark.parametrize("role", ["finance", "read_only", "stranger"])
def test_people_who_may_not_decide_can_neither_take_a_case_nor_be_assigned_one(
    request, petition, reviewer, role
):
    other = request.getfixturevalue(role)
    assert code_of(take_case, petition, by=other, at=AT) == "not_allowed"
    assert code_of(assign_case, petition, to=other, by=reviewer, at=AT) == "not_allowed"
    assert not Assignment.objects.exists()


def test_a_trainer_who_is_also_staff_cannot_be_assigned_their_own_case(petition, jordan, reviewer):
    jordan.is_superuser = jordan.is_staff = True
    jordan.save()
    assert code_of(assign_case, petition, to=jordan, by=reviewer, at=AT) == "own_case"


def test_a_reviewer_who_knows_the_trainer_hands_the_case_on_and_can_neither_get_nor_decide_it(
    petition, reviewer, lead
):
    take_case(petition, by=reviewer, at=AT)
    assert hand_on_case(petition, to=None, by=reviewer, at=AT) is None
    assert hand_on_case(petition, to=lead, by=reviewer, at=AT).assignee == lead
    assert holder(petition) == "Lee Lead"
    assert code_of(assign_case, petition, to=reviewer, by=lead, at=AT, instead_of=lead) == "knows"
    assert code_of(services.decide_petition, petition, verdict="approve", by=reviewer, at=AT) == "knows"
    assert not offered_to(reviewer, Petition.objects.all(), on=AT.date()).exists()


def test_a_case_with_a_pending_decision_cannot_be_handed_on(petition, reviewer):
    services.decide_petition(petition, verdict="approve", by=reviewer, at=AT)
    assert code_of(hand_on_case, petition, to=None, by=reviewer, at=AT) == "pending"


def test_the_case_of_a_colleague_who_lost_their_role_is_unassigned_at_once_and_can_be_taken(
    petition, reviewer, second_reviewer
):
    take_case(petition, by=reviewer, at=AT)
    reviewer.groups.clear()
    assert holder(petition) == ""
    take_case(petition, by=second_reviewer, at=AT)
    assert holder(petition) == "Ben Osei"
    second_reviewer.is_active = False
    second_reviewer.save()
    assert (keep_desk(), keep_desk()) == (1, 0)
    assert not Assignment.objects.standing().exists()


def test_closing_a_case_removes_its_assignee(petition, reviewer, jordan):
    take_case(petition, by=reviewer, at=AT)
    services.withdraw_petition(petition, by=jordan, at=AT)
    assert not Assignment.objects.standing().exists()


def test_a_reviewer_is_offered_their_own_cases_then_unassigned_ones_and_never_a_colleagues(
    jordan, stranger, reviewer, second_reviewer
):
    theirs, nobodys, mine = (
        scenes.submitted(one, at=AT, title=title)
        for one, title in ((jordan, "One"), (stranger, "Two"), (stranger, "Three"))
    )
    take_case(theirs, by=second_reviewer, at=AT)
    take_case(mine, by=reviewer, at=AT)
    rows = Petition.objects.waiting().order_by("answer_due_on", "pk")
    with CaptureQueriesContext(connection) as asked:
        assert list(offered_to(reviewer, rows, on=AT.date())) == [mine, nobodys]
        assert set(assigned_to([theirs, nobodys, mine])) == {theirs.pk, mine.pk}
    assert len(asked) == 2


def test_when_two_reviewers_take_a_case_in_fifty_processes_exactly_one_gets_it(
    real_database, petition, reviewer, second_reviewer
):
    outcomes = race(
        real_database, "tests.cases.desk_racing:take", str(petition.pk), reviewer.email, second_reviewer.email
    )
    assert outcomes == {"has it": 25, "taken": 25}
    assert Assignment.objects.count() == 1
