"""Whether a condition (`when`) of a policy holds for one person, cycle and application. A condition
about a fact that is not given does not hold: without a day of birth nobody is 65.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.days import MONTHS_IN_YEAR, CyclePeriod, add_days, months_between
from rules.facts import Facts, RecordFact
from rules.policy.terms import Condition


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


def holds(condition: Condition | None, context: Context) -> bool:
    """Return whether every part of the condition holds; True when there is no condition."""
    if condition is None:
        return True
    return all(_TESTS[key](value, context) for key, value in condition.tests)


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on a day. Somebody born on 29 February becomes a year older on
    28 February of a common year.
    """
    return months_between(born_on, day) // MONTHS_IN_YEAR


def _awarded_from(day: date, context: Context) -> bool:
    awarded_on = context.facts.awarded_on
    return awarded_on is not None and awarded_on >= day


def _awarded_through(day: date, context: Context) -> bool:
    awarded_on = context.facts.awarded_on
    return awarded_on is not None and awarded_on <= day


def _renewal_from(number: int, context: Context) -> bool:
    return context.number is not None and context.number >= number


def _renewal_through(number: int, context: Context) -> bool:
    return context.number is not None and context.number <= number


def _age_from(years: int, context: Context) -> bool:
    born_on = context.facts.more.born_on
    return born_on is not None and age_on(born_on, context.received_on) >= years


def _age_through(years: int, context: Context) -> bool:
    born_on = context.facts.more.born_on
    return born_on is not None and age_on(born_on, context.received_on) <= years


def _is_member(wanted: bool, context: Context) -> bool:
    return context.facts.more.member == wanted


def _in_country(countries: tuple[str, ...], context: Context) -> bool:
    return context.facts.more.country in countries


def _own_fact(wanted: tuple[tuple[str, Any], ...], context: Context) -> bool:
    own = context.facts.more.own
    return all(own.get(code) in value for code, value in wanted)


def _own_from(wanted: tuple[tuple[str, Any], ...], context: Context) -> bool:
    own: Any = context.facts.more.own
    return all(code in own and own[code] >= value for code, value in wanted)


def _own_through(wanted: tuple[tuple[str, Any], ...], context: Context) -> bool:
    own: Any = context.facts.more.own
    return all(code in own and own[code] <= value for code, value in wanted)


def _all_from(providers: tuple[str, ...], context: Context) -> bool:
    """Return whether at least one record counts and all records that count are of these providers."""
    return bool(context.counted) and all(one.details.provider in providers for one in context.counted)


def _after_e(wanted: bool, context: Context) -> bool:
    expires_on = context.period.expires_on
    return any(one.completed_on > expires_on for one in context.counted) == wanted


def _unmet(codes: tuple[str, ...], context: Context) -> bool:
    return any(code in context.unmet for code in codes)


def _is_short(wanted: bool, context: Context) -> bool:
    return bool(context.unmet) == wanted


def _months_from(months: int, context: Context) -> bool:
    return cycle_months(context.period) >= months


def _months_through(months: int, context: Context) -> bool:
    return cycle_months(context.period) <= months


def cycle_months(period: CyclePeriod) -> int:
    """Return how many whole months a cycle has."""
    return months_between(period.starts_on, add_days(period.expires_on, 1))


def _holds_other(codes: tuple[str, ...], context: Context) -> bool:
    return any(one.code in codes for one in context.facts.more.also)


def _any_holds(conditions: tuple[Condition, ...], context: Context) -> bool:
    return any(holds(one, context) for one in conditions)


_TESTS: dict[str, Callable[[Any, Context], bool]] = {
    "awarded_from": _awarded_from,
    "awarded_through": _awarded_through,
    "renewal_from": _renewal_from,
    "renewal_through": _renewal_through,
    "member": _is_member,
    "age_from": _age_from,
    "age_through": _age_through,
    "country": _in_country,
    "fact": _own_fact,
    "fact_from": _own_from,
    "fact_through": _own_through,
    "received_from": lambda day, context: context.received_on >= day,
    "received_through": lambda day, context: context.received_on <= day,
    "months_from": _months_from,
    "months_through": _months_through,
    "also_holds": _holds_other,
    "path": lambda codes, context: context.path in codes,
    "tier": lambda codes, context: context.tier in codes,
    "all_from": _all_from,
    "completed_after_e": _after_e,
    "unmet": _unmet,
    "short": _is_short,
    "any": _any_holds,
    "not": lambda condition, context: not holds(condition, context),
}
