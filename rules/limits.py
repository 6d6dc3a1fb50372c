"""How records count under a policy with limits: minima and caps over categories, topics, providers
and formats, in the cycle, in each year of it or in each record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.caps import (
    CALENDAR_YEAR,
    CYCLE,
    IN_WORDS,
    ITEM,
    LATER,
    NOT_CARRIED,
    YEAR,
    Room,
    group_of,
    years_of,
)
from rules.carrying import not_carried
from rules.counting import (
    BEFORE_CYCLE,
    DUPLICATE,
    Count,
    CountBasis,
    RuledCount,
    Shortfall,
    by_completion,
    count_records,
    in_full,
    reason_alone,
    without_duplicates,
)
from rules.days import CyclePeriod, add_days, day_in_words
from rules.facts import RecordFact
from rules.matching import is_limited, matches_limit
from rules.policy.amounts import RecordLimit, RecordWeight, Repeats
from rules.policy.building_blocks import LimitedRecords, Rule
from rules.policy.families import CarryOver, Receipt
from rules.units import Unit
from rules.weights import Scales

TOO_SMALL, LATE_REPORT = "too_small", "late_report"
USED_ELSEWHERE, TAKEN_BEFORE = "used_elsewhere", "taken_before"
CATEGORIES, TOPICS, PROVIDERS = "categories", "topics", "providers"


@dataclass(frozen=True, slots=True)
class OpenAlternatives:
    """How many of these ways, each the codes of minima, are still needed: what is reached without
    records, such as a card, is deducted.
    """

    count: int
    ways: tuple[tuple[str, ...], ...]
    year: str = ""  # the end of the codes of one year, such as "_2"


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
    weights: tuple[RecordWeight, ...] = ()
    alternatives: tuple[OpenAlternatives, ...] = ()
    optional: frozenset[str] = frozenset()  # minima that are needed only as one of several ways

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
        fitting = _once_only(fitting, counts, self.repeats, basis.period)
        counts.update(_filled(fitting, self, basis))
        return counts

    def shortfalls(
        self, basis: CountBasis, chosen: list[RecordFact], later: list[RecordFact]
    ) -> Iterator[Shortfall]:
        """Yield one function for each minimum, and last one for the total. Called with records,
        each returns the amount that these records leave missing.

        Of several ways, those are meant that can be reached with all records, and among them those
        of which `chosen` leaves the least missing.
        """
        minima = dict(self._minima(basis, ""))
        yield from (missing for code, missing in minima.items() if code not in self.optional)
        for one in self.alternatives:
            minima = dict(self._minima(basis, one.year))
            ways = [[minima[code] for code in way] for way in one.ways]
            ways.sort(key=lambda way: (_all_missing(way, [*chosen, *later]), _all_missing(way, chosen)))
            yield from (missing for way in ways[: one.count] for missing in way)
        yield lambda records: self.total - _worth(records, basis, LimitedRecords())

    def _minima(self, basis: CountBasis, year: str) -> Iterator[tuple[str, Shortfall]]:
        for code, least in self.minima:
            yield (
                code,
                lambda records, one=code, amount=least: (  # type: ignore[misc]  # the default binds the loop variable
                    amount - _worth(records, basis, LimitedRecords(categories=(one,)))
                ),
            )
        for limit in self.limits:
            if limit.least and limit.per != ITEM:
                yield (
                    limit.code,
                    lambda records, one=limit, least=limit.least.value: (  # type: ignore[misc]  # the defaults bind the loop variable
                        _missing(one, least, records, basis, year)
                    ),
                )

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
        if self.repeats and details.taken_before and _counts_never_again(record, self.repeats):
            return RuledCount(0, TAKEN_BEFORE, self.repeats.rule, "You took the same course before.")
        if self.separate and details.used_by:
            said = f"This already counted for {', '.join(details.used_by)}."
            return RuledCount(0, USED_ELSEWHERE, self.separate, said)
        end, rule = self.receipt.report_last, self.receipt.report_rule
        if end and rule and details.reported_on:
            last_on = end.after(record.completed_on if end.anchor == "D" else basis.period.expires_on)
            if details.reported_on > last_on:
                said = f"This was reported after {day_in_words(last_on)}, the last day for it."
                return RuledCount(0, LATE_REPORT, rule, said)
        return _too_small(record, self, basis.period)


def _once_only(
    records: list[RecordFact], counts: dict[str, Count], repeats: Repeats | None, period: CyclePeriod
) -> list[RecordFact]:
    """Return the records of which none is the same course again, where the policy lets one count once in
    the cycle, or in each year of it.
    """
    if repeats is None:
        return without_duplicates(records, counts)
    if repeats.kind == "always":
        return records
    groups: dict[object, list[RecordFact]] = {}
    for record in records:
        if not _may_repeat(record, repeats):
            groups.setdefault(group_of(record, repeats.per, period), []).append(record)
    again: dict[str, Count] = {}
    for group in groups.values():
        without_duplicates(group, again)
    if repeats.per != CYCLE:
        said = f"The same course counts once{IN_WORDS[repeats.per]}."
        again = dict.fromkeys(again, RuledCount(0, DUPLICATE, repeats.rule, said))
    counts.update(again)
    return [record for record in records if record.id not in again]


def _may_repeat(record: RecordFact, repeats: Repeats) -> bool:
    return repeats.apart is not None and matches_limit(record, repeats.apart)


def _counts_never_again(record: RecordFact, repeats: Repeats) -> bool:
    return repeats.kind == "never" and not _may_repeat(record, repeats)


def amounts_reached(
    limit: RecordLimit, records: Iterable[RecordFact], counts: dict[str, Count], period: CyclePeriod
) -> list[tuple[str, int]]:
    """Return how much of a minimum is reached, as (code, amount): one pair, one for each year of the
    cycle, or one for each calendar year that is whole in the cycle.
    """
    found: dict[int, list[RecordFact]] = {year: [] for year in years_in(limit.per, period)}
    for record in records:
        if counts[record.id].counted and is_limited(record, limit, period):
            year = group_of(record, limit.per, period) if limit.per in (YEAR, CALENDAR_YEAR) else 0
            if isinstance(year, int) and year in found:
                found[year].append(record)
    of_years = {year: _reached(limit, of_year, counts) for year, of_year in found.items()}
    if limit.excess:
        of_years = _with_excess(of_years, limit)
    return [(f"{limit.code}_{year}" if year else limit.code, reached) for year, reached in of_years.items()]


def _with_excess(of_years: dict[int, int], limit: RecordLimit) -> dict[int, int]:
    """Return how much is reached in each year, with what was too much in the year before, or, where
    the policy says so, in any year before.
    """
    least = limit.least.value if limit.least else 0
    found, moved = {}, 0
    for year, reached in of_years.items():
        found[year] = reached + moved
        own = reached - max(
            0, least - moved
        )  # what came from the year before is used first, and goes no further
        moved = max(0, found[year] - least if limit.excess == LATER else own)
        if limit.excess_most is not None:
            moved = min(moved, limit.excess_most)
    return found


def years_in(per: str, period: CyclePeriod) -> Iterable[int]:
    """Return the years in which a minimum applies: those of the cycle, the calendar years that are
    whole in it, or 0 for the whole cycle.
    """
    if per == CALENDAR_YEAR:
        first_on, end = add_days(period.starts_on, -1), add_days(period.expires_on, 1)
        return range(first_on.year + 1, end.year)
    return range(1, years_of(period) + 1) if per == YEAR else (0,)


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


def _missing(limit: RecordLimit, least: int, records: list[RecordFact], basis: CountBasis, year: str) -> int:
    reached = amounts_reached(limit, records, count_records(records, basis), basis.period)
    return sum(
        max(0, least - amount)
        for code, amount in reached
        if not year or code in (limit.code, limit.code + year)
    )


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


def _all_missing(way: list[Shortfall], records: list[RecordFact]) -> int:
    return sum(max(0, missing(records)) for missing in way)


def _filled(records: list[RecordFact], method: WideCounting, basis: CountBasis) -> dict[str, Count]:
    """Return how much of each record counts when records are taken in order of completion until a
    cap is reached. Of several caps the one with the least room decides.
    """
    room = Room(method.limits, method.unit, method.carry_over, method.carried, basis)
    scales = Scales(method.weights, method.unit, basis.period)
    counts = {}
    for record in sorted(records, key=by_completion):
        as_it_is = record.id in method.carried or not method.weights
        weighed = in_full(record.ceus) if as_it_is else scales.weigh(record)
        counts[record.id] = room.take(record, weighed)
    return counts
