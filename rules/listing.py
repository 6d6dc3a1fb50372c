"""Whether a course is approved on a day, and how many CEUs it gives on that day (Q10, Q32).

A course's CEUs change from a day on. When several changes cover a day, the one that was made last
decides, so that periods neither overlap nor leave a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from rules.days import add_days


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` through `last`, both inclusive; without `last` they have no end."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class CeusChange:
    """A change of a course's CEUs: from `starts_on` on it gives `after` hundredths, until then
    `before`.
    """

    starts_on: date
    before: int
    after: int


def shared_days(one: Days | None, other: Days | None) -> Days | None:
    """Return the days that are in both; None when there are none, or when one of the two is
    None.
    """
    if one is None or other is None:
        return None
    first = max(one.first, other.first)
    last = min((day for day in (one.last, other.last) if day), default=None)
    return None if last and last < first else Days(first, last)


def days_outside(one: Days | None, other: Days | None) -> tuple[Days, ...]:
    """Return the days of `one` that are not in `other`: none, one or two stretches."""
    shared = shared_days(one, other)
    if one is None or shared is None:
        return (one,) if one else ()
    found = []
    if one.first < shared.first:
        found.append(Days(one.first, add_days(shared.first, -1)))
    if shared.last and (one.last is None or shared.last < one.last):
        found.append(Days(add_days(shared.last, 1), one.last))
    return tuple(found)


def ceus_on(day: date, changes: Sequence[CeusChange], *, otherwise: int) -> int:
    """Return how many hundredths of a CEU a course gives on `day` (Q32).

    `changes` are in the order in which they were made. Before the first change the course gives the
    `before` of that change. A course without changes gives `otherwise`.
    """
    for change in reversed(changes):
        if change.starts_on <= day:
            return change.after
    return changes[0].before if changes else otherwise


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the hundredths of a CEU that a course gives. The oldest has no
    `first`, the newest no `last`.
    """

    first: date | None
    last: date | None
    hundredths: int


def ceus_periods(changes: Sequence[CeusChange]) -> tuple[Period, ...]:
    """Return the periods of a course's CEUs, the newest first; none when its CEUs never changed."""
    if not changes:
        return ()
    found = [Period(None, None, changes[0].before)]
    for edge in sorted({one.starts_on for one in changes}):
        before = found[-1]
        given = ceus_on(edge, changes, otherwise=before.hundredths)
        if given != before.hundredths:
            found[-1] = Period(before.first, add_days(edge, -1), before.hundredths)
            found.append(Period(edge, None, given))
    return tuple(reversed(found))


def days_changed(
    changes: Sequence[CeusChange], *, otherwise: int, starts_on: date, hundredths: int
) -> tuple[Days, ...]:
    """Return the days on which the course's CEUs would be different if they became `hundredths`
    from `starts_on` on.
    """
    edges = sorted({max(starts_on, one.starts_on) for one in changes} | {starts_on})
    return tuple(
        Days(first, after and add_days(after, -1))
        for first, after in zip_longest(edges, edges[1:])
        if ceus_on(first, changes, otherwise=otherwise) != hundredths
    )
