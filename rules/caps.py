"""How much the caps of a policy with limits still allow, while records are taken in order of
completion, and the years into which a cycle is divided.
"""

from dataclasses import dataclass, field
from datetime import date

from rules.counting import CATEGORY_CAP, Count, CountBasis, RuledCount
from rules.days import MONTHS_IN_YEAR, CyclePeriod, months_between
from rules.facts import RecordFact
from rules.matching import is_limited
from rules.policy.amounts import Amount, RecordLimit
from rules.policy.building_blocks import Rule
from rules.policy.families import CarryOver
from rules.policy.model import Category
from rules.units import Unit

LIMIT, NOT_CARRIED = "limit", "not_carried"
CYCLE, YEAR, ITEM, DAY, MONTH, COURSE, PROVIDER, CALENDAR_YEAR = PERIODS = (
    *("cycle", "year", "item", "day", "month", "course", "provider", "calendar_year"),
)
LATER = "later"  # what is too much in a year goes to any later one, and not only to the next
IN_WORDS = {
    **{CYCLE: "", YEAR: " in a year", ITEM: " each time", DAY: " on one day", MONTH: " in one month"},
    **{COURSE: " of one course", PROVIDER: " from one provider", CALENDAR_YEAR: " in a calendar year"},
}


def years_of(period: CyclePeriod) -> int:
    """Return in how many years the cycle is divided; a last year that is not whole is one of them."""
    return months_between(period.starts_on, period.expires_on) // MONTHS_IN_YEAR + 1


def year_of(day: date, period: CyclePeriod) -> int:
    """Return the number of the cycle's year in which a day lies, from 1. A day before the cycle is
    in its first year, a day after it in its last.
    """
    year = months_between(period.starts_on, day) // MONTHS_IN_YEAR + 1
    return min(max(year, 1), years_of(period))


def group_of(record: RecordFact, per: str, period: CyclePeriod) -> object:
    """Return what tells the groups of a cap apart, such as the day or the course of a record; None for a
    cap of the whole cycle."""
    day = record.completed_on
    if per == YEAR:
        return year_of(day, period)
    groups = {
        DAY: day,
        MONTH: (day.year, day.month),
        CALENDAR_YEAR: day.year,
        COURSE: record.course,
        PROVIDER: record.details.provider,
    }
    return groups.get(per)


def has_group(record: RecordFact, per: str) -> bool:
    """Return whether the record has what a cap is of: one without a course is capped by no course."""
    return (per != COURSE or record.course is not None) and (per != PROVIDER or bool(record.details.provider))


@dataclass
class Room:
    """How much each cap still allows. `used` is by limit and, for one of a year, a day, a course or
    the like, by which of them; `moved` is what of it came from earlier years.
    """

    limits: tuple[RecordLimit, ...]
    unit: Unit
    carry_over: CarryOver | None
    carried_ids: frozenset[str]
    basis: CountBasis
    used: dict[tuple[str, object], int] = field(default_factory=dict)
    moved: dict[tuple[str, object], int] = field(default_factory=dict)
    in_category: dict[str, int] = field(default_factory=dict)
    carried: int = 0

    def take(self, record: RecordFact, weighed: Count) -> Count:
        """Return how much of the record counts, of what it is `weighed`, and the first of the caps
        with the least room; deduct it from the room of each cap.
        """
        period = self.basis.period
        limits = [
            (one, one.most)
            for one in self.limits
            if one.most and is_limited(record, one, period) and has_group(record, one.per)
        ]
        found = self._carried(record, self._in_category(record, weighed))
        for limit, most in limits:
            left = self._left(limit, most, record, weighed.counted)
            if left < found.counted:
                found = self._cut(weighed, left, limit, most)
        if found.counted:
            self._note(record, limits, found.counted)
        return found

    def _in_category(self, record: RecordFact, weighed: Count) -> Count:
        category = self.basis.version.category(record.category)
        if category is None or category.most is None:
            return weighed
        left = category.most.amount - self.in_category.get(record.category, 0)
        if left >= weighed.counted:
            return weighed
        if weighed.counted == record.ceus:
            return Count(left, CATEGORY_CAP)
        return self._in_full_category(weighed, left, category)

    def _in_full_category(self, weighed: Count, left: int, category: Category) -> Count:
        """Return the count of a record that is worth more or less than its amount, in a category
        that is nearly full."""
        most, unit = category.most, self.unit
        if most is None:
            return weighed
        said = f"{unit.format(left)} of {unit.words(weighed.counted)} count, because {category.label} counts "
        return RuledCount(
            left, CATEGORY_CAP, Rule(most.clause, most.text), f"{said}{unit.words(most.amount)} at most."
        )

    def _carried(self, record: RecordFact, found: Count) -> Count:
        """Return how much counts of a record that is carried over: no more than may be carried over
        in all.
        """
        carry_over = self.carry_over
        if record.id not in self.carried_ids or carry_over is None or carry_over.most is None:
            return found
        left = carry_over.most - self.carried
        if left >= found.counted:
            return found
        said = f"{self.unit.words(carry_over.most)} are carried over at most."
        return RuledCount(left, NOT_CARRIED, carry_over.rule, said)

    def _cut(self, weighed: Count, counted: int, limit: RecordLimit, most: Amount) -> Count:
        unit, times = self.unit, "once" if most.value == 1 else f"{most.value} times"
        amount = times if limit.of_records else unit.words(most.value)
        because = f"{limit.label} counts {amount} at most{IN_WORDS[limit.per]}"
        said = f"{unit.format(counted)} of {unit.words(weighed.counted)} count, because {because}."
        return RuledCount(counted, LIMIT, most.rule, said)

    def _left(self, limit: RecordLimit, most: Amount, record: RecordFact, worth: int) -> int:
        if limit.per == ITEM:
            return most.value
        left = sum(self._rooms(limit, most, record).values())
        return left if not limit.of_records else worth if left > 0 else 0

    def _rooms(self, limit: RecordLimit, most: Amount, record: RecordFact) -> dict[object, int]:
        """Return the room of the record's own group; where what is too much goes to later years,
        also the room of these.
        """
        own = group_of(record, limit.per, self.basis.period)
        rooms = {own: most.value - self.used.get((limit.code, own), 0)}
        if limit.excess and isinstance(own, int):
            for year in range(own + 1, self._last_year(limit, own) + 1):
                place = limit.code, year
                left = most.value - self.used.get(place, 0)
                if limit.excess_most is not None:
                    left = min(left, limit.excess_most - self.moved.get(place, 0))
                rooms[year] = left
        return rooms

    def _last_year(self, limit: RecordLimit, own: int) -> int:
        period = self.basis.period
        last = years_of(period) if limit.per == YEAR else period.expires_on.year
        return last if limit.excess == LATER else min(last, own + 1)

    def _note(self, record: RecordFact, limits: list[tuple[RecordLimit, Amount]], counted: int) -> None:
        category = record.category
        self.in_category[category] = self.in_category.get(category, 0) + counted
        if record.id in self.carried_ids:
            self.carried += counted
        for limit, most in limits:
            own, amount = True, 1 if limit.of_records else counted
            for group, room in self._rooms(limit, most, record).items():
                place, part = (limit.code, group), min(amount, room)
                self.used[place] = self.used.get(place, 0) + part
                if not own:
                    self.moved[place] = self.moved.get(place, 0) + part
                own, amount = False, amount - part
