"""What was granted, as facts for the rules: extensions (Q34), and waivers that are not part of a
charge yet (Q35).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, OuterRef, Subquery

from core.prepared import PreparedQuery
from hardship.models import Relief
from rules.facts import APPLICATION, COMPLETION, CycleExtension, Waiver
from trainers.last_days import register_last_day
from trainers.models import Cycle

REASONS = {"military": "military service", "illness": "illness", "disaster": "a disaster", "other": ""}
MOVES = {
    Relief.What.COMPLETION: (COMPLETION,),
    Relief.What.APPLICATION: (APPLICATION,),
    Relief.What.BOTH: (COMPLETION, APPLICATION),
}
Row = tuple[str, str, date | None, str, int | None]
_COLUMNS = ("what", "kind", "through", "fee_code", "amount_cents")
_ROWS: PreparedQuery[Row] = PreparedQuery(
    lambda cycle: (
        Relief.objects.granted().of_price().filter(cycle=cycle).order_by("pk").values_list(*_COLUMNS)
    ),
    cycle=BigIntegerField(),
)


@dataclass(frozen=True, slots=True)
class Granted:
    """The extensions and waivers of one cycle."""

    extensions: tuple[CycleExtension, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def relief_of(cycle: Cycle) -> Granted:
    """Return what was granted for a cycle. One query."""
    return _granted(_ROWS.all(cycle=cycle.pk))


def relief_of_all(cycles: Collection[Cycle]) -> dict[int, Granted]:
    """Return the granted extensions and waivers of many cycles, by the cycle's primary key. One
    query.
    """
    found: dict[int, list[Row]] = {one.pk: [] for one in cycles}
    rows = Relief.objects.granted().of_price().filter(cycle__in=found).order_by("pk")
    for cycle, *columns in rows.values_list("cycle_id", *_COLUMNS):
        found[cycle].append(tuple(columns))
    return {pk: _granted(rows) for pk, rows in found.items()}


@register_last_day
def moved_last_day(cycle: Cycle) -> date | None:
    """Return the day to which the last day to apply of a cycle was moved; None when it was not
    moved (Q34).
    """
    moving = [what for what, moved in MOVES.items() if APPLICATION in moved]
    rows = Relief.objects.granted().filter(cycle=cycle, what__in=moving)
    return rows.order_by("-through").values_list("through", flat=True).first()


def extended_through(of: str, cycle: str = "pk") -> Subquery:
    """Return, as a subquery, the latest day to which the last day of kind `of` was moved. `cycle`
    is the path to the cycle.
    """
    moving = [what for what, moved in MOVES.items() if of in moved]
    rows = Relief.objects.granted().filter(cycle=OuterRef(cycle), what__in=moving)
    return Subquery(rows.order_by("-through").values("through")[:1])


def fact_of(relief: Relief) -> Granted:
    """Return the extension or waiver of this relief as facts for the rules, also when it is not
    granted yet.
    """
    return granted_in([relief])


def granted_in(reliefs: Iterable[Relief]) -> Granted:
    """Return these reliefs of one cycle as facts for the rules. No query."""
    return _granted([(one.what, one.kind, one.through, one.fee_code, one.amount_cents) for one in reliefs])


def _granted(rows: Iterable[Row]) -> Granted:
    kept = list(rows)
    extensions = [
        CycleExtension(of, through, REASONS[kind])
        for what, kind, through, _, _ in kept
        for of in MOVES.get(Relief.What(what), ())
        if through
    ]
    waivers = [Waiver(code, cents, REASONS[kind]) for _, kind, _, code, cents in kept if code]
    return Granted(tuple(extensions), tuple(waivers))
