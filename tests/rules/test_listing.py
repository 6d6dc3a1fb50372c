"""Which courses are approved on a day, and how many CEUs they give from a day on (Q32)."""

from datetime import date

import pytest

from rules.listing import (
    CeusChange,
    Days,
    Period,
    ceus_on,
    ceus_periods,
    days_changed,
    days_outside,
    shared_days,
)


def days(first: str, last: str | None = None) -> Days:
    return Days(date.fromisoformat(first), last and date.fromisoformat(last))


JANUARY, FOREVER = days("2026-01-01", "2026-01-31"), days("2020-01-01")


@pytest.mark.parametrize(
    ("one", "other", "outside"),
    [
        (JANUARY, FOREVER, ()),
        (JANUARY, JANUARY, ()),
        (JANUARY, None, (JANUARY,)),
        (None, JANUARY, ()),
        (JANUARY, days("2026-02-01"), (JANUARY,)),
        (JANUARY, days("2026-01-31"), (days("2026-01-01", "2026-01-30"),)),
        (FOREVER, JANUARY, (days("2020-01-01", "2025-12-31"), days("2026-02-01"))),
        (FOREVER, days("2020-01-01", "2026-03-01"), (days("2026-03-02"),)),
    ],
)
def test_days_outside_a_period_are_those_before_its_start_and_after_its_end(one, other, outside):
    assert days_outside(one, other) == outside


def test_two_periods_share_the_days_through_the_earlier_of_their_last_days():
    assert shared_days(FOREVER, JANUARY) == JANUARY
    assert shared_days(JANUARY, days("2026-01-31", "2026-06-01")) == days("2026-01-31", "2026-01-31")
    assert shared_days(JANUARY, days("2026-02-01")) is None


RAISED = CeusChange(date(2026, 3, 1), 40, 50)
MADE_LATER = CeusChange(date(2025, 6, 1), 50, 30)


@pytest.mark.parametrize(
    ("day", "changes", "given"),
    [
        ("2026-05-01", [], 70),
        ("2026-02-28", [RAISED], 40),
        ("2026-03-01", [RAISED], 50),
        ("2025-05-31", [RAISED, MADE_LATER], 40),
        ("2025-06-01", [RAISED, MADE_LATER], 30),
        ("2026-03-01", [RAISED, MADE_LATER], 30),
        ("2026-02-28", [MADE_LATER, RAISED], 30),
        ("2026-03-01", [MADE_LATER, RAISED], 50),
    ],
)
def test_a_course_gives_the_ceus_of_the_newest_change_in_force_on_the_day(day, changes, given):
    assert ceus_on(date.fromisoformat(day), changes, otherwise=70) == given


@pytest.mark.parametrize(
    ("changes", "starts_on", "hundredths", "changed"),
    [
        ([], "2026-03-01", 40, ()),
        ([], "2026-03-01", 50, (days("2026-03-01"),)),
        ([RAISED], "2026-03-01", 50, ()),
        ([RAISED], "2025-01-01", 50, (days("2025-01-01", "2026-02-28"),)),
        ([RAISED], "2025-01-01", 40, (days("2026-03-01"),)),
        ([RAISED], "2025-01-01", 30, (days("2025-01-01", "2026-02-28"), days("2026-03-01"))),
    ],
)
def test_a_change_of_ceus_affects_only_days_on_which_the_ceus_were_different(
    changes, starts_on, hundredths, changed
):
    found = days_changed(
        changes, otherwise=40, starts_on=date.fromisoformat(starts_on), hundredths=hundredths
    )
    assert found == changed


def test_ceu_periods_have_no_gaps_and_neighbours_with_equal_ceus_are_merged():
    made = [RAISED, CeusChange(date(2026, 6, 1), 50, 60), CeusChange(date(2026, 7, 1), 60, 60)]
    assert ceus_periods(made) == (
        Period(date(2026, 6, 1), None, 60),
        Period(date(2026, 3, 1), date(2026, 5, 31), 50),
        Period(None, date(2026, 2, 28), 40),
    )
    assert ceus_periods([RAISED, MADE_LATER]) == (
        Period(date(2025, 6, 1), None, 30),
        Period(None, date(2025, 5, 31), 40),
    )
    assert ceus_periods([]) == ()


@pytest.mark.parametrize(
    ("stretch", "day", "inside"),
    [
        (JANUARY, "2025-12-31", False),
        (JANUARY, "2026-01-01", True),
        (JANUARY, "2026-01-31", True),
        (JANUARY, "2026-02-01", False),
        (FOREVER, "2019-12-31", False),
        (FOREVER, "2020-01-01", True),
        (FOREVER, "2099-12-31", True),
    ],
)
def test_a_period_contains_its_first_and_last_day_and_is_open_ended_without_a_last_day(stretch, day, inside):
    assert (date.fromisoformat(day) in stretch) is inside
