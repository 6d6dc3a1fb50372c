"""Whether what a policy states about weights, alternatives, years and amounts for a part of the time
is consistent: ways that are not the same, and amounts of which something is left.
"""

from collections.abc import Iterator
from itertools import permutations

from rules.caps import YEAR
from rules.days import MONTHS_IN_YEAR
from rules.policy.amounts import Alternatives, Proration
from rules.policy.model import Policy, PolicyVersion
from rules.wording import ACTIVE, EXPIRED, TERMINATED


def amount_problems(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each contradiction; none of them depends on a day."""
    families = version.families
    for one in families.alternatives:
        yield from _ways(one)
        yield from _for_everybody(version, one)
    for limit in families.limits:
        if limit.excess and limit.per == YEAR and version.cycle_months <= MONTHS_IN_YEAR:
            yield f"limits[{limit.code}].excess: a cycle has one year, so there is no other to which it could go."
    for path in families.paths:
        if path.status in (ACTIVE, EXPIRED, TERMINATED):
            yield f"paths[{path.code}].status: {path.status} has its own meaning; leave it out, or use another word."
    if version.total and _leaves_nothing(families.ends.prorated, version.total):
        yield f"cycle.first.to: it is more than the total, {policy.unit.words(version.total)}."
    for due in families.dues:
        if _leaves_nothing(due.prorated, due.cents):
            yield f"dues[{due.code}].to: it is more than the fee, {policy.money(due.cents)}."


def _leaves_nothing(rule: Proration | None, amount: int) -> bool:
    return rule is not None and rule.to > amount


def _ways(group: Alternatives) -> Iterator[str]:
    """Yield a problem for the first way that asks for all that another one asks for."""
    for one, other in permutations(group.ways, 2):
        if set(one) <= set(other):
            said = f"{' and '.join(other)} asks for all of {' and '.join(one)}"
            yield f"alternatives[{group.code}].of: {said}; one of them is too many."
            return


def _for_everybody(version: PolicyVersion, group: Alternatives) -> Iterator[str]:
    """Yield a problem when the ways count different kinds of year, or when too few of them are for
    everybody, so that nothing would be asked of some.
    """
    families = version.families
    kinds = {limit.per for limit in families.limits if limit.code in group.codes}
    if group.per == YEAR and len(kinds) > 1:
        yield f"alternatives[{group.code}].per: its limits count different years; let all be per year, or per calendar_year."
    for_some = {
        one.code for rows in (families.limits, families.needs, families.cards) for one in rows if one.when
    }
    open_ways = sum(for_some.isdisjoint(way) for way in group.ways)
    if group.when is None and open_ways < group.at_least:
        yield f"alternatives[{group.code}].of: only {open_ways} of its ways are for everybody; give it a when, too."
