"""Translation of records into facts for the rules, done nowhere else."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from ceus.models import CeuRecord
from rules.answers import Standing
from rules.facts import Facts, RecordFact
from rules.standing import assess
from trainers.models import Cycle


def standing_for(
    cycle: Cycle, *, today: date, received_on: date | None = None, hoped: Iterable[RecordFact] = ()
) -> Standing:
    """Return the standing of `cycle` on `today` by its records, and by the `hoped` facts of
    undecided petitions. One query.
    """
    facts = with_hoped(facts_for(cycle, received_on=received_on), hoped)
    return assess(facts, today, cycle.credential.policy)


def with_hoped(facts: Facts, hoped: Iterable[RecordFact]) -> Facts:
    """Return `facts` with the records of undecided petitions."""
    return replace(facts, records=(*facts.records, *hoped))


def standing_of_records(
    cycle: Cycle, records: Iterable[CeuRecord], *, today: date, received_on: date | None = None
) -> Standing:
    """Return the standing by `records` alone; they should come with their course and its provider."""
    return assess(facts_of_records(cycle, records, received_on=received_on), today, cycle.credential.policy)


def facts_for(cycle: Cycle, *, received_on: date | None = None) -> Facts:
    """Return the facts of `cycle` for the rules, in one query and without a model instance for each
    row.
    """
    rows = _all_rows().for_cycle(cycle)
    return _facts(cycle, map(_Row._make, rows), received_on)


def facts_for_all(cycles: Collection[Cycle]) -> dict[int, Facts]:
    """Return the facts of many cycles, by primary key, one of each credential. One query."""
    found: dict[int, list[tuple[int | None, _Row]]] = {one.credential_id: [] for one in cycles}
    rows = CeuRecord.objects.present().filter(credential__in=found).order_by()
    for credential, claimed_for, *columns in rows.values_list("credential_id", "claimed_for_id", *_COLUMNS):
        found[credential].append((claimed_for, _Row._make(columns)))
    return {
        one.pk: _facts(
            one, (row for claimed, row in found[one.credential_id] if claimed in (None, one.pk)), None
        )
        for one in cycles
    }


def facts_of_records(cycle: Cycle, records: Iterable[CeuRecord], *, received_on: date | None = None) -> Facts:
    """Return `records` and the dates of `cycle` as facts."""
    return _facts(cycle, map(_row, records), received_on)


class _Row(NamedTuple):
    """The columns of a record, its course and its provider for the rules, in the order of `_COLUMNS`."""

    pk: int
    category: str
    hundredths: int
    completed_on: date
    valid_through: date | None
    course_id: int | None
    state: str
    course_from: date | None = None
    course_through: date | None = None
    provider_from: date | None = None
    provider_through: date | None = None


_OWN = _Row._fields[:7]
_APPROVAL = ("approved_from", "approved_through")
_COLUMNS = (*_OWN, *(f"{way}__{name}" for way in ("course", "course__provider") for name in _APPROVAL))


@cache
def _all_rows() -> Any:
    """Return the columns of every record, to be narrowed.

    It is composed once, because finding the joins again costs as much as a query.
    """
    return CeuRecord.objects.order_by().values_list(*_COLUMNS)


def _facts(cycle: Cycle, rows: Iterable[_Row], received_on: date | None) -> Facts:
    return Facts(
        expires_on=cycle.expires_on,
        starts_on=cycle.starts_on,
        awarded_on=cycle.credential.awarded_on,
        received_on=received_on,
        records=tuple(_fact(row) for row in rows),
    )


def _row(record: CeuRecord) -> _Row:
    """Return the record as the database would return its row."""
    own = [getattr(record, name) for name in _OWN]
    if record.course is None:
        return _Row(*own)
    return _Row(
        *own, *(getattr(one, name) for one in (record.course, record.course.provider) for name in _APPROVAL)
    )


def _fact(row: _Row) -> RecordFact:
    approved_from, approved_through = _approved(row)
    return RecordFact(
        str(row.pk),
        row.category,
        row.hundredths,
        row.completed_on,
        row.valid_through,
        str(row.course_id) if row.course_id else None,
        approved_from,
        approved_through,
        row.state,
    )


def _approved(row: _Row) -> tuple[date | None, date | None]:
    """Return the days on which both the course and its provider were approved (Q10)."""
    if row.course_from is None or row.provider_from is None:
        return None, None
    began = max(row.course_from, row.provider_from)
    if row.course_through is None or row.provider_through is None:
        return began, row.course_through or row.provider_through
    return began, min(row.course_through, row.provider_through)
