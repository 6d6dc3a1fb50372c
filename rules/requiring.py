"""Requirements without an amount of the unit, and those of which one of several ways is enough."""

from rules.answers import Requirement
from rules.conditions import Context, anchor_days
from rules.matching import in_order
from rules.policy.amounts import Alternatives
from rules.policy.building_blocks import Rule
from rules.policy.families import Need
from rules.units import Unit, number_in_words

COUNTED = Unit("time", "times", digits=0, shown_digits=0, step=1)
Coded = tuple[str, Requirement]  # with the code of what requires it: law for law_1 and law_2


def way_in_year(way: tuple[str, ...], year: str, coded: list[Coded]) -> list[Requirement]:
    """Return the requirements of a way in a year; none when one of them does not apply."""
    found = [one for code, one in coded if code in way and (not year or one.code in (code, code + year))]
    applying = {code for code, one in coded if code in way and one in found}
    return found if applying == set(way) else []


def one_of_ways(group: Alternatives, year: str, ways: list[list[Requirement]]) -> Requirement:
    """Return the requirement that so many of these ways are reached, with a sentence on each."""
    needed = min(group.at_least, len(ways))
    reached = sum(all(one.met for one in way) for way in ways)
    said = f"{group.label}: {number_in_words(needed)} of these {'is' if needed == 1 else 'are'} enough. "
    said += " Or: ".join(" ".join(one.text for one in way) for way in ways)
    return Requirement(
        group.code + year, group.label, needed, min(reached, needed), group.rule.clause, COUNTED, said
    )


def met_or_not(code: str, label: str, rule: Rule, met: bool, said: str) -> Requirement:
    return Requirement(code, label, 1, int(met), rule.clause, COUNTED, said)


def is_met(need: Need, context: Context) -> bool:
    """Return whether a fact that is needed is given."""
    value = context.facts.more.own.get(need.fact)
    if need.within:
        first_on, last_on = need.within.among(anchor_days(context))
        return in_order(first_on, value) and in_order(value, last_on)
    if need.at_least is not None:
        return in_order(need.at_least, value)
    return value in need.among if need.among else value is True
