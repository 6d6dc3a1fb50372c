"""One event counts once, however its title is typed in a second petition (invariant 13)."""

from datetime import date

import pytest

from ceus.models import CeuRecord, Course
from petitions import services
from tests.petitions import scenes
from tests.reading import refused_with

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
