"""How records count under a policy with limits: minima and caps over categories, topics, providers
and formats, in the cycle, in each year of it or in each record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.carrying import not_carried
from rules.counting import (
    BEFORE_CYCLE,
    CATEGORY_CAP,
    Count,
    CountBasis,
    RuledCount,
    Shortfall,
    by_completion,
    count_records,
    reason_alone,
    without_duplicates,
)
from rules.days import MONTHS_IN_YEAR, CyclePeriod, add_days, day_in_words, months_between
from rules.facts import RecordFact
from rules.matching import is_limited, matches_limit
from rules.policy.building_blocks import LimitedRecords, Rule
from rules.policy.families import Amount, CarryOver, Receipt, RecordLimit, Repeats
from rules.units import Unit

LIMIT, TOO_SMALL, LATE_REPORT = "limit", "too_small", "late_report"
USED_ELSEWHERE, NOT_CARRIED, TAKEN_BEFORE = "used_elsewhere", "not_carried", "taken_before"
CYCLE, YEAR, ITEM, DAY, MONTH, COURSE, PROVIDER, CALENDAR_YEAR = PERIODS = (
    *("cycle", "year", "item", "day", "month", "course", "provider", "calendar_year"),
)
CATEGORIES, TOPICS, PROVIDERS = "categories", "topics", "providers"
IN_WORDS = {
    **{CYCLE: "", YEAR: " in a year", ITEM: " each time", DAY: " on one day", MONTH: " in one month"},
    **{COURSE: " of one course", PROVIDER: " from one provider", CALENDAR_YEAR: " in a calendar year"},
}


@dataclass(frozen=True, slots=True)
class WideCounting:
    """How records count under one policy version, path and tier. Amounts are those of this cycle,
    so a short first cycle has smaller ones. In `total` and `minima` the amount that cards count is
    deducted already.
    """

    unit: Unit
    total: int
    minima: tuple[tuple[str, int], ...]
    limits: tuple[RecordLimit, ...]
    receipt: Receipt
    repeats: Repeats | None
    separate: Rule | None
    carry_over: CarryOver | None
    carried: frozenset[str]
    lost_through: date | None
    lost_rule: Rule | None

    def count(self, records: Iterable[RecordFact], basis: CountBasis) -> dict[str, Count]:
        """Return how much every record counts, by id."""
        counts: dict[str, Count] = {}
        fitting = []
        for record in records:
            refused = self._refused(record, basis)
            if refused:
                counts[record.id] = refused
            else:
                fitting.append(record)
        if not self.repeats or self.repeats.kind != "always":
            fitting = without_duplicates(fitting, counts)
        counts.update(_filled(fitting, self, basis))
        return counts

    def shortfalls(self, basis: CountBasis) -> Iterator[Shortfall]:
        """Yield one function for each minimum, and last one for the total. Called with records,
        each returns the amount that these records leave missing.
        """
        for code, least in self.minima:
            yield lambda records, one=code, amount=least: (  # type: ignore[misc]  # the default binds the loop variable
                amount - _worth(records, basis, LimitedRecords(categories=(one,)))
            )
        for limit in self.limits:
            if limit.least and limit.per != ITEM:
                yield lambda records, one=limit, least=limit.least.value: (  # type: ignore[misc]  # the defaults bind the loop variable
                    _missing(one, least, records, basis)
                )
        yield lambda records: self.total - _worth(records, basis, LimitedRecords())

    def _refused(self, record: RecordFact, basis: CountBasis) -> Count | None:
        """Return the count, 0, of a record that does not count whatever the other records are; None
        for any other record.
        """
        reason = reason_alone(record, basis.version.category(record.category), basis)
        carried = record.id in self.carried
        if reason and not (carried and reason == BEFORE_CYCLE):
            return Count(0, reason)
        if carried and self.carry_over is None:
            return Count(0, BEFORE_CYCLE)
        if carried and self.carry_over and not_carried(record, self.carry_over, basis.period, basis.version):
            return RuledCount(0, NOT_CARRIED, self.carry_over.rule, "This was not carried over.")
        return self._refused_by_rule(record, carried, basis)

    def _refused_by_rule(self, record: RecordFact, carried: bool, basis: CountBasis) -> Count | None:
        details = record.details
        if self.lost_through and self.lost_rule and record.completed_on <= self.lost_through and not carried:
            last = day_in_words(self.lost_through)
            return RuledCount(0, BEFORE_CYCLE, self.lost_rule, f"What was completed through {last} is lost.")
        if self.repeats and self.repeats.kind == "never" and details.taken_before:
            return RuledCount(0, TAKEN_BEFORE, self.repeats.rule, "You took the same course before.")
        if self.separate and details.used_by:
            said = f"This already counted for {', '.join(details.used_by)}."
            return RuledCount(0, USED_ELSEWHERE, self.separate, said)
        if self.receipt.report_days is not None and self.receipt.report_rule and details.reported_on:
            last_on = add_days(record.completed_on, self.receipt.report_days)
            if details.reported_on > last_on:
                said = f"This was reported after {day_in_words(last_on)}, the last day for it."
                return RuledCount(0, LATE_REPORT, self.receipt.report_rule, said)
        return _too_small(record, self, basis.period)


def amounts_reached(
    limit: RecordLimit, records: Iterable[RecordFact], counts: dict[str, Count], period: CyclePeriod
) -> list[tuple[str, int]]:
    """Return how much of a minimum is reached, as (code, amount): one pair, one for each year of the
    cycle, or one for each calendar year that is whole in the cycle.
    """
    found: dict[int, list[RecordFact]] = {year: [] for year in _years(limit, period)}
    for record in records:
        if counts[record.id].counted and is_limited(record, limit, period):
            year = _group_of(record, limit.per, period) if limit.per in (YEAR, CALENDAR_YEAR) else 0
            if year in found:
                found[year].append(record)
    return [
        (f"{limit.code}_{year}" if year else limit.code, _reached(limit, of_year, counts))
        for year, of_year in found.items()
    ]


def _years(limit: RecordLimit, period: CyclePeriod) -> Iterable[int]:
    if limit.per == CALENDAR_YEAR:
        first_on, end = add_days(period.starts_on, -1), add_days(period.expires_on, 1)
        return range(first_on.year + 1, end.year)
    return range(1, years_of(period) + 1) if limit.per == YEAR else (0,)


def _reached(limit: RecordLimit, records: list[RecordFact], counts: dict[str, Count]) -> int:
    """Return what of these counted records is counted: amounts, records, or what is different in them."""
    if not limit.of_records:
        return sum(counts[one.id].counted for one in records)
    if limit.counts == TOPICS:
        named = {topic for one in records for topic in one.details.topics}
        return len(named & set(limit.over.topics) if limit.over.topics else named)
    if limit.counts == PROVIDERS:
        return len({one.details.provider for one in records if one.details.provider})
    return len({one.category for one in records}) if limit.counts == CATEGORIES else len(records)


def years_of(period: CyclePeriod) -> int:
    """Return in how many years the cycle is divided; a last year that is not whole is one of them."""
    return months_between(period.starts_on, period.expires_on) // MONTHS_IN_YEAR + 1


def year_of(day: date, period: CyclePeriod) -> int:
    """Return the number of the cycle's year in which a day lies, from 1. A day before the cycle is
    in its first year, a day after it in its last.
    """
    year = months_between(period.starts_on, day) // MONTHS_IN_YEAR + 1
    return min(max(year, 1), years_of(period))


def _missing(limit: RecordLimit, least: int, records: list[RecordFact], basis: CountBasis) -> int:
    reached = amounts_reached(limit, records, count_records(records, basis), basis.period)
    return sum(max(0, least - amount) for _, amount in reached)


def _worth(records: list[RecordFact], basis: CountBasis, over: LimitedRecords) -> int:
    counts = count_records(records, basis)
    return sum(counts[record.id].counted for record in records if matches_limit(record, over))


def _too_small(record: RecordFact, method: WideCounting, period: CyclePeriod) -> Count | None:
    for limit in method.limits:
        least = limit.least if limit.per == ITEM and is_limited(record, limit, period) else None
        if least and record.ceus < least.value:
            said = f"This does not count, because {limit.label} counts from {method.unit.words(least.value)}."
            return RuledCount(0, TOO_SMALL, least.rule, said)
    return None


def _filled(records: list[RecordFact], method: WideCounting, basis: CountBasis) -> dict[str, Count]:
    """Return how much of each record counts when records are taken in order of completion until a
    cap is reached. Of several caps the one with the least room decides.
    """
    room = _Room(method, basis)
    return {record.id: room.take(record) for record in sorted(records, key=by_completion)}


def _cut(record: RecordFact, counted: int, limit: RecordLimit, most: Amount, unit: Unit) -> Count:
    because = _most_words(limit, most, unit)
    said = f"{unit.format(counted)} of {unit.words(record.ceus)} count, because {because}."
    return RuledCount(counted, LIMIT, most.rule, said)


def _most_words(limit: RecordLimit, most: Amount, unit: Unit) -> str:
    times = "once" if most.value == 1 else f"{most.value} times"
    amount = times if limit.of_records else unit.words(most.value)
    return f"{limit.label} counts {amount} at most{IN_WORDS[limit.per]}"


def _has_group(record: RecordFact, per: str) -> bool:
    """Return whether the record has what a cap is of: one without a course is capped by no course."""
    return (per != COURSE or record.course is not None) and (per != PROVIDER or bool(record.details.provider))


def _group_of(record: RecordFact, per: str, period: CyclePeriod) -> object:
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


class _Room:
    """How much each cap still allows."""

    def __init__(self, method: WideCounting, basis: CountBasis) -> None:
        self.method, self.basis = method, basis
        self.caps = {one.code: one.maximum for one in basis.version.categories}
        # By limit and, for one of a year, a day, a course or the like, by which of them.
        self.used: dict[tuple[str, object], int] = {}
        self.in_category: dict[str, int] = {}
        self.carried = 0

    def take(self, record: RecordFact) -> Count:
        """Return how much of the record counts, and the first of the caps with the least room;
        deduct it from the room of each cap.
        """
        period = self.basis.period
        limits = [
            (one, one.most)
            for one in self.method.limits
            if one.most and is_limited(record, one, period) and _has_group(record, one.per)
        ]
        found = self._carried(record, self._in_category(record))
        for limit, most in limits:
            left = self._left(limit, most, record)
            if left < found.counted:
                found = _cut(record, left, limit, most, self.method.unit)
        if found.counted:
            self._note(record, [limit for limit, _ in limits], found.counted)
        return found

    def _in_category(self, record: RecordFact) -> Count:
        most = self.caps[record.category]
        left = record.ceus if most is None else most - self.in_category.get(record.category, 0)
        return Count(left, CATEGORY_CAP) if left < record.ceus else Count(record.ceus, None)

    def _carried(self, record: RecordFact, found: Count) -> Count:
        """Return how much counts of a record that is carried over: no more than may be carried over
        in all.
        """
        carry_over, unit = self.method.carry_over, self.method.unit
        if record.id not in self.method.carried or carry_over is None or carry_over.most is None:
            return found
        left = carry_over.most - self.carried
        if left >= found.counted:
            return found
        said = f"{unit.words(carry_over.most)} are carried over at most."
        return RuledCount(left, NOT_CARRIED, carry_over.rule, said)

    def _left(self, limit: RecordLimit, most: Amount, record: RecordFact) -> int:
        if limit.per == ITEM:
            return most.value
        left = most.value - self.used.get(self._place(limit, record), 0)
        return left if not limit.of_records else record.ceus if left > 0 else 0

    def _place(self, limit: RecordLimit, record: RecordFact) -> tuple[str, object]:
        return limit.code, _group_of(record, limit.per, self.basis.period)

    def _note(self, record: RecordFact, limits: list[RecordLimit], counted: int) -> None:
        category = record.category
        self.in_category[category] = self.in_category.get(category, 0) + counted
        if record.id in self.method.carried:
            self.carried += counted
        for one in limits:
            place = self._place(one, record)
            self.used[place] = self.used.get(place, 0) + (1 if one.of_records else counted)
