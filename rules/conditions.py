"""Whether a condition (`when`) of a policy holds for one person, cycle and application. A condition
about a fact that is not given does not hold: without a day of birth nobody is 65.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.days import MONTHS_IN_YEAR, CyclePeriod, add_days, begun_months, months_between
from rules.facts import Facts, RecordFact
from rules.matching import in_order
from rules.policy.building_blocks import Condition, FactTest, PartValue

EACH = "renewal_each"  # every second, third, … renewal
ALL_FROM = "all_from"  # at least one record counts, and all that count are of these providers


@dataclass(frozen=True, slots=True)
class Context:
    """The values with which conditions are evaluated. Path, tier and the counted amounts are empty
    until they are computed.
    """

    facts: Facts
    period: CyclePeriod
    received_on: date
    number: int | None
    path: str = ""
    tier: str = ""
    counted: tuple[RecordFact, ...] = ()
    unmet: tuple[str, ...] = ()

    def on_path(self, path: str) -> "Context":
        """Return the same on a path, before anything is counted on it."""
        return Context(self.facts, self.period, self.received_on, self.number, path)

    def in_tier(self, tier: str) -> "Context":
        """Return the same in a tier."""
        known = self.facts, self.period, self.received_on, self.number
        return Context(*known, self.path, tier, self.counted, self.unmet)


def condition_holds(condition: Condition | None, context: Context) -> bool:
    """Return whether every part of the condition holds; True when there is no condition."""
    if condition is None:
        return True
    return (
        all(_holds(key, value, context) for key, value in condition.tests)
        and all(_fact_holds(one, context) for one in condition.facts)
        and (not condition.any_of or any(condition_holds(one, context) for one in condition.any_of))
        and (condition.none_of is None or not condition_holds(condition.none_of, context))
    )


def names_key(condition: Condition, key: str) -> bool:
    """Return whether a condition, or one within it, asks this key."""
    return any(one == key for one, _ in tests_within(condition))


def tests_within(condition: Condition) -> Iterator[tuple[str, PartValue]]:
    """Yield what a condition and those within it ask, as (key, value); not the policy's own facts."""
    yield from condition.tests
    for one in (*condition.any_of, *filter(None, (condition.none_of,))):
        yield from tests_within(one)


def _holds(key: str, value: PartValue, context: Context) -> bool:
    if isinstance(value, bool):
        return _ANSWERS[key](context) == value
    if isinstance(value, tuple):
        if key == ALL_FROM:
            return bool(context.counted) and all(one.details.provider in value for one in context.counted)
        return any(one in value for one in _CODES[key](context))
    if key == EACH:
        return isinstance(value, int) and context.number is not None and context.number % value == 0
    name, _, side = key.rpartition("_")
    given = _ORDERED[f"{name}_*"](context)
    return in_order(value, given) if side == "from" else in_order(given, value)


def _fact_holds(test: FactTest, context: Context) -> bool:
    """Return whether a fact is what is asked; a limit counted from a day of the cycle is that day first."""
    if test.counted_from:
        limit = test.counted_from.after(anchor_days(context)[test.counted_from.anchor])
        test = FactTest(test.code, first=limit) if test.since else FactTest(test.code, last=limit)
    return is_fact(test, context.facts.more.own.get(test.code))


def anchor_days(context: Context) -> Mapping[str, date]:
    """Return the day of each anchor that is known before the windows are computed."""
    period = context.period
    return {"S": period.starts_on, "E": period.expires_on, "R": context.received_on}


def is_fact(test: FactTest, given: object) -> bool:
    """Return whether what is given of one of the policy's own facts is what a condition asks for."""
    if test.among is not None:
        return given in test.among
    return in_order(given, test.last) if test.first is None else in_order(test.first, given)


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on a day. Somebody born on 29 February becomes a year older on
    28 February of a common year.
    """
    return months_between(born_on, day) // MONTHS_IN_YEAR


def _age(context: Context) -> int | None:
    born_on = context.facts.more.born_on
    return None if born_on is None else age_on(born_on, context.received_on)


def _held_years(context: Context) -> int | None:
    """Return how many whole years have passed since the award on the day of receipt; None without an award."""
    awarded_on = context.facts.awarded_on
    return None if awarded_on is None else age_on(awarded_on, context.received_on)


def cycle_months(period: CyclePeriod) -> int:
    """Return how many whole months a cycle has."""
    return months_between(period.starts_on, add_days(period.expires_on, 1))


def cycle_begun_months(period: CyclePeriod) -> int:
    """Return how many months of a cycle begin: 13 when it is a day longer than a year."""
    return begun_months(period.starts_on, add_days(period.expires_on, 1))


# What is given of each day and number that a condition limits: "age_*" stands for age_from and age_through.
_ORDERED: dict[str, Callable[[Context], date | int | None]] = {
    "awarded_*": lambda context: context.facts.awarded_on,
    "expires_*": lambda context: context.period.expires_on,
    "received_*": lambda context: context.received_on,
    "renewal_*": lambda context: context.number,
    "age_*": _age,
    "months_*": lambda context: cycle_months(context.period),
    "begun_*": lambda context: cycle_begun_months(context.period),
    "held_years_*": _held_years,
    "also_*": lambda context: len(context.facts.more.also),
}
_ANSWERS: dict[str, Callable[[Context], bool]] = {
    "member": lambda context: context.facts.more.member,
    "completed_after_e": lambda context: any(
        one.completed_on > context.period.expires_on for one in context.counted
    ),
    "short": lambda context: bool(context.unmet),
}
_CODES: dict[str, Callable[[Context], Iterable[str | None]]] = {
    "country": lambda context: (context.facts.more.country,),
    "path": lambda context: (context.path,),
    "renewed_by": lambda context: (context.facts.more.renewed_by,),
    "tier": lambda context: (context.tier,),
    "also_holds": lambda context: (one.code for one in context.facts.more.also),
    "unmet": lambda context: context.unmet,
}
