"""A second computation of amounts that shares no code with the rules: it lays half units one by one where there is room,
walks through the calendar day by day, and takes fractions instead of rounding by whole numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Activity:
    """A record of the three years 2024, 2025 and 2026, in whole units."""

    id: str
    kind: str
    units: int
    day: date


@dataclass(frozen=True)
class Weight:
    """So many halves for each unit of a kind, of those after `beyond`, `first` of them; in the cycle or in each year."""

    kind: str
    halves: int
    beyond: int = 0
    first: int | None = None
    yearly: bool = False


@dataclass(frozen=True)
class Cap:
    """At most so many units of a kind, or of all kinds, in the cycle or in each year; what is too much may go on."""

    kind: str
    units: int
    yearly: bool = False
    excess: str = ""
    excess_most: int | None = None


@dataclass
class Shelf:
    """What of a cap is taken, in halves, by year; and what of it came from earlier years."""

    cap: Cap
    taken: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)

    def place_for(self, year: int) -> int | None:
        """The year that has room for half a unit of this year; None when none has."""
        if not self.cap.yearly:
            return 0 if self.taken.get(0, 0) < 2 * self.cap.units else None
        last = {"": year, "next": min(year + 1, 2026), "later": 2026}[self.cap.excess]
        for one in range(year, last + 1):
            full = self.taken.get(one, 0) >= 2 * self.cap.units
            most = self.cap.excess_most
            too_much = one > year and most is not None and self.moved.get(one, 0) >= 2 * most
            if not full and not too_much:
                return one
        return None

    def put(self, place: int, year: int) -> None:
        self.taken[place] = self.taken.get(place, 0) + 1
        if place > year and self.cap.yearly:
            self.moved[place] = self.moved.get(place, 0) + 1


def halves_counted(activities: list[Activity], weights: list[Weight], caps: list[Cap]) -> dict[str, int]:
    """How many half units of each activity count."""
    shelves = [Shelf(cap) for cap in caps]
    seen: dict[tuple[int, int], int] = {}
    counted = {}
    for one in sorted(activities, key=lambda one: (one.day, one.id)):
        year = one.day.year
        mine = [shelf for shelf in shelves if shelf.cap.kind in ("", one.kind)]
        found = 0
        for _ in range(_worth(one, weights, seen)):
            places = [shelf.place_for(year) for shelf in mine]
            if None in places:
                break
            for shelf, place in zip(mine, places, strict=True):
                shelf.put(place or 0, year)
            found += 1
        counted[one.id] = found
    return counted


def _worth(one: Activity, weights: list[Weight], seen: dict[tuple[int, int], int]) -> int:
    """How many halves an activity is worth: each of its units by itself."""
    halves = 0
    for _ in range(one.units):
        worth = 2
        for number, weight in enumerate(weights):
            if weight.kind != one.kind:
                continue
            place = number, one.day.year if weight.yearly else 0
            before = seen.get(place, 0)
            seen[place] = before + 1
            if before >= weight.beyond and (weight.first is None or before < weight.beyond + weight.first):
                worth += weight.halves - 2
        halves += worth
    return max(0, halves)


def reached_in_years(own: list[int], least: int, excess: str, most: int | None) -> list[int]:
    """How much each year has with what came to it; amounts lie in a row and are used from the oldest on."""
    rows: list[int] = []
    waiting: list[int] = []  # the years in which what moves on was earned
    for number, amount in enumerate(own):
        mine = waiting + [number] * amount
        rows.append(len(mine))
        left = mine[least:] if excess else []
        if excess == "next":
            left = [year for year in left if year == number]
        waiting = left if most is None else left[:most]
    return rows


def months_of(first_on: date, last_on: date, *, begun: bool) -> int:
    """How many months from the first day through the last are whole, or have begun, met day by day."""
    after = last_on + ONE_DAY
    whole = sum(_same_day_of_month(day, first_on) for day in _days(first_on + ONE_DAY, after))
    ends_one = after > first_on and _same_day_of_month(after, first_on)
    return whole if ends_one or not begun else whole + 1


def _same_day_of_month(day: date, first_on: date) -> bool:
    """Whether a day is that of the month, or the last one of a month that is too short for it."""
    is_last = (day + ONE_DAY).month != day.month
    return day.day == first_on.day or (is_last and day.day < first_on.day)


def _days(first_on: date, last_on: date) -> Iterator[date]:
    day = first_on
    while day <= last_on:
        yield day
        day += ONE_DAY


def part_of(amount: int, share: Fraction, rounds: str, to: int) -> int:
    """A share of an amount as a multiple of `to`: the whole of it for the whole time, and never more for less."""
    if share == 1:
        return amount
    steps = amount * share / to
    low = steps.numerator // steps.denominator
    rest = steps - low
    more = rest > 0 if rounds == "up" else rounds != "down" and rest >= Fraction(1, 2)
    found = (low + more) * to
    return min(found, amount) if share < 1 else found
