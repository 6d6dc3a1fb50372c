"""What a policy requires of one person. Of people of whom nothing is told but their cycle many need
the same, so it is computed once and kept.
"""

from datetime import date
from functools import lru_cache

from rules.cards import card_answers
from rules.conditions import Context, anchor_days, names_key
from rules.days import CyclePeriod
from rules.dues import due_answers
from rules.facts import NO_CIRCUMSTANCES, Facts
from rules.more import DueAnswer
from rules.needs import Needs
from rules.policy.families import Path
from rules.policy.model import Policy, PolicyVersion


def dues_of(selling: PolicyVersion, context: Context) -> tuple[DueAnswer, ...]:
    """Return the recurring fees of the cycle, before path and tier are known."""
    if not selling.families.dues or context.facts.more is not NO_CIRCUMSTANCES:
        return due_answers(selling.families.dues, context)
    days = context.period, context.received_on
    return _known_dues(selling, days, context.facts.awarded_on, context.number)


def needs_of(
    policy: Policy,
    versions: tuple[PolicyVersion, PolicyVersion],
    context: Context,
    path: Path | None,
    dues: tuple[DueAnswer, ...],
) -> Needs:
    """Return what is required on one path and in the tier of the context. `versions` are the one that
    requires it and the one that sells, whose recurring fees `dues` are.
    """
    if context.facts.more is not NO_CIRCUMSTANCES:
        return _needs(policy, versions[0], context, path, dues)
    days, awarded_on = (context.period, context.received_on), context.facts.awarded_on
    return _known_needs(policy, versions, path, days, awarded_on, context.number, context.tier)


def needs_in_tier(needs: Needs, versions: tuple[PolicyVersion, PolicyVersion], tier: str) -> Needs:
    """Return what is required in a tier, from what is required before the tier is known: the same
    object where the tier changes nothing, so that nothing has to be counted once more.
    """
    if not _asks_for_tier(needs.version):
        return needs
    if tier not in needs.in_tiers:
        found = needs_of(needs.policy, versions, needs.context.in_tier(tier), needs.path, needs.dues)
        needs.in_tiers[tier] = needs if found.asked == needs.asked else found
    return needs.in_tiers[tier]


@lru_cache(maxsize=512)
def _asks_for_tier(version: PolicyVersion) -> bool:
    """Return whether something that is needed depends on the tier."""
    families = version.families
    asked = (
        *(one.when for one in families.totals),
        *(one.when for one in families.limits),
        *(one.when for one in families.weights),
        *(one.when for one in families.alternatives),
        *(one.when for one in families.needs),
        *(one.when for one in families.cards),
    )
    return any(names_key(one, "tier") for one in asked if one)


@lru_cache(maxsize=4096)
def _known_dues(
    selling: PolicyVersion, days: tuple[CyclePeriod, date], awarded_on: date | None, number: int | None
) -> tuple[DueAnswer, ...]:
    return due_answers(selling.families.dues, _plain(days, awarded_on, number))


@lru_cache(maxsize=4096)
def _known_needs(
    policy: Policy,
    versions: tuple[PolicyVersion, PolicyVersion],
    path: Path | None,
    days: tuple[CyclePeriod, date],
    awarded_on: date | None,
    number: int | None,
    tier: str,
) -> Needs:
    dues = _known_dues(versions[1], days, awarded_on, number)
    context = _plain(days, awarded_on, number, path.code if path else "", tier)
    return _needs(policy, versions[0], context, path, dues)


def _plain(
    days: tuple[CyclePeriod, date],
    awarded_on: date | None,
    number: int | None,
    path: str = "",
    tier: str = "",
) -> Context:
    """Return the context of somebody of whom nothing is told but the cycle."""
    period, received_on = days
    facts = Facts(period.expires_on, period.starts_on, awarded_on)
    return Context(facts, period, received_on, number, path, tier)


def _needs(
    policy: Policy, version: PolicyVersion, context: Context, path: Path | None, dues: tuple[DueAnswer, ...]
) -> Needs:
    cards = card_answers(version.families.cards, context, anchor_days(context))
    return Needs(policy, version, context, path, cards, dues)
