"""One event counts once, however its title is typed in a second petition (invariant 13)."""

from datetime import date, datetime, timedelta

import pytest

from ceus.models import CeuRecord, Course
from core import clock
from petitions import services, tasks
from petitions.models import Decision, Petition
from tests.petitions import scenes
from tests.reading import refused_with
from trainers.models import Trainer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "again"),
    [
        ("Kettlebell Biomechanics", "KETTLEBELL biomechanics"),
        ("Übungen für Ältere", "ÜBUNGEN FÜR ÄLTERE"),
        ("Übungen für Ältere", "U\u0308bungen für Ältere"),
        ("Fitness Basics", "\ufb01tness  basics"),  # a ligature and two spaces, as PDFs have them
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_second_petition_on_the_same_day_whose_title_differs_only_in_form_is_refused(
    jordan, reviewer, at, title, again, listed
):
    first = scenes.submitted(jordan, at=at, title=title)
    scenes.decided(first, "approve", by=reviewer, at=at, lists_course=listed)
    second = scenes.submitted(jordan, at=at, title=again)
    with refused_with(f"“{again}” on that day already counts.", "counted_before"):
        services.decide_petition(second, verdict="approve", by=reviewer, at=at)
    assert not second.decisions.exists()
    assert CeuRecord.objects.get().title == title


def test_petitions_with_another_title_or_date_count_in_addition_to_the_first(jordan, reviewer, at):
    for changes in ({}, {"title": "Kettlebell Biomechanics 2"}, {"completed_on": date(2027, 1, 11)}):
        sent = scenes.submitted(jordan, at=at, **changes)
        assert scenes.decided(sent, "approve", by=reviewer, at=at).state == "approved"
    assert CeuRecord.objects.count() == 3


def test_an_approved_course_is_not_listed_twice_when_letter_case_or_spacing_differs(
    jordan, stranger, reviewer, at
):
    for trainer, provider_name, title in (
        (jordan, "École Übung", "Übungen für Ältere"),
        (stranger, "ÉCOLE  ÜBUNG", "ÜBUNGEN für ältere"),
    ):
        sent = scenes.submitted(trainer, at=at, provider_name=provider_name, title=title)
        scenes.decided(sent, "approve", by=reviewer, at=at, lists_course=True)
    assert list(Course.objects.values_list("provider__name", "title")) == [
        ("École Übung", "Übungen für Ältere")
    ]
    first, second = CeuRecord.objects.order_by("pk")
    assert first.course == second.course


def approved(petition: Petition, *, by: Trainer, at: datetime) -> Decision:
    return services.decide_petition(petition, verdict="approve", by=by, at=at)


def test_a_second_petition_for_an_event_is_refused_while_the_approval_of_the_first_is_pending(
    jordan, stranger, reviewer, second_reviewer, at
):
    first = scenes.submitted(jordan, at=at)
    second = scenes.submitted(jordan, at=at, title="KETTLEBELL  biomechanics", asked_hundredths=30)
    pending = approved(first, by=reviewer, at=at)
    sentence = (
        f"{first.reference} is for the same event, and its approval is pending. One event counts once: "
        "take that approval back first, or decline this one."
    )
    with refused_with(sentence, "approved_beside"):
        approved(second, by=second_reviewer, at=at)
    for other in (
        scenes.submitted(stranger, at=at),
        scenes.submitted(jordan, at=at, title="Kettlebell Biomechanics 2"),
        scenes.submitted(jordan, at=at, completed_on=date(2027, 1, 11)),
    ):
        assert approved(other, by=second_reviewer, at=at).state == "pending"
    services.take_back_decision(pending, by=reviewer, at=at)
    approved(second, by=second_reviewer, at=at)
    with clock.moved_to(at + timedelta(minutes=10)):
        assert tasks.release_decisions() == 4


def test_a_second_petition_for_an_event_can_be_declined_while_the_approval_of_the_first_is_pending(
    jordan, reviewer, at
):
    first, second = (scenes.submitted(jordan, at=at, asked_hundredths=one) for one in (40, 30))
    approved(first, by=reviewer, at=at)
    said = {"reason_code": "counted", "words": "It counts already."}
    services.decide_petition(second, verdict="deny", by=reviewer, at=at, **said)
    with clock.moved_to(at + timedelta(minutes=10)):
        assert tasks.release_decisions() == 2
