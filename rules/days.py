"""Arithmetic on calendar dates, the first and last day of a cycle, and dates in words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

MONTHS_IN_YEAR = 12
# `calendar.month_name` would follow the locale of the process, and these words stand in mails.
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class DateOutOfRange(ValueError):
    """A calculation led to a date before the year 1 or after the year 9999."""


@dataclass(frozen=True, slots=True)
class CyclePeriod:
    """One cycle, both days inclusive: `expires_on` is the last day on which the credential is valid
    (Q1).
    """

    starts_on: date
    expires_on: date


def add_days(day: date, count: int) -> date:
    """Return the date `count` days after `day`, or before it when negative; raises DateOutOfRange."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        raise DateOutOfRange(f"{day} and {count} days lead out of the calendar.") from None


def add_months(day: date, count: int) -> date:
    """Return the date `count` months later, or that month's last day when it is shorter; raises
    DateOutOfRange.
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + count, MONTHS_IN_YEAR)
    if not MINYEAR <= year <= MAXYEAR:
        raise DateOutOfRange(f"{day} and {count} months lead out of the calendar.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, count: int) -> date:
    """Return the date `count` years later; 29 February becomes 28 February in a common year."""
    return add_months(day, count * MONTHS_IN_YEAR)


def due_on(from_day: date, days: int) -> date:
    """Return the last day, inclusive, of `days` calendar days that begin with `from_day` (Q18)."""
    return add_days(from_day, days)


def day_in_words(day: date) -> str:
    """Return a date such as "June 30, 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"
