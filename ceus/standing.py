"""The only place that translates records into facts for the rules."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from ceus.models import CeuRecord
from hardship.standing import Granted, relief_of, relief_of_all
from rules.answers import Standing
from rules.days import add_days
from rules.facts import ACCEPTED, PENDING, Facts, RecordFact
from rules.standing import assess
from trainers.models import Cycle


def standing_for(
    cycle: Cycle, *, today: date, received_on: date | None = None, hoped: Iterable[RecordFact] = ()
) -> Standing:
    """Return the standing of `cycle` on `today`, counting its records and `hoped`, the facts of
    undecided petitions. Two queries.
    """
    facts = with_hoped(facts_for(cycle, received_on=received_on), hoped)
    return assess(facts, today, cycle.policy)


def with_hoped(facts: Facts, hoped: Iterable[RecordFact]) -> Facts:
    """Return `facts` with `hoped`, the records that undecided petitions would give, added."""
    return replace(facts, records=(*facts.records, *hoped))


def standing_of_records(
    cycle: Cycle,
    records: Iterable[CeuRecord],
    *,
    today: date,
    received_on: date | None = None,
    granted: Granted | None = None,
) -> Standing:
    """Return the standing that `records` alone give. `granted` is what hardship granted for the
    cycle; without it one query reads that.
    """
    facts = facts_of_records(cycle, records, granted or relief_of(cycle), received_on)
    return assess(facts, today, cycle.policy)


def facts_of_records(
    cycle: Cycle, records: Iterable[CeuRecord], granted: Granted, received_on: date | None = None
) -> Facts:
    """Return the facts that `records` and what was granted give. No query."""
    return _facts(cycle, map(_row, records), granted, received_on)


def facts_for(cycle: Cycle, *, received_on: date | None = None) -> Facts:
    """Return the facts of `cycle` for the rules, in two queries and without a model instance for each
    row.
    """
    rows = _all_rows().for_cycle(cycle)
    return _facts(cycle, map(_Row._make, rows), relief_of(cycle), received_on)


def facts_for_all(cycles: Collection[Cycle]) -> dict[int, Facts]:
    """Return the facts of many cycles, by primary key. No two cycles are of one credential. Two
    queries.
    """
    found: dict[int, list[tuple[int | None, _Row]]] = {one.credential_id: [] for one in cycles}
    rows = CeuRecord.objects.present().filter(credential__in=found).order_by()
    for credential, claimed_for, *columns in rows.values_list("credential_id", "claimed_for_id", *_COLUMNS):
        found[credential].append((claimed_for, _Row._make(columns)))
    granted = relief_of_all(cycles)
    return {
        one.pk: _facts(
            one,
            (row for claimed, row in found[one.credential_id] if claimed in (None, one.pk)),
            granted[one.pk],
        )
        for one in cycles
    }


class _Row(NamedTuple):
    """The columns of a record for the rules, in the order of `_COLUMNS`."""

    pk: int
    category: str
    hundredths: int
    completed_on: date
    valid_through: date | None
    course_id: int | None
    state: str
    approved: bool


_COLUMNS = _Row._fields


@cache
def _all_rows() -> Any:
    """Return a query for the needed columns of all records; callers filter it. It is built only once."""
    return CeuRecord.objects.order_by().values_list(*_COLUMNS)


def _facts(cycle: Cycle, rows: Iterable[_Row], granted: Granted, received_on: date | None = None) -> Facts:
    return Facts(
        expires_on=cycle.expires_on,
        starts_on=cycle.starts_on,
        awarded_on=cycle.credential.awarded_on,
        received_on=received_on,
        records=tuple(_fact(row) for row in rows),
        extensions=granted.extensions,
        waivers=granted.waivers,
    )


def _row(record: CeuRecord) -> _Row:
    """Return the record as the database would return its row."""
    return _Row(*(getattr(record, name) for name in _COLUMNS))


def _fact(row: _Row) -> RecordFact:
    """Return the row as a fact for the rules. Whether its course was approved on the day is stored
    in the row, so that later changes of the catalogue make no difference (Q10, Q32).
    """
    fact = RecordFact(
        str(row.pk),
        row.category,
        row.hundredths,
        row.completed_on,
        row.valid_through,
        str(row.course_id) if row.course_id else None,
        state=row.state,
    )
    if row.approved:
        return fact
    ended_on = add_days(row.completed_on, -1)  # a certificate that is missing as well would not help
    return replace(fact, approved_through=ended_on, state=ACCEPTED if row.state == PENDING else row.state)
