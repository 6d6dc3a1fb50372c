"""The last days of cycles, compared with an oracle that walks through the calendar day by day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.cycle import cycle_number, next_cycle, nth_cycle, period_ending
from rules.cycle_ends import end_beside, first_end
from rules.policy.families import CycleEnds
from tests.rules.cases import ask
from tests.rules.making import made

ONE = timedelta(days=1)
AWARDS = [date(2023, 1, 1) + timedelta(days=number * 11) for number in range(140)]
BORN = date(1990, 2, 10)
Ends = Callable[[date], bool]


def is_month_end(day: date) -> bool:
    return (day + ONE).month != day.month


KINDS: list[tuple[CycleEnds, Ends]] = [
    (CycleEnds("month_end"), is_month_end),
    (CycleEnds("birth_month"), lambda day: is_month_end(day) and day.month == 2),
    (CycleEnds("birthday"), lambda day: (day.month, day.day) == (2, 10)),
    (CycleEnds("fixed", fixed_days=((12, 31),)), lambda day: (day.month, day.day) == (12, 31)),
    (
        CycleEnds("fixed", fixed_days=((3, 31), (9, 30))),
        lambda day: (day.month, day.day) in ((3, 31), (9, 30)),
    ),
    (
        CycleEnds("fixed", fixed_days=((12, 31),), years="even"),
        lambda day: (day.month, day.day) == (12, 31) and day.year % 2 == 0,
    ),
    (
        CycleEnds("fixed", fixed_days=((6, 30),), years="odd"),
        lambda day: (day.month, day.day) == (6, 30) and day.year % 2 == 1,
    ),
]

BIRTH_YEARS: list[tuple[CycleEnds, Ends, date]] = [
    (
        CycleEnds("birth_month", years="birth_year"),
        lambda day: is_month_end(day) and day.month == 3 and day.year % 2 == 1,
        date(1981, 3, 15),
    ),
    (
        CycleEnds("birthday", years="birth_year"),
        lambda day: (day.month, day.day) == (3, 15) and day.year % 2 == 0,
        date(1980, 3, 15),
    ),
]


def two_years_after(day: date) -> date:
    """Return the day two years later; for February 29 it is February 28."""
    return (
        day.replace(year=day.year + 2, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year + 2)
    )


def walked(day: date, step: timedelta, is_end: Ends) -> date:
    while not is_end(day):
        day += step
    return day


@pytest.mark.parametrize(("ends", "is_end"), KINDS, ids=lambda one: getattr(one, "kind", ""))
@pytest.mark.parametrize("rounds", ["up", "down", "nearest"])
def test_the_first_cycle_ends_on_an_allowed_day_rounded_up_down_or_to_the_nearest_as_the_policy_says(
    ends: CycleEnds, is_end: Ends, rounds: str
):
    for awarded_on in AWARDS:
        anniversary = two_years_after(awarded_on)
        up, down = walked(anniversary, ONE, is_end), walked(anniversary, -ONE, is_end)
        nearest = down if anniversary - down < up - anniversary else up
        expected = {"up": up, "down": down, "nearest": nearest}[rounds]
        if expected < awarded_on:
            expected = walked(expected + ONE, ONE, is_end)
        rounded = CycleEnds(ends.kind, rounds, ends.fixed_days, ends.years)
        assert first_end(rounded, awarded_on, 24, BORN) == expected, awarded_on


@pytest.mark.parametrize(("ends", "is_end", "born_on"), BIRTH_YEARS, ids=["odd", "even"])
def test_cycles_end_in_the_even_or_the_odd_years_as_the_year_of_birth_is(
    ends: CycleEnds, is_end: Ends, born_on: date
):
    for awarded_on in AWARDS:
        up = walked(two_years_after(awarded_on), ONE, is_end)
        assert first_end(ends, awarded_on, 24, born_on) == up, awarded_on
        assert end_beside(ends, up, 24, born_on) == up.replace(year=up.year + 2)


def test_an_award_within_the_policys_fewest_days_before_an_end_goes_to_the_next_one():
    ends = CycleEnds("fixed", "down", ((12, 31),), first_months=1, first_least_days=45)
    assert first_end(ends, date(2024, 11, 16), 12, None) == date(2024, 12, 31)
    assert first_end(ends, date(2024, 11, 17), 12, None) == date(2025, 12, 31)


@pytest.mark.parametrize(("ends", "is_end"), KINDS, ids=lambda one: getattr(one, "kind", ""))
def test_each_later_cycle_ends_two_years_after_the_one_before_on_an_allowed_day(
    ends: CycleEnds, is_end: Ends
):
    for awarded_on in AWARDS[::7]:
        end = first_end(ends, awarded_on, 24, BORN)
        for _ in range(6):
            later = end_beside(ends, end, 24, BORN)
            assert is_end(later)
            assert abs((later - two_years_after(end)).days) <= 1
            assert end_beside(ends, later, -24, BORN) == end
            end = later


def test_a_first_cycle_shorter_than_the_policys_minimum_ends_on_the_next_allowed_day():
    ends = CycleEnds("fixed", "down", ((12, 31),), first_least_months=18)
    assert first_end(ends, date(2024, 6, 30), 24, None) == date(2025, 12, 31)
    assert first_end(ends, date(2024, 7, 1), 24, None) == date(2026, 12, 31)


def test_a_first_cycle_longer_than_the_policys_maximum_ends_on_the_allowed_day_before():
    ends = CycleEnds("fixed", "up", ((12, 31),), first_most_months=30)
    assert first_end(ends, date(2024, 7, 1), 24, None) == date(2026, 12, 31)
    assert first_end(ends, date(2024, 6, 30), 24, None) == date(2025, 12, 31)


YEAR_END_DOWN = CycleEnds("fixed", "down", ((12, 31),), first_months=6)
MONEY_YEAR = CycleEnds("fixed", "down", ((6, 29), (6, 30)), first_months=12, first_least_months=18)


@pytest.mark.parametrize(
    ("ends", "awarded_on", "expires_on"),
    [
        # six months lead to 30 June, and down to the day of the award itself
        (YEAR_END_DOWN, date(2024, 12, 31), date(2024, 12, 31)),
        (YEAR_END_DOWN, date(2025, 1, 1), date(2025, 12, 31)),
        # twelve months after the award is long enough, a day before that is not
        (
            replace(YEAR_END_DOWN, first_months=18, first_least_months=12),
            date(2024, 12, 31),
            date(2025, 12, 31),
        ),
        (
            replace(YEAR_END_DOWN, first_months=18, first_least_months=12),
            date(2025, 1, 1),
            date(2026, 12, 31),
        ),
        # 24 months after the award is not too long
        (CycleEnds("fixed", "up", ((12, 31),), first_most_months=24), date(2024, 12, 31), date(2026, 12, 31)),
        (CycleEnds("fixed", "up", ((12, 31),), first_most_months=24), date(2024, 12, 30), date(2025, 12, 31)),
        # of two ends side by side the first is one day too early
        (MONEY_YEAR, date(2024, 12, 31), date(2026, 6, 30)),
        (MONEY_YEAR, date(2024, 12, 29), date(2026, 6, 29)),
        # and back from 29 June 2027 over 30 June 2026, one day too late
        (
            CycleEnds("fixed", "up", ((6, 29), (6, 30)), first_most_months=18),
            date(2024, 12, 29),
            date(2026, 6, 29),
        ),
    ],
)
def test_a_first_cycle_of_exactly_the_minimum_or_maximum_length_is_not_changed(ends, awarded_on, expires_on):
    assert first_end(ends, awarded_on, 24, None) == expires_on


def test_a_cycle_ends_on_the_later_of_two_days_equally_near_to_the_anniversary():
    ends = CycleEnds("fixed", "up", ((1, 30), (2, 27), (3, 1)))
    assert end_beside(ends, date(2025, 1, 30), 1, None) == date(2025, 3, 1)
    assert first_end(replace(ends, rounds="nearest"), date(2025, 1, 28), 1, None) == date(2025, 3, 1)


MONTH_END = made('cycle = { ends = "month_end" }\n')
YEAR_END = made(
    'cycle = { ends = "fixed", fixed_days = ["12-31"], rounds = "down", first = { prorated = "whole" } }\n'
)
BIRTH = made('cycle = { ends = "birth_month" }\n')


def test_cycles_counted_from_an_award_end_with_the_month_and_are_numbered_by_their_last_day():
    awarded_on = date(2022, 2, 10)
    ends = [nth_cycle(MONTH_END, awarded_on, number).expires_on for number in (1, 2, 3)]
    assert ends == [date(2024, 2, 29), date(2026, 2, 28), date(2028, 2, 29)]
    assert nth_cycle(MONTH_END, awarded_on, 2).starts_on == date(2024, 3, 1)
    assert cycle_number(MONTH_END, awarded_on, date(2026, 2, 28)) == 2
    assert cycle_number(MONTH_END, awarded_on, date(2026, 2, 27)) is None
    assert next_cycle(MONTH_END, None, date(2026, 2, 28)).expires_on == date(2028, 2, 29)
    assert period_ending(MONTH_END, None, date(2026, 2, 28)).starts_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("awarded_on", "required"), [("2024-01-01", "20"), ("2024-01-02", "19.17"), ("2024-07-01", "15"), ("2024-12-30", "10")]
)  # fmt: skip
def test_a_shorter_first_cycle_requires_the_share_of_its_whole_months_rounded_up(
    awarded_on: str, required: str
):
    answer = ask(
        {"as_of": "2025-07-01", "awarded_on": awarded_on, "cycle": {"number": 1}, "records": []}, YEAR_END
    )
    assert answer["dates"]["expires_on"] == "2025-12-31"
    assert answer["requirements"][0]["required"] == required


def test_the_second_cycle_requires_the_full_amount_after_a_prorated_first_one():
    question = {"as_of": "2027-07-01", "awarded_on": "2024-07-01", "cycle": {"number": 2}, "records": []}
    assert ask(question, YEAR_END)["requirements"][0]["required"] == "20"


def test_a_policy_whose_cycles_end_by_the_birthday_requires_the_date_of_birth():
    question = {"as_of": "2025-07-01", "awarded_on": "2024-07-01", "cycle": {"number": 1}, "records": []}
    error = ask(question, BIRTH)["error"]
    assert (error["field"], error["message"]) == ("born_on", "This policy counts from the day of birth.")
    answer = ask({**question, "born_on": "1990-02-10"}, BIRTH)
    assert answer["dates"]["expires_on"] == "2027-02-28"
    assert answer["dates"]["next_cycle"] == {"starts_on": "2027-03-01", "expires_on": "2029-02-28"}


@pytest.mark.parametrize(
    ("next_from", "starts_on", "expires_on"),
    [("E", "2026-07-01", "2028-06-30"), ("receipt", "2026-09-10", "2028-09-10"), ("approval", "2026-09-20", "2028-09-20")],
)  # fmt: skip
def test_the_next_cycle_begins_after_expiration_receipt_or_approval_as_the_policy_says(
    next_from, starts_on, expires_on
):
    policy = made(
        'tiers = [{ code = "late", after = "E", through = "E + 1 year", next_from = "%s" }]\n' % next_from  # noqa: UP031
    )
    question = {
        "as_of": "2026-09-10",
        "cycle": {"expires_on": "2026-06-30"},
        "records": [],
        "approved_on": "2026-09-20",
    }
    assert ask(question, policy)["dates"]["next_cycle"] == {"starts_on": starts_on, "expires_on": expires_on}
