"""The last day of a cycle under a policy in which it is not simply the anniversary of the award:
the end of a month, the month of birth, or fixed days of the year.
"""

from collections.abc import Iterator
from datetime import date

from rules.days import MONTHS_IN_YEAR, add_days, add_months
from rules.policy.families import CycleEnds
from rules.policy.terms import Day

ANNIVERSARY, MONTH_END, BIRTH_MONTH, BIRTHDAY, FIXED = END_KINDS = (
    *("anniversary", "month_end", "birth_month", "birthday", "fixed"),
)
UP, DOWN, NEAREST = ROUNDINGS = ("up", "down", "nearest")
YEARS = ("any", "even", "odd")
NEXT_FROM = ("E", "receipt", "approval")


class NoBirthday(ValueError):
    """The policy computes the end of a cycle from the day of birth, which is not given."""


def first_end(ends: CycleEnds, awarded_on: date, months: int, born_on: date | None) -> date:
    """Return the last day of an award's first cycle. `months` is the usual length of a cycle.

    The anniversary is moved to an allowed day: up, down or to the nearest, as the policy states.
    While the cycle would be shorter or longer than the policy allows, the next or previous allowed
    day is taken.
    """
    anniversary = add_months(awarded_on, ends.first_months or months)
    end = moved_end(ends, anniversary, born_on)
    if end < awarded_on:
        end = _after(ends, end, born_on)
    while end < add_months(awarded_on, ends.first_least_months):
        end = _after(ends, end, born_on)
    while ends.first_most_months and end > add_months(awarded_on, ends.first_most_months):
        end = _before(ends, end, born_on)
    return end


def moved_end(ends: CycleEnds, day: date, born_on: date | None) -> date:
    """Return the allowed day to which `day` is moved: up, down or to the nearest, as the policy states."""
    if ends.kind == ANNIVERSARY:
        return day
    before, after = _around(ends, day, born_on)
    if ends.rounds == NEAREST:
        return before if day - before < after - day else after
    return after if ends.rounds == UP else before


def end_beside(ends: CycleEnds, end: date, months: int, born_on: date | None) -> date:
    """Return the last day of the cycle that ends about `months` after the one ending on `end`;
    before it when `months` is negative.

    Of the days on which cycles may end, it is the nearest: two years after 28 February, as the last
    day of the month, is 29 February.
    """
    day = add_months(end, months)
    if ends.kind == ANNIVERSARY:
        return day
    before, after = _around(ends, day, born_on)
    return before if day - before < after - day else after


def _after(ends: CycleEnds, end: date, born_on: date | None) -> date:
    return _around(ends, add_days(end, 1), born_on)[1]


def _before(ends: CycleEnds, end: date, born_on: date | None) -> date:
    return _around(ends, add_days(end, -1), born_on)[0]


def _around(ends: CycleEnds, day: date, born_on: date | None) -> tuple[date, date]:
    """Return (the latest allowed day that is not after `day`, the earliest that is not before it)."""
    found = sorted(_possible(ends, day, born_on))
    return max(one for one in found if one <= day), min(one for one in found if one >= day)


def _possible(ends: CycleEnds, day: date, born_on: date | None) -> Iterator[date]:
    """Yield the allowed days of the years before, of and after `day`; at least one lies on each
    side of it.
    """
    for year in range(day.year - 2, day.year + 3):
        if ends.years == "any" or (year % 2 == 0) == (ends.years == "even"):
            yield from _possible_in(ends, year, born_on)


def _possible_in(ends: CycleEnds, year: int, born_on: date | None) -> Iterator[date]:
    if ends.kind == FIXED:
        yield from (date_of(year, one) for one in ends.fixed_days)
    elif ends.kind == MONTH_END:
        yield from (_month_end(year, month) for month in range(1, MONTHS_IN_YEAR + 1))
    elif born_on is None:
        raise NoBirthday("This policy counts from the day of birth.")
    elif ends.kind == BIRTHDAY:
        yield date_of(year, (born_on.month, born_on.day))
    else:
        yield _month_end(year, born_on.month)


def _month_end(year: int, month: int) -> date:
    return add_days(add_months(date(year, month, 1), 1), -1)


def date_of(year: int, day: Day) -> date:
    """Return the month and day in this year; 29 February becomes 28 in a common year."""
    month, number = day
    return add_months(date(2000, month, number), (year - 2000) * MONTHS_IN_YEAR)
