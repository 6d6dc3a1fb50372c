"""The last day of a cycle under a policy in which it is not simply the anniversary of the award:
the end of a month, the month of birth, or fixed days of the year.
"""

from collections.abc import Iterator
from datetime import date

from rules.days import MONTHS_IN_YEAR, add_days, add_months, month_end
from rules.policy.building_blocks import Day
from rules.policy.families import CycleEnds

ANNIVERSARY, MONTH_END, BIRTH_MONTH, BIRTHDAY, FIXED = END_KINDS = (
    *("anniversary", "month_end", "birth_month", "birthday", "fixed"),
)
UP, DOWN, NEAREST = ROUNDINGS = ("up", "down", "nearest")
YEARS = ("any", "even", "odd", "birth_year")
BIRTH_YEAR = YEARS[-1]
E, RECEIPT, APPROVAL = NEXT_FROM = ("E", "receipt", "approval")


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
    while end < add_days(add_months(awarded_on, ends.first_least_months), ends.first_least_days):
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
    """Yield the allowed days of the years around `day`; at least one lies on each side of it."""
    reach = max(2, ends.every_years)
    for year in range(day.year - reach, day.year + reach + 1):
        if (year - ends.including) % ends.every_years == 0 and _fits_parity(ends, year, born_on):
            yield from _possible_in(ends, year, born_on)


def _fits_parity(ends: CycleEnds, year: int, born_on: date | None) -> bool:
    """Return whether cycles end in this year: in every one, the even, the odd, or those that are
    even or odd as the year of birth is.
    """
    if ends.years == "any":
        return True
    if ends.years == BIRTH_YEAR:
        return year % 2 == _born(born_on).year % 2
    return (year % 2 == 0) == (ends.years == "even")


def _born(born_on: date | None) -> date:
    if born_on is None:
        raise NoBirthday("This policy counts from the day of birth.")
    return born_on


def _possible_in(ends: CycleEnds, year: int, born_on: date | None) -> Iterator[date]:
    if ends.kind == FIXED:
        yield from (date_of(year, one) for one in ends.fixed_days)
    elif ends.kind == MONTH_END:
        yield from (month_end(date(year, month, 1)) for month in range(1, MONTHS_IN_YEAR + 1))
    elif ends.kind == BIRTHDAY:
        yield date_of(year, (_born(born_on).month, _born(born_on).day))
    else:
        yield month_end(date(year, _born(born_on).month, 1))


def date_of(year: int, day: Day) -> date:
    """Return the month and day in this year; 29 February becomes 28 in a common year."""
    month, number = day
    return add_months(date(2000, month, number), (year - 2000) * MONTHS_IN_YEAR)
