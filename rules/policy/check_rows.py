"""Whether the keys of one row fit each other, and the rows that it names: a card that nothing serves, a path
that adds what its tiers have, a fee whose cap is below it.
"""

from collections.abc import Iterator
from itertools import pairwise

from rules.policy.building_blocks import Condition, LimitedRecords
from rules.policy.families import Card, Path
from rules.policy.model import Fee, Policy, PolicyVersion
from rules.policy.read_amounts import PERCENT_DIGITS

ALL_OF_IT = 100 * 10**PERCENT_DIGITS
UNCOUNTED = ("application", "credential", "further_credential")
LATE, RECORD = "late_", "record"


def row_problems(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each row whose keys contradict each other or another row."""
    for fee in version.fees:
        yield from _fee(policy, fee)
    for tier in version.tiers:
        if tier.terms.uses == 0:
            yield f"tiers[{tier.code}].uses_at_most: 0 times are never; leave the tier out."
    for act in version.families.acts:
        if act.at_most == 0:
            yield f"acts[{act.code}].at_most: 0 times are never; leave the act out."
    for path in version.families.paths:
        yield from _path(version, path)
    for card in version.families.cards:
        yield from _card(version, card)
    yield from _unasked(version)
    yield from _work(policy, version)


def _fee(policy: Policy, fee: Fee) -> Iterator[str]:
    key, terms = f"fees[{fee.code}]", fee.terms
    if terms.since and not terms.per.startswith(LATE):
        yield f"{key}.since: is for a fee per late day, month or year."
    if terms.over != LimitedRecords() and terms.per != RECORD:
        yield f'{key}.over: is for a fee with per = "record".'
    if terms.each > 1 and terms.per in UNCOUNTED:
        yield f"{key}.each: is for a fee per record, petition, correction, or late day, month or year."
    if terms.of and terms.percent is None:
        yield f"{key}.of: is for a fee with percent."
    if terms.percent is not None and terms.takes_off and terms.percent > ALL_OF_IT:
        yield f"{key}.percent: more than all of it cannot be taken off."
    if terms.most_cents is not None and terms.most_cents < fee.amount_cents:
        yield f"{key}.at_most: it is less than the amount, {policy.money(fee.amount_cents)}."


def _path(version: PolicyVersion, path: Path) -> Iterator[str]:
    """Yield a problem for fees that a path both adds and takes away, or takes away though none of its tiers
    has them, and for a next cycle after a path for life.
    """
    key = f"paths[{path.code}]"
    tiers = [tier for tier in version.tiers if not path.tiers or tier.code in path.tiers]
    had = [{fee.code for fee in tier.fees} for tier in tiers]
    for code in path.adds:
        if code in path.in_place_of:
            yield f"{key}.adds: {code} is among the fees that fall away."
    for code in path.in_place_of:
        if not any(code in fees for fees in had):
            yield f"{key}.in_place_of: none of its tiers has a fee {code}."
    if path.uses == 0:
        yield f"{key}.uses_at_most: 0 times are never; leave the path out."
    tier = version.tier(path.code)
    if tier and (path.uses is not None or tier.terms.uses is not None):
        yield f"{key}.code: it is also a tier, and uses are counted by code; call one of them otherwise."
    if path.lifetime and path.next_months:
        yield f"{key}.lifetime: there is no next cycle, so it has no next_length."


def _card(version: PolicyVersion, card: Card) -> Iterator[str]:
    key, families = f"cards[{card.code}]", version.families
    if card.code in card.served_by:
        yield f"{key}.served_by: a card serves as itself without that."
    for name in card.formats:
        if families.formats and name not in families.formats:
            yield f"{key}.formats: {name} is not known; there is: {', '.join(families.formats)}."
    if not card.needed and not card.worth and not any(card.code in one.served_by for one in families.cards):
        yield f"{key}.needed: a card that is not needed, counts nothing and serves for no other has no effect."


def _unasked(version: PolicyVersion) -> Iterator[str]:
    """Yield each minimum and card that is only for paths which ask for none."""
    families = version.families
    for key, rows, asks in (
        ("limits", families.limits, {path.code for path in families.paths if path.credits}),
        ("cards", families.cards, {path.code for path in families.paths if path.cards}),
    ):
        for row in rows:
            named = _paths_of(row.when)
            if named and asks.isdisjoint(named):
                yield f"{key}[{row.code}].when: no path that it names asks for any."


def _paths_of(when: Condition | None) -> tuple[str, ...]:
    """Return the paths of which a condition requires one; none when it does not ask."""
    found = dict(when.tests).get("path", ()) if when else ()
    return found if isinstance(found, tuple) else ()


def _work(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    families = version.families
    if families.several and len(set(families.several.ranks)) < len(families.several.ranks):
        yield "several.ranks: a credential has one rank."
    if version.correction_days < version.correction_days_least:
        yield f"values.correction_days: it is less than correction_days_least, {version.correction_days_least}."
    for less_or_more, one in (("less", families.less), ("more", families.more)):
        if one and one.most is not None and one.most < one.each:
            yield f"total.{less_or_more}.at_most: it is less than each, {policy.unit.words(one.each)}."
    for need in families.needs:
        if need.at_least == 0:
            yield f"needs[{need.code}].at_least: 0 asks for nothing."
    for due in families.dues:
        if due.fixed_days and due.every_months:
            yield f"dues[{due.code}].every: fixed_days take its place."
        steps = ((due.grace_days, due.late_cents), *due.later)
        for (before, less), (days, cents) in pairwise(steps):
            if days <= before or cents <= less:
                yield f"dues[{due.code}].later[{days}]: must come later than what is before it, and be more."
