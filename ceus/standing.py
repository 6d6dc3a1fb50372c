"""The only place that translates records into facts for the rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from django.db.models import BigIntegerField

from ceus.described import (
    Described,
    courses_taken_before,
    described_now,
    details_of_records,
    details_of_rows,
    with_details,
)
from ceus.models import CeuRecord
from ceus.sharing import countable_among, counted_elsewhere, records_of_people, rule_of_several
from core.prepared import PreparedQuery
from hardship.standing import Granted, relief_of, relief_of_all
from rules.answers import Standing
from rules.days import add_days
from rules.facts import ACCEPTED, PENDING, Circumstances, Facts, RecordDetails, RecordFact
from rules.standing import assess_once
from trainers.circumstances import circumstances_of, circumstances_of_all
from trainers.models import Cycle


def standing_for(
    cycle: Cycle, *, today: date, received_on: date | None = None, hoped: Iterable[RecordFact] = ()
) -> Standing:
    """Return the standing of `cycle` on `today`, counting its records and `hoped`, the facts of
    undecided petitions. Two queries.
    """
    facts = with_hoped(facts_for(cycle, received_on=received_on), hoped)
    return assess_once(facts, today, cycle.policy)


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
    return assess_once(facts, today, cycle.policy)


def facts_of_records(
    cycle: Cycle, records: Iterable[CeuRecord], granted: Granted, received_on: date | None = None
) -> Facts:
    """Return the facts that `records` and what was granted give. No query, unless the policy asks for
    facts about the person.
    """
    rows, more = list(records), circumstances_of(cycle)
    return _facts(cycle, map(_row, rows), granted, more, received_on, details_of_rows(cycle, rows))


def facts_for(cycle: Cycle, *, received_on: date | None = None) -> Facts:
    """Return the facts of `cycle` for the rules, in two queries and without a model instance for each
    row; more where the policy asks for facts about the person.
    """
    if rule_of_several(cycle):
        every = records_of_people([cycle])[cycle.credential.trainer_id]
        return facts_of_person(cycle, every, relief_of(cycle), circumstances_of(cycle), received_on)
    rows = _ROWS.all(cycle=cycle.pk, credential=cycle.credential_id)
    more = circumstances_of(cycle)
    return _facts(cycle, rows, relief_of(cycle), more, received_on, details_of_records([cycle]))


def facts_of_person(
    cycle: Cycle,
    every: Collection[CeuRecord],
    granted: Granted,
    more: Circumstances,
    received_on: date | None = None,
    before: Mapping[int, set[int]] | None = None,
    now: Mapping[int, Described] | None = None,
) -> Facts:
    """Return the facts of `cycle` under a policy that says something to people with several
    credentials; `every` are the person's records of all of them, `before` and `now` what
    `courses_taken_before` and `described_now` returned for many cycles.
    """
    details = details_of_rows(cycle, every, before, now)
    rows = map(_row, countable_among(cycle, every))
    facts = _facts(cycle, rows, granted, more, received_on, details)
    used = counted_elsewhere(cycle, every)
    if not used:
        return facts
    records = (
        replace(one, details=replace(one.details, used_by=used[int(one.id)])) if int(one.id) in used else one
        for one in facts.records
    )
    return replace(facts, records=tuple(records))


def facts_for_all(cycles: Collection[Cycle]) -> dict[int, Facts]:
    """Return the facts of many cycles, by primary key. No two cycles are of one credential. Two
    queries, and as many more as the policies ask for, however many cycles there are.
    """
    found: dict[int, list[tuple[int | None, _Row]]] = {one.credential_id: [] for one in cycles}
    rows = CeuRecord.objects.present().filter(credential__in=found).order_by()
    for credential, claimed_for, *columns in rows.values_list("credential_id", "claimed_for_id", *_COLUMNS):
        found[credential].append((claimed_for, tuple(columns)))
    granted, more = relief_of_all(cycles), circumstances_of_all(cycles)
    several = [one for one in cycles if rule_of_several(one)]
    every, before = records_of_people(several), courses_taken_before(several)
    now = described_now(
        chain.from_iterable(every.values()) if any(one.policy.wide for one in several) else ()
    )
    shared = {
        one.pk: facts_of_person(
            one, every[one.credential.trainer_id], granted[one.pk], more[one.pk], before=before, now=now
        )
        for one in several
    }
    details = details_of_records([one for one in cycles if one.pk not in shared])
    return shared | {
        one.pk: _facts(
            one,
            (row for claimed, row in found[one.credential_id] if claimed in (None, one.pk)),
            granted[one.pk],
            more[one.pk],
            details=details,
        )
        for one in cycles
        if one.pk not in shared
    }


_Row = tuple[int, str, int, date, date | None, int | None, str, bool]  # the values of _COLUMNS
_COLUMNS = (
    *("pk", "category", "hundredths", "completed_on", "valid_through", "course_id", "state", "approved"),
)
_ROWS: PreparedQuery[_Row] = PreparedQuery(
    lambda cycle, credential: (
        CeuRecord.objects.countable(cycle, credential).order_by().values_list(*_COLUMNS)
    ),
    cycle=BigIntegerField(),
    credential=BigIntegerField(),
)


def _facts(
    cycle: Cycle,
    rows: Iterable[_Row],
    granted: Granted,
    more: Circumstances,
    received_on: date | None = None,
    details: Mapping[int, RecordDetails] = MappingProxyType({}),
) -> Facts:
    return Facts(
        expires_on=cycle.expires_on,
        starts_on=cycle.starts_on,
        awarded_on=cycle.credential.awarded_on,
        received_on=received_on,
        records=tuple(with_details(_record_fact(*row), details) for row in rows)
        if details
        else _records(tuple(rows)),
        extensions=granted.extensions,
        waivers=granted.waivers,
        more=more,
    )


@lru_cache(maxsize=128)
def _records(rows: tuple[_Row, ...]) -> tuple[RecordFact, ...]:
    """Return the rows as facts; the same ones for the same rows, which `assess_once` then knows sooner."""
    return tuple(_record_fact(*row) for row in rows)


def fact_of_record(record: CeuRecord) -> RecordFact:
    """Return a record as a fact for the rules, without what only some policies ask about it."""
    return _record_fact(*_row(record))


def _row(record: CeuRecord) -> _Row:
    """Return the record as the database would return its row."""
    row: _Row = tuple(getattr(record, name) for name in _COLUMNS)
    return row


def _record_fact(
    pk: int,
    category: str,
    hundredths: int,
    completed_on: date,
    valid_through: date | None,
    course: int | None,
    state: str,
    approved: bool,
) -> RecordFact:
    """Return the row as a fact for the rules. Whether its course was approved on the day is stored
    in the row, so that later changes of the catalogue make no difference (Q10, Q32).
    """
    course_id = str(course) if course else None
    fact = RecordFact(str(pk), category, hundredths, completed_on, valid_through, course_id, state=state)
    if approved:
        return fact
    ended_on = add_days(completed_on, -1)  # a certificate that is missing as well would not help
    return replace(fact, approved_through=ended_on, state=ACCEPTED if state == PENDING else state)
