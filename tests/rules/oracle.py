"""A second computation of dates that shares no code with the rules: it walks through the calendar
day by day.
"""

from collections.abc import Iterator
from datetime import date

Day = tuple[int, int, int]
LENGTHS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def tiers_around(expires_on: date, before: int = 200, after: int = 400) -> dict[date, str]:
    """The tier of every day of receipt from `before` days before E to `after` days after it."""
    found = {expires_on: "on_time"}
    for number, day in enumerate(_walk(expires_on, -1, before), start=1):
        found[day] = "on_time" if number <= 180 else "not_open"
    closed = False
    for number, day in enumerate(_walk(expires_on, +1, after), start=1):
        closed = closed or _is_anniversary(day, expires_on)
        found[day] = "closed" if closed else "late" if number <= 90 else "additional"
    return found


def tiers_with_extension(expires_on: date, through: date) -> dict[date, str]:
    """The tiers around E when applications are accepted through `through`: no day up to it is closed (Q34)."""
    found = tiers_around(expires_on, after=731)
    return {day: "additional" if tier == "closed" and day <= through else tier for day, tier in found.items()}


def last_day_of_courses(expires_on: date) -> date:
    """Day 90 after E."""
    return list(_walk(expires_on, +1, 90))[-1]


def expirations(awarded_on: date, count: int) -> list[date]:
    """The first `count` expiration dates of an award: every second anniversary, met while walking day by day."""
    found: list[date] = []
    day = (awarded_on.year, awarded_on.month, awarded_on.day)
    while len(found) < count:
        day = _next(day)
        if (day[0] - awarded_on.year) % 2 == 0 and _is_anniversary(date(*day), awarded_on):
            found.append(date(*day))
    return found


def _is_anniversary(day: date, of: date) -> bool:
    """Return whether `day` has the month and day of `of` in another year; for a leap day also
    February 28, when the year has no leap day.
    """
    if (of.month, of.day) == (2, 29) and not _is_leap(day.year):
        return day.year != of.year and (day.month, day.day) == (2, 28)
    return day.year != of.year and (day.month, day.day) == (of.month, of.day)


def _walk(start: date, step: int, count: int) -> Iterator[date]:
    day = (start.year, start.month, start.day)
    for _ in range(count):
        day = _next(day) if step > 0 else _previous(day)
        yield date(*day)


def _next(day: Day) -> Day:
    year, month, number = day
    if number < _length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def _previous(day: Day) -> Day:
    year, month, number = day
    if number > 1:
        return year, month, number - 1
    return (year, month - 1, _length(year, month - 1)) if month > 1 else (year - 1, 12, 31)


def _length(year: int, month: int) -> int:
    return LENGTHS[month] if month != 2 else 29 if _is_leap(year) else 28


def _is_leap(year: int) -> bool:
    return year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
