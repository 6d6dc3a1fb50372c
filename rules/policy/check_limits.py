"""Whether the limits and totals of a policy leave somebody who can meet them: minima, caps, and what so many
records with a cap can count together.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from rules.caps import CALENDAR_YEAR, CYCLE, DAY, ITEM, MONTH, PROVIDER, YEAR
from rules.days import MONTHS_IN_YEAR, CyclePeriod, add_days, add_months
from rules.needs import PERCENT
from rules.policy.amounts import DOWN, UP, Amount, RecordLimit
from rules.policy.building_blocks import LimitedRecords
from rules.policy.model import Policy, PolicyVersion
from rules.rounding import rounded_amount

_A_DAY = date(2001, 1, 1)
FEWEST_DAYS = 28  # of a month


def limit_problems(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each limit and total that nobody can meet, or that asks for nothing."""
    yield from _limits(policy, version)
    yield from _totals(policy, version)


def _limits(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    show = policy.unit.words
    for limit in version.families.limits:
        key, least, most = f"limits[{limit.code}]", limit.least, limit.most
        least, most = _of_total(least, version, policy, UP), _of_total(most, version, policy, DOWN)
        yield from _nothing(version, limit, least, most)
        if least and most and least.value > most.value:
            yield f"{key}.minimum: it is more than the maximum; nobody can meet it."
        if least is None:
            continue
        if limit.per == ITEM:
            yield from _too_small(version, limit, least.value)
            continue
        if limit.of_records:
            yield from _kinds(version, limit, least.value)
            continue
        years = -(-version.cycle_months // MONTHS_IN_YEAR) if limit.per == YEAR else 1
        years = max(1, version.cycle_months // MONTHS_IN_YEAR - 1) if limit.per == CALENDAR_YEAR else years
        needed = least.value * years
        if 0 < version.total < needed and not version.families.totals:
            yield f"{key}.minimum: {show(needed)} are more than the total, {show(version.total)}."
        rooms = (_room(version, limit.over), _share(policy, version, limit.over))
        room = min((one for one in rooms if one is not None), default=None)
        if room is not None and room < needed:
            yield f"{key}.minimum: {show(needed)} can never be met; what it is about counts {show(room)} at most."


def _kinds(version: PolicyVersion, limit: RecordLimit, needed: int) -> Iterator[str]:
    """Yield a problem when more different categories or topics are needed than there are."""
    categories = tuple(one.code for one in version.categories)
    there = {
        "categories": limit.over.categories or categories,
        "topics": limit.over.topics or version.families.topics,
        "providers": limit.over.providers or version.families.providers,
    }.get(limit.counts, ())
    if there and len(there) < needed:
        yield f"limits[{limit.code}].minimum: it needs {needed} {limit.counts}, and there are {len(there)}."
    for other in version.families.limits:
        fewer = other.of_records and other.most and other.most.value < needed
        if (
            fewer
            and other.code != limit.code
            and other.per in (CYCLE, limit.per)
            and _always(other, limit.over)
        ):
            yield f"limits[{limit.code}].minimum: {other.code} counts fewer records at most; nobody can meet both."


def _nothing(
    version: PolicyVersion, limit: RecordLimit, least: Amount | None, most: Amount | None
) -> Iterator[str]:
    """Yield each end of a limit that is nothing: a minimum of 0, or a share of the total below a step."""
    for name, amount, stated in (("minimum", least, limit.least), ("maximum", most, limit.most)):
        is_share = stated is not None and stated.percent is not None
        if amount and not amount.value and (is_share or name == "minimum") and not version.families.totals:
            said = "that share of the total is less than a step" if is_share else "it asks for nothing"
            yield f"limits[{limit.code}].{name}: {said}."


def _too_small(version: PolicyVersion, limit: RecordLimit, least: int) -> Iterator[str]:
    """Yield a problem when each record must be more than another row lets one count."""
    for other in version.families.limits:
        less = other.per == ITEM and other.most and 0 < other.most.value < least
        if less and other.code != limit.code and _always(other, limit.over):
            yield f"limits[{limit.code}].minimum: {other.code} counts less of a record; nobody can meet both."


def _always(limit: RecordLimit, over: LimitedRecords) -> bool:
    """Return whether a limit is for everybody and about every record that `over` describes."""
    return limit.when is None and limit.within is None and _includes(limit.over, over)


def _of_total(amount: Amount | None, version: PolicyVersion, policy: Policy, usual: str) -> Amount | None:
    """Return an amount that is a share of the total as that share of the usual one."""
    if amount is None or amount.percent is None:
        return amount
    parts, rounds = version.total * amount.percent, amount.rounds or usual
    return replace(amount, value=rounded_amount(parts, PERCENT, policy.unit.step, rounds))


def _totals(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield totals that the caps over everything, or over all categories, make impossible."""
    show = policy.unit.words
    for category in version.categories:
        over = LimitedRecords(categories=(category.code,))
        caps = (_cap_over(version, over), _share(policy, version, over))
        cap = min((one for one in caps if one is not None), default=None)
        if cap is not None and cap < category.minimum:
            least = show(category.minimum)
            yield f"categories[{category.code}].minimum: {least} can never be met; {show(cap)} count at most."
    if 0 < version.total < (least_of_all := _apart(version)) and not version.families.totals:
        yield f"total: {show(version.total)} is less than the minima of its categories together, {show(least_of_all)}."
    everything = _cap_over(version, LimitedRecords())
    if everything is not None and everything < version.total:
        yield f"total: {show(version.total)} can never be met; {show(everything)} count at most."
    room = _room(version, LimitedRecords())
    for one in version.families.totals:
        if room is not None and room < one.amount.value:
            yield f"total.instead: {show(one.amount.value)} can never be met; {show(room)} count at most."


def _apart(version: PolicyVersion) -> int:
    """Return what the minima of the single categories that the limits state are together; 0 when the
    categories themselves state none less.
    """
    optional = {code for one in version.families.alternatives for code in one.codes}
    found = {one.code: one.minimum for one in version.categories if one.code not in optional}
    usual = sum(found.values())
    for limit in version.families.limits:
        alone = limit.over == LimitedRecords(categories=limit.over.categories[:1])
        for_all = limit.when is None and limit.per == CYCLE and not limit.of_records
        if limit.least and alone and limit.over.categories and for_all and limit.code not in optional:
            code = limit.over.categories[0]
            found[code] = max(found.get(code, 0), limit.least.value)
    together = sum(found.values())
    return together if together > usual else 0


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


def _share(policy: Policy, version: PolicyVersion, over: LimitedRecords) -> int | None:
    """Return the lowest cap that is a share of the total, applies to everybody and includes all records that
    `over` describes; None when there is none, or the total is not the same for everybody.
    """
    if version.families.totals:
        return None
    caps = (
        _of_total(one.most, version, policy, DOWN)
        for one in version.families.limits
        if one.most and one.most.percent is not None and one.per == CYCLE and _always(one, over)
    )
    return min((one.value for one in caps if one), default=None)


def _cap_over(version: PolicyVersion, over: LimitedRecords) -> int | None:
    """Return the lowest cap that applies to everybody and includes all records that `over`
    describes; None when there is none.
    """
    # What is carried over counts in the calendar year of its completion, before the cycle.
    per = (CYCLE, YEAR) if version.families.carry_over else (CYCLE, YEAR, CALENDAR_YEAR)
    rooms = [
        limit.most.value * _periods(version, limit)
        for limit in version.families.limits
        if limit.most and _always_cuts(limit, per) and _includes(limit.over, over)
    ]
    return min([*rooms, *_rooms_of_many(version, over)], default=None)


def _rooms_of_many(version: PolicyVersion, over: LimitedRecords) -> Iterator[int]:
    """Yield what so many records, each with a cap, or so many providers, months or days, can count."""
    families = version.families
    worth = sum(card.worth for card in families.cards)
    caps = [one for one in families.limits if one.most and one.most.percent is None and _always(one, over)]
    each = min((one.most.value for one in caps if one.most and one.per == ITEM), default=0)
    for one in caps:
        most = one.most.value if one.most else 0
        if one.of_records:
            if each and one.per in (CYCLE, YEAR):
                yield most * _periods(version, one) * each + worth
        elif one.per == PROVIDER and (providers := one.over.providers or families.providers):
            yield most * len(providers) + worth
        elif one.per in (DAY, MONTH) and not families.carry_over:
            yield most * _periods(version, one) + worth


def _always_cuts(limit: RecordLimit, per: Collection[str]) -> bool:
    whole = limit.when is None and limit.within is None and limit.per in per
    if limit.of_records:  # a cap over a number of records says nothing about amounts, unless none counts
        return whole and limit.most is not None and limit.most.value == 0
    return whole and (limit.most is None or limit.most.percent is None)


def _periods(version: PolicyVersion, limit: RecordLimit) -> int:
    """Return how many periods of the limit the days can touch on which courses count."""
    if limit.per == CALENDAR_YEAR:
        first_on, last_on = version.earning.bounds.days_in(_some_cycle(version))
        return (last_on - first_on).days // 365 + 2
    if limit.per in (DAY, MONTH):
        first_on, last_on = version.earning.bounds.days_in(_some_cycle(version))
        days = (last_on - first_on).days + 1
        return days if limit.per == DAY else days // FEWEST_DAYS + 2
    return -(-version.cycle_months // MONTHS_IN_YEAR) if limit.per == YEAR else 1


def _some_cycle(version: PolicyVersion) -> CyclePeriod:
    return CyclePeriod(_A_DAY, add_days(add_months(_A_DAY, version.cycle_months), -1))


def _includes(wide: LimitedRecords, narrow: LimitedRecords) -> bool:
    """Return whether `wide` describes every record that `narrow` describes."""
    names = ("categories", "topics", "providers", "outside", "formats")
    pairs = [(getattr(wide, name), getattr(narrow, name)) for name in names]
    return all(not outer or (inner and set(inner) <= set(outer)) for outer, inner in pairs)
