"""Whether the families of a policy (what only some policies state) are consistent: requirements
that somebody can meet, fees that somebody pays, prices that do not fall, days on which something
can be done, and texts that state their figure.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from rules.answers import TOTAL, WINDOW
from rules.caps import CALENDAR_YEAR, CYCLE, ITEM, YEAR
from rules.days import MONTHS_IN_YEAR, CyclePeriod, add_days, add_months
from rules.needs import PERCENT
from rules.policy.amounts import DOWN, UP, Amount, RecordLimit
from rules.policy.building_blocks import LimitedRecords
from rules.policy.check_amounts import amount_problems
from rules.policy.model import Policy, PolicyVersion, Tier, codes_of_needs
from rules.rounding import rounded_amount

_A_DAY = date(2001, 1, 1)
EVERY_TIME = ("application", "credential")


def family_problems(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each contradiction that does not depend on a day."""
    yield from _limits(policy, version)
    yield from _totals(policy, version)
    yield from _codes(version)
    yield from _ranks(policy, version)
    yield from _paths(version)
    yield from amount_problems(policy, version)
    yield from _shares(version)
    yield from _unpaid(version)
    yield from _falling(policy, version)


def _limits(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    show = policy.unit.words
    for limit in version.families.limits:
        key, least, most = f"limits[{limit.code}]", limit.least, limit.most
        least, most = _of_total(least, version, policy, UP), _of_total(most, version, policy, DOWN)
        if least and most and least.value > most.value:
            yield f"{key}.minimum: it is more than the maximum; nobody can meet it."
        if least is None or limit.per == ITEM:
            continue
        if limit.of_records:
            yield from _kinds(version, limit, least.value)
            continue
        years = -(-version.cycle_months // MONTHS_IN_YEAR) if limit.per == YEAR else 1
        years = max(1, version.cycle_months // MONTHS_IN_YEAR - 1) if limit.per == CALENDAR_YEAR else years
        needed = least.value * years
        if 0 < version.total < needed and not version.families.totals:
            yield f"{key}.minimum: {show(needed)} are more than the total, {show(version.total)}."
        room = _room(version, limit.over)
        if room is not None and room < needed:
            yield f"{key}.minimum: {show(needed)} can never be met; what it is about counts {show(room)} at most."


def _kinds(version: PolicyVersion, limit: RecordLimit, needed: int) -> Iterator[str]:
    """Yield a problem when more different categories or topics are needed than there are."""
    categories = tuple(one.code for one in version.categories)
    there = {
        "categories": limit.over.categories or categories,
        "topics": limit.over.topics or version.families.topics,
    }.get(limit.counts, ())
    if there and len(there) < needed:
        yield f"limits[{limit.code}].minimum: it needs {needed} {limit.counts}, and there are {len(there)}."


def _of_total(amount: Amount | None, version: PolicyVersion, policy: Policy, usual: str) -> Amount | None:
    """Return an amount that is a share of the total as that share of the usual one."""
    if amount is None or amount.percent is None:
        return amount
    parts, rounds = version.total * amount.percent, amount.rounds or usual
    return replace(amount, value=rounded_amount(parts, PERCENT, policy.unit.step, rounds))


def _totals(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield totals that the caps over everything, or over all categories, make impossible."""
    show = policy.unit.words
    everything = _cap_over(version, LimitedRecords())
    if everything is not None and everything < version.total:
        yield f"total: {show(version.total)} can never be met; {show(everything)} count at most."
    room = _room(version, LimitedRecords())
    for one in version.families.totals:
        if room is not None and room < one.amount.value:
            yield f"total.instead: {show(one.amount.value)} can never be met; {show(room)} count at most."


def _room(version: PolicyVersion, over: LimitedRecords) -> int | None:
    """Return the highest amount that can count from the records that `over` describes, by the caps
    that apply to everybody; None when no cap limits it.
    """
    codes = over.categories or tuple(one.code for one in version.categories)
    caps = [one.maximum for one in version.categories if one.code in codes]
    known = [cap for cap in caps if cap is not None]
    worth = sum(card.worth for card in version.families.cards)
    of_categories = sum(known) + worth if known and len(known) == len(caps) else None
    rooms = (_cap_over(version, over), of_categories)
    return min((one for one in rooms if one is not None), default=None)


def _cap_over(version: PolicyVersion, over: LimitedRecords) -> int | None:
    """Return the lowest cap that applies to everybody and includes all records that `over`
    describes; None when there is none.
    """
    # What is carried over counts in the calendar year of its completion, before the cycle.
    per = (CYCLE, YEAR) if version.families.carry_over else (CYCLE, YEAR, CALENDAR_YEAR)
    rooms = (
        limit.most.value * _periods(version, limit)
        for limit in version.families.limits
        if limit.most and _always_cuts(limit, per) and _includes(limit.over, over)
    )
    return min(rooms, default=None)


def _always_cuts(limit: RecordLimit, per: Collection[str]) -> bool:
    whole = limit.when is None and limit.within is None and limit.per in per
    if limit.of_records:  # a cap over a number of records says nothing about amounts, unless none counts
        return whole and limit.most is not None and limit.most.value == 0
    return whole and (limit.most is None or limit.most.percent is None)


def _periods(version: PolicyVersion, limit: RecordLimit) -> int:
    """Return how many periods of the limit the days can touch on which courses count."""
    if limit.per == CALENDAR_YEAR:
        end = add_days(add_months(_A_DAY, version.cycle_months), -1)
        first_on, last_on = version.earning.bounds.days_in(CyclePeriod(_A_DAY, end))
        return (last_on - first_on).days // 365 + 2
    return -(-version.cycle_months // MONTHS_IN_YEAR) if limit.per == YEAR else 1


def _includes(wide: LimitedRecords, narrow: LimitedRecords) -> bool:
    """Return whether `wide` describes every record that `narrow` describes."""
    names = ("categories", "topics", "providers", "outside", "formats")
    pairs = [(getattr(wide, name), getattr(narrow, name)) for name in names]
    return all(not outer or (inner and set(inner) <= set(outer)) for outer, inner in pairs)


def _codes(version: PolicyVersion) -> Iterator[str]:
    codes = codes_of_needs(version)
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1 or code in (TOTAL, WINDOW):
            yield f"needs: the code {code} stands for more than one requirement."


def _shares(version: PolicyVersion) -> Iterator[str]:
    """Yield each fee that is a share of one that does not stand before it: it would be a share of nothing."""
    codes = [fee.code for fee in version.fees]
    for number, fee in enumerate(version.fees):
        for code in fee.terms.of:
            if code in codes[number:]:
                yield f"fees[{fee.code}].of: {code} must stand before it in the file."


def _unpaid(version: PolicyVersion) -> Iterator[str]:
    """Yield each fee that no tier and no path adds, so that nobody would ever pay it."""
    paid = {fee.code for tier in version.tiers for fee in tier.fees}
    paid |= {code for path in version.families.paths for code in path.adds}
    for fee in version.fees:
        if fee.code not in paid:
            yield f"fees[{fee.code}]: no tier and no path adds it."


def _falling(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each tier that costs less than the tier before, unless the file says that it is intended."""
    always = [tier for tier in version.tiers if tier.terms.when is None]
    for before, after in pairwise(always):
        if _price(after) < _price(before) and not after.terms.cheaper:
            yield (
                f"tiers[{after.code}]: it costs {policy.money(_price(after))}, less than "
                f"{policy.money(_price(before))} of {before.code} before it; "
                "write cheaper = true if that is meant."
            )


def _price(tier: Tier) -> int:
    return sum(
        -fee.amount_cents if fee.terms.takes_off else fee.amount_cents
        for fee in tier.fees
        if fee.terms.when is None and fee.terms.per in EVERY_TIME
    )


def _paths(version: PolicyVersion) -> Iterator[str]:
    """Yield a problem when the paths leave somebody without any: then no cycle could have dates."""
    paths = version.families.paths
    if paths and all(path.when or path.lifetime for path in paths):
        yield "paths: one that is not for life must be open to everybody, without when."


def _ranks(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    several = version.families.several
    if several and several.ranks and policy.code not in several.ranks:
        yield f"several.ranks: {policy.code} itself is not among them."
