"""What is refused about notes, assignments and pending decisions, each with its sentence."""

from datetime import timedelta

import pytest

from cases.decisions import release_decision
from cases.models import Assignment, Conflict, Mention, Note
from cases.services.assigning import assign_case, record_conflict
from cases.services.noting import add_note, mark_mention_read
from core.models import HistoryEntry
from petitions import services
from petitions.models import Petition
from tests.cases.desk_racing import AT
from tests.petitions import scenes
from tests.reading import refused_with


@pytest.fixture
def petition(jordan) -> Petition:
    return scenes.submitted(jordan, at=AT)


def test_staff_cannot_write_notes_about_themselves_or_mark_a_colleagues_mention_as_read(
    petition, jordan, reviewer, second_reviewer, lead
):
    jordan.is_staff = True
    jordan.save()
    jordan.groups.set(reviewer.groups.all())
    for row in (jordan, petition):
        with refused_with("Somebody else writes notes about you.", "own_case"):
            add_note(row, text="I am nice.", by=jordan, at=AT)
    add_note(petition, text="@Ben, look at page 2.", by=reviewer, at=AT)
    mention = Mention.objects.get()
    with refused_with("This note is for somebody else.", "not_allowed"):
        mark_mention_read(mention, by=lead, at=AT)
    for at in (AT, AT + timedelta(hours=1)):
        mark_mention_read(mention, by=second_reviewer, at=at)
    assert (Note.objects.count(), Mention.objects.get().read_at) == (1, AT)


def test_a_case_is_not_assigned_to_a_former_colleague_who_still_has_a_role(petition, reviewer, lead):
    reviewer.is_staff = False
    reviewer.save()
    with refused_with("Robin Reviewer does not work here any more.", "left"):
        assign_case(petition, to=reviewer, by=lead, at=AT)
    assert not Assignment.objects.exists()


def test_staff_who_decide_no_cases_cannot_declare_that_they_know_a_trainer(petition, jordan, finance):
    with refused_with("You decide about no cases, so nothing comes to you.", "not_allowed"):
        record_conflict(jordan, by=finance, at=AT)
    assert not Conflict.objects.exists()


def test_a_second_review_is_not_assigned_to_the_reviewer_who_decided_first(
    petition, jordan, reviewer, lead, clock_at
):
    scenes.decided(petition, "deny", by=reviewer, at=AT)
    services.ask_another_look(petition, why="Please look again.", by=jordan, at=AT + timedelta(hours=1))
    with refused_with(
        "Robin Reviewer decided this before. Another look is for somebody else.", "same_person"
    ):
        assign_case(petition, to=reviewer, by=lead, at=AT + timedelta(hours=2))
    assert not Assignment.objects.exists()


def test_a_decision_does_not_take_effect_while_it_can_still_be_taken_back(petition, reviewer):
    held = services.decide_petition(petition, verdict="approve", by=reviewer, at=AT)

    def never(case, decision) -> None:
        raise AssertionError("it took effect")

    with refused_with("This decision can still be taken back.", "too_early"):
        release_decision(held, never, at=held.effective_at - timedelta(seconds=1))
    held.refresh_from_db()
    assert (held.state, HistoryEntry.objects.filter(verb="released").count()) == ("pending", 0)
