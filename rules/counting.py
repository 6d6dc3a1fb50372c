"""Which records count towards a cycle, how much, and why not (S2, S3, S5, Q9 to Q12)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from rules.days import CyclePeriod
from rules.facts import PENDING, REJECTED, RecordFact
from rules.policy.building_blocks import Rule
from rules.policy.model import Category, PolicyVersion

UNKNOWN_CATEGORY, PENDING_RECORD, NOT_APPROVED = "unknown_category", "pending", "not_approved"
BEFORE_CYCLE, AFTER_DEADLINE, NOT_CURRENT = "before_cycle", "after_deadline", "not_current"
DUPLICATE, CATEGORY_CAP = "duplicate", "category_cap"


@dataclass(frozen=True, slots=True)
class Count:
    """How much one record counts, and the first reason why that is less than its full CEUs."""

    counted: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class RuledCount(Count):
    """A count that is less than the record's amount because of a rule for which the policy has its
    own sentence.
    """

    rule: Rule
    said: str


class CountingMethod(Protocol):
    """How records count under a policy that states more than categories: limits, reports, what was
    carried over (`rules/limits.py`).
    """

    def count(self, records: Iterable[RecordFact], basis: "CountBasis") -> dict[str, Count]:
        """Return how much every record counts, by id."""

    def shortfalls(
        self, basis: "CountBasis", chosen: list[RecordFact], later: list[RecordFact]
    ) -> "Iterator[Shortfall]":
        """Yield a function for each minimum and then for the total: it returns how much of it is missing."""


Shortfall = Callable[[list[RecordFact]], int]


@dataclass(frozen=True, slots=True)
class CountBasis:
    """What decides how much a record counts: the cycle's requirements, its days for courses, and
    the day of receipt.
    """

    version: PolicyVersion
    period: CyclePeriod
    earning_first_on: date
    earning_last_on: date
    received_on: date
    method: CountingMethod | None = None


def count_records(records: Iterable[RecordFact], basis: CountBasis) -> dict[str, Count]:
    """Return how much every record counts, by id."""
    if basis.method:
        return basis.method.count(records, basis)
    counts: dict[str, Count] = {}
    fitting: list[RecordFact] = []
    categories = {category.code: category for category in basis.version.categories}
    for record in records:
        reason = reason_alone(record, categories.get(record.category), basis)
        if reason:
            counts[record.id] = Count(0, reason)
        else:
            fitting.append(record)
    kept = without_duplicates(fitting, counts)
    _fill_categories(kept, basis, counts)
    return counts


@lru_cache(maxsize=1024)
def in_full(counted: int) -> Count:
    """Return the count of a record that counts in full. Many records share a few amounts."""
    return Count(counted, None)


def counted_by_category(records: Iterable[RecordFact], counts: dict[str, Count]) -> dict[str, int]:
    """Return the amount that counts in each category; a category without records is absent."""
    found: dict[str, int] = {}
    for record in records:
        found[record.category] = found.get(record.category, 0) + counts[record.id].counted
    return found


def claimed_ids(
    records: Iterable[RecordFact], basis: CountBasis, counts: dict[str, Count]
) -> tuple[str, ...]:
    """Return the ids of the records that an application would claim, by day of completion. `counts`
    has the count of every record.

    An application claims every counted record completed by E. Of those completed after E it claims
    only what it needs: first for the minima of the categories, then for the total. The others stay
    for the new cycle (Q9).
    """
    ordered = sorted(records, key=by_completion)
    chosen = [record for record in ordered if record.completed_on <= basis.period.expires_on]
    later = [record for record in ordered if record.completed_on > basis.period.expires_on]
    if later:
        needed = basis.method.shortfalls(basis, chosen, later) if basis.method else _shortfalls(basis)
        for missing in needed:
            _add_needed(later, chosen, missing)
        chosen.sort(key=by_completion)
        counts = count_records(chosen, basis)
    return tuple(record.id for record in chosen if counts[record.id].counted)


def _add_needed(later: list[RecordFact], chosen: list[RecordFact], missing: Shortfall) -> None:
    """Move records from `later` to `chosen`, as long as something is `missing` and the record reduces it."""
    for record in list(later):
        before = missing(chosen)
        if before <= 0:
            return
        if missing([*chosen, record]) < before:
            chosen.append(record)
            later.remove(record)


def _shortfalls(basis: CountBasis) -> Iterator[Shortfall]:
    for category in basis.version.categories:
        yield lambda records, one=category: _missing(records, basis, one)  # type: ignore[misc]  # the default binds the loop variable
    yield lambda records: _missing(records, basis, None)


def _missing(records: list[RecordFact], basis: CountBasis, category: Category | None) -> int:
    found = counted_by_category(records, count_records(records, basis))
    if category is None:
        return basis.version.total - sum(found.values())
    return category.minimum - found.get(category.code, 0)


def reason_alone(record: RecordFact, category: Category | None, basis: CountBasis) -> str | None:
    """Return the code of the first reason against the record that depends on no other record; None
    when there is none.
    """
    if category is None:
        return UNKNOWN_CATEGORY
    if record.state == PENDING:
        return PENDING_RECORD
    if record.state == REJECTED or not _approved_on(record, record.completed_on):
        return NOT_APPROVED
    if record.completed_on < basis.earning_first_on:
        return BEFORE_CYCLE
    if record.completed_on > basis.earning_last_on:
        return AFTER_DEADLINE
    return None if _current(record, category, basis.received_on) else NOT_CURRENT


def _approved_on(record: RecordFact, day: date) -> bool:
    """Return whether the course was approved on `day`, even if its approval ended later (Q10)."""
    began = record.approved_from is None or record.approved_from <= day
    return began and (record.approved_through is None or day <= record.approved_through)


def _current(record: RecordFact, category: Category, day: date) -> bool:
    return not category.must_be_current or record.valid_through is None or day <= record.valid_through


def without_duplicates(records: list[RecordFact], counts: dict[str, Count]) -> list[RecordFact]:
    """Return one completion of each course and category: the most CEUs, then the first, then the
    smaller id (Q12).
    """
    best: dict[tuple[str, str], RecordFact] = {}
    for record in records:
        if record.course is not None:
            twin = best.setdefault((record.category, record.course), record)
            if twin is not record:
                best[record.category, record.course] = min(twin, record, key=_by_worth)
    kept = []
    for record in records:
        if record.course is None or best[record.category, record.course] is record:
            kept.append(record)
        else:
            counts[record.id] = Count(0, DUPLICATE)
    return kept


def _fill_categories(records: list[RecordFact], basis: CountBasis, counts: dict[str, Count]) -> None:
    """Count the records in order of completion until the cap of each category is reached."""
    room = {category.code: category.maximum for category in basis.version.categories}
    for record in sorted(records, key=by_completion):
        left = room[record.category]
        counted = record.ceus if left is None else min(record.ceus, left)
        if left is not None:
            room[record.category] = left - counted
        counts[record.id] = in_full(counted) if counted == record.ceus else Count(counted, CATEGORY_CAP)


def _by_worth(record: RecordFact) -> tuple[int, date, str]:
    return -record.ceus, record.completed_on, record.id


def by_completion(record: RecordFact) -> tuple[date, str]:
    return record.completed_on, record.id
