"""What counts towards a cycle that ends on June 30, 2026, by records in the database."""

from datetime import date

import pytest

from ceus.pages.records import cycle_view
from ceus.standing import standing_for
from rules.units import HUNDREDTHS
from tests import factories
from trainers.models import Cycle

RECEIVED = date(2026, 6, 15)


@pytest.fixture
def cycle(db):
    trainer = factories.trainer_with_credential(
        email="e@example.org", name="E", number="1", awarded_on="2022-06-30", expires_on="2026-06-30"
    )
    return Cycle.objects.get(credential__trainer=trainer)


def education(cycle, ceus: str, **fields):
    return factories.CeuRecordFactory(
        credential=cycle.credential,
        hundredths=HUNDREDTHS.parse(ceus),
        **{"completed_on": date(2025, 3, 1), **fields},
    )


def card(cycle, hundredths=10, valid_through=date(2027, 5, 1)):
    return factories.CardFactory(
        credential=cycle.credential,
        hundredths=hundredths,
        completed_on=date(2025, 5, 1),
        valid_through=valid_through,
    )


@pytest.mark.parametrize(
    ("completed_on", "counted"),
    [
        ("2024-06-30", 0),
        ("2024-07-01", 40),
        ("2026-06-30", 40),
        ("2026-07-01", 40),
        ("2026-09-28", 40),
        ("2026-09-29", 0),
    ],
)
def test_a_course_counts_from_the_first_day_of_the_cycle_through_90_days_after_its_end(
    cycle, completed_on, counted
):
    education(cycle, "0.4", completed_on=date.fromisoformat(completed_on))
    assert standing_for(cycle, today=RECEIVED).total.counted == counted


@pytest.mark.parametrize(
    ("courses", "card_hundredths", "unmet", "counted"),
    [
        (["1.9"], 10, (), 200),
        (["2.0"], None, ("cpr_aed",), 200),
        (["1.8"], 30, ("total",), 190),
        (["0.6", "0.7", "0.6"], 10, (), 200),
    ],
)
def test_a_cycle_needs_2_ceus_of_which_one_tenth_comes_from_the_card(
    cycle, courses, card_hundredths, unmet, counted
):
    for ceus in courses:
        education(cycle, ceus)
    if card_hundredths:
        card(cycle, card_hundredths)
    standing = standing_for(cycle, today=RECEIVED)
    assert standing.unmet == unmet
    assert standing.total.counted == counted


@pytest.mark.parametrize(
    ("valid_through", "met"), [("2026-06-14", False), ("2026-06-15", True), ("2026-06-16", True)]
)
def test_the_card_must_be_valid_on_the_day_of_receipt(cycle, valid_through, met):
    card(cycle, valid_through=date.fromisoformat(valid_through))
    assert standing_for(cycle, today=RECEIVED).requirement("cpr_aed").met is met


def test_a_course_completed_twice_in_a_cycle_counts_once(cycle):
    course = factories.CourseFactory(hundredths=40)
    for day in (date(2025, 3, 1), date(2025, 4, 1)):
        factories.CeuRecordFactory(
            credential=cycle.credential, course=course, hundredths=40, completed_on=day
        )
    assert standing_for(cycle, today=RECEIVED).total.counted == 40


@pytest.mark.parametrize("ended_on", ["2025-02-28", "2025-03-01", None])
@pytest.mark.parametrize("whose", ["course", "provider"])
def test_a_logged_course_still_counts_when_its_approval_ends_later(cycle, whose, ended_on):
    record = education(cycle, "0.4", completed_on=date(2025, 3, 1))
    row = record.course if whose == "course" else record.course.provider
    row.approved_through = ended_on and date.fromisoformat(ended_on)
    row.save()
    assert standing_for(cycle, today=RECEIVED).total.counted == 40
    assert cycle_view(cycle, today=RECEIVED).standing.total.counted == 40


@pytest.mark.parametrize("state", ["accepted", "pending"])
def test_a_record_of_a_course_not_approved_on_its_day_does_not_count_and_says_so(cycle, state):
    education(cycle, "0.4", completed_on=date(2025, 3, 1), approved=False, state=state)
    assert standing_for(cycle, today=RECEIVED).total.counted == 0
    (row,) = cycle_view(cycle, today=RECEIVED).rows
    assert (row.fate.tag, row.why) == (
        "Not counted",
        "This does not count, because the course was not approved on March 1, 2025.",
    )


def test_a_record_claimed_by_another_cycle_does_not_count_again(cycle):
    record = education(cycle, "0.4", completed_on=date(2026, 7, 15))
    later = factories.CycleFactory(credential=cycle.credential, expires_on=date(2028, 6, 30))
    assert standing_for(later, today=RECEIVED).total.counted == 40
    record.claimed_for = cycle
    record.save()
    assert standing_for(later, today=RECEIVED).total.counted == 0
    assert standing_for(cycle, today=RECEIVED).total.counted == 40


def test_counting_uses_two_queries_for_any_number_of_records(cycle, django_assert_num_queries):
    for _ in range(30):
        education(cycle, "0.1")
    cycle = Cycle.objects.select_related("credential").get()
    with django_assert_num_queries(2):  # the records, and what was granted
        standing_for(cycle, today=RECEIVED)
