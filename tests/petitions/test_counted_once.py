"""One event counts once, however its title is typed in a second petition (invariant 13)."""

from datetime import date, timedelta

import pytest

from ceus.models import CeuRecord
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
def test_a_petition_whose_title_only_looks_different_is_refused_on_the_same_day(
    jordan, reviewer, at, title, again, listed
):
    first = scenes.submitted(jordan, at=at, title=title)
    scenes.decided(first, "approve", by=reviewer, at=at, lists_course=listed)
    second = scenes.submitted(jordan, at=at, title=again)
    decision = services.decide_petition(second, verdict="approve", by=reviewer, at=at)
    with refused_with(f"“{again}” on that day already counts.", "counted_before"):
        services.release_petition_decision(decision, at=at + timedelta(minutes=10))
    assert CeuRecord.objects.get().title == title


def test_petitions_of_another_title_or_another_day_count_beside_the_first(jordan, reviewer, at):
    for changes in ({}, {"title": "Kettlebell Biomechanics 2"}, {"completed_on": date(2027, 1, 11)}):
        sent = scenes.submitted(jordan, at=at, **changes)
        assert scenes.decided(sent, "approve", by=reviewer, at=at).state == "approved"
    assert CeuRecord.objects.count() == 3
