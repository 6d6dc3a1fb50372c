"""Calendar dates: adding days, months and years, cycles, days counted from the ends of a cycle,
business days, and dates in words.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import Literal

from rules.units import count_of

MONTHS_IN_YEAR = 12
# `calendar.month_name` would follow the locale of the process, and these words are in mails.
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SATURDAY = 5  # date.weekday() counts from Monday, 0; so many business days a week has
DAYS_IN_WEEK = 7
ANCHOR_WORDS = {
    "S": "the first day of the cycle",
    "E": "the expiration date",
    "C": "the last day of the card",
    "D": "the last day to answer",
    "R": "the day of receipt",
    "W": "the first day to apply",
    "L": "the last day to apply",
}
MONTH_END: Literal["month end"] = "month end"
BUSINESS_DAY: Literal["business day"] = "business day"
NEXT, PREVIOUS = "next", "previous"
_MOVED_WORDS = {
    NEXT: "the Monday after, when that is on a weekend",
    PREVIOUS: "the Friday before, when that is on a weekend",
}
# The last day of a cycle that never ends. Comparing and counting go on as with any other day, and nothing
# reaches the end of the calendar. Only `through_words` and `is_for_life` know what it means.
FOR_LIFE_THROUGH = date(9000, 12, 31)
FOR_LIFE = "for life"
OffsetUnit = Literal["day", "month", "year", "month end", "business day"]


class DateOutOfRange(ValueError):
    """A calculation led to a date before the year 1 or after the year 9999."""


@dataclass(frozen=True, slots=True)
class CyclePeriod:
    """One cycle, both days inclusive: `expires_on` is the last day on which the credential is valid
    (Q1).
    """

    starts_on: date
    expires_on: date

    @property
    def is_for_life(self) -> bool:
        """Return whether the cycle never ends."""
        return is_for_life(self.expires_on)


@dataclass(frozen=True, slots=True)
class Offset:
    """A day counted from an anchor: `S`, the first day of a cycle, `E`, its last day, or another
    one. Negative counts are before the anchor.

    When the month has no such day, its last day is taken, or with `full` the first day of the next
    month. A "month end" is the last day of the month: one after 30 June is 31 July. A day on a weekend
    `moves` to the "next" or the "previous" business day where the policy says so.
    """

    anchor: str
    count: int = 0
    unit: OffsetUnit = "day"
    full: bool = False
    moves: str = ""

    @property
    def is_uneven(self) -> bool:
        """Return whether the day is sometimes further from its anchor than the same day of another
        month: the ends of months and weekends are not at equal distances.
        """
        return bool(self.moves) or self.unit in (MONTH_END, BUSINESS_DAY)

    def on(self, period: CyclePeriod) -> date:
        """Return the date at this offset in the cycle; raises DateOutOfRange."""
        return self.after(period.starts_on if self.anchor == "S" else period.expires_on)

    def after(self, base: date) -> date:
        """Return the date at this offset when its anchor is the day `base`. Raises DateOutOfRange."""
        day = self._counted_from(base)
        if self.moves and not is_business_day(day):
            return business_day_after(day, 1 if self.moves == NEXT else -1)
        return day

    def _counted_from(self, base: date) -> date:
        if self.unit == "day":
            return add_days(base, self.count)
        if self.unit == BUSINESS_DAY:
            return business_day_after(base, self.count)
        if self.unit == MONTH_END:
            return month_end(add_months(base, self.count))
        day = add_months(base, self.count * (MONTHS_IN_YEAR if self.unit == "year" else 1))
        return add_days(day, 1) if self.full and day.day < base.day else day

    def words(self, anchors: Mapping[str, str] = ANCHOR_WORDS) -> str:
        """Return words such as "90 days after the expiration date"; `anchors` names each anchor."""
        words = self._plain_words(anchors)
        return f"{words} ({_MOVED_WORDS[self.moves]})" if self.moves else words

    def _plain_words(self, anchors: Mapping[str, str]) -> str:
        if not self.count:
            of_month = "the last day of the month of " if self.unit == MONTH_END else ""
            return of_month + anchors[self.anchor]
        side = "after" if self.count > 0 else "before"
        if self.unit == MONTH_END:
            months = count_of(abs(self.count), "month")
            return f"the last day of the month {months} {side} {anchors[self.anchor]}"
        full = "full " if self.full else ""
        return f"{count_of(abs(self.count), full + self.unit)} {side} {anchors[self.anchor]}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A window: its two ends, each inclusive (`from`, `through`) or exclusive (`after`, `before`)."""

    first: Offset
    last: Offset
    includes_first: bool
    includes_last: bool

    def days_in(self, period: CyclePeriod) -> tuple[date, date]:
        """Return the first and the last day in this cycle, both inclusive; raises DateOutOfRange."""
        return self.between(self.first.on(period), self.last.on(period))

    def among(self, days: Mapping[str, date]) -> tuple[date, date]:
        """Return the first and the last day of the window, both inclusive; `days` has the day of
        each anchor. Raises DateOutOfRange.
        """
        first, last = self.first, self.last
        return self.between(first.after(days[first.anchor]), last.after(days[last.anchor]))

    def between(self, first: date, last: date) -> tuple[date, date]:
        """Return the first and the last day of the window, both inclusive, when its two ends are on
        these days.
        """
        if not self.includes_first:
            first = add_days(first, 1)
        if not self.includes_last:
            last = add_days(last, -1)
        return first, last

    def words(self, anchors: Mapping[str, str] = ANCHOR_WORDS) -> str:
        """Return words such as "after the expiration date, through 90 days after the expiration
        date".
        """
        start = "from" if self.includes_first else "later than" if self.first.count else "after"
        end = "through" if self.includes_last else "before"
        return f"{start} {self.first.words(anchors)}, {end} {self.last.words(anchors)}"


def add_days(day: date, count: int) -> date:
    """Return the date `count` days after `day`, or before it when negative; raises DateOutOfRange."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        raise DateOutOfRange(f"{day} and {count} days lead out of the calendar.") from None


@lru_cache(maxsize=16_384)  # many people share a few days
def add_months(day: date, count: int) -> date:
    """Return the date `count` months later, or that month's last day when it is shorter; raises
    DateOutOfRange.
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + count, MONTHS_IN_YEAR)
    if not MINYEAR <= year <= MAXYEAR:
        raise DateOutOfRange(f"{day} and {count} months lead out of the calendar.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of the month of a day."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def add_years(day: date, count: int) -> date:
    """Return the date `count` years later; 29 February becomes 28 February in a common year."""
    return add_months(day, count * MONTHS_IN_YEAR)


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie between two days: the largest count with which `add_months`
    does not lead past `last`. Negative when `last` is earlier.
    """
    count = (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month
    return count if add_months(first, count) <= last else count - 1


def begun_months(first: date, last: date) -> int:
    """Return how many months have begun after `first`, through `last`; 0 when `last` is not later."""
    whole = months_between(first, last)
    return max(0, whole if add_months(first, whole) == last else whole + 1)


def begun_calendar_months(first: date, last: date) -> int:
    """Return in how many calendar months the days after `first` lie, through `last`; 0 when it is not
    later. After 30 June, 31 July is in the first of them.
    """
    if last <= first:
        return 0
    begins = add_days(first, 1)
    return (last.year - begins.year) * MONTHS_IN_YEAR + last.month - begins.month + 1


def due_on(from_day: date, days: int) -> date:
    """Return the last day, inclusive: `days` calendar days after `from_day`, which is not counted (Q18)."""
    return add_days(from_day, days)


def is_business_day(day: date) -> bool:
    """Return whether `day` is Monday to Friday; a policy has no holidays."""
    return day.weekday() < SATURDAY


def business_day_after(day: date, count: int) -> date:
    """Return the `count`-th business day after `day`, before it when negative, or `day` itself for 0;
    raises DateOutOfRange.
    """
    step = 1 if count > 0 else -1
    weeks, rest = divmod(abs(count), SATURDAY)
    while count and not is_business_day(day):  # nothing is counted on the way back to the last business day
        day = add_days(day, -step)
    day = add_days(day, step * weeks * DAYS_IN_WEEK)
    for _ in range(rest):
        day = add_days(day, step)
        while not is_business_day(day):
            day = add_days(day, step)
    return day


def business_days_until(due_on: date, today: date) -> int:
    """Return the number of business days after `today` up to `due_on` inclusive; negative once it
    has passed.
    """
    if today > due_on:
        return -business_days_until(today, due_on)
    return sum(
        is_business_day(date.fromordinal(n)) for n in range(today.toordinal() + 1, due_on.toordinal() + 1)
    )


def promised_since(today: date, count: int) -> date:
    """Return the first day whose requests are not late on `today`.

    An answer is promised for the `count`-th business day after a request. A request made before the
    returned day is late.
    """
    day = today
    while business_day_after(add_days(day, -1), count) >= today:
        day = add_days(day, -1)
    return day


@lru_cache(maxsize=16_384)
def day_in_words(day: date) -> str:
    """Return a date such as "June 30, 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"


def is_for_life(expires_on: date) -> bool:
    """Return whether this last day of a cycle means that it never ends."""
    return expires_on == FOR_LIFE_THROUGH


def day_or_none(expires_on: date) -> date | None:
    """Return the last day as programs read it; None when there is none, for life."""
    return None if is_for_life(expires_on) else expires_on


def day_or_life(expires_on: date) -> str:
    """Return the last day for a cell of a table: "2026-06-30", or "for life"."""
    return FOR_LIFE if is_for_life(expires_on) else expires_on.isoformat()


def through_words(expires_on: date) -> str:
    """Return until when a certification is valid: "through June 30, 2026", or "for life"."""
    return FOR_LIFE if is_for_life(expires_on) else f"through {day_in_words(expires_on)}"
