"""What an application costs in each window. Of people of whom nothing is told but their cycle many
have the same price list, so it is computed once and kept.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.asking import charges_for
from rules.conditions import Context, names_key
from rules.days import CyclePeriod
from rules.dues import due_answers
from rules.facts import NO_CIRCUMSTANCES, Facts
from rules.fees import Fees, Window
from rules.more import DueAnswer
from rules.policy.families import Path
from rules.policy.model import Policy, PolicyVersion
from rules.pricing import Pricing, is_open, wide_windows

RECORD = "record"
OF_RECORDS = ("all_from", "completed_after_e")
OF_NEEDS = ("unmet", "short")


@dataclass(frozen=True, slots=True)
class PriceList:
    """The windows that are open to a person, and the price in the first of their tiers; None when
    none is open.
    """

    windows: tuple[Window, ...]
    first: Fees | None


def price_list(
    policy: Policy,
    selling: PolicyVersion,
    contexts: tuple[Context, Context],
    path: Path | None,
    dues: tuple[DueAnswer, ...],
) -> PriceList:
    """Return the windows and prices. `contexts` are what is known before the tier, which decides
    the windows, and in it, which decides the price.
    """
    opening, charging = contexts
    if opening.facts.more is not NO_CIRCUMSTANCES or _prices_ask_records(policy):
        return _computed(policy, selling, contexts, path, dues)
    by_needs = _prices_ask(policy, OF_NEEDS)
    return _known(
        policy,
        selling,
        opening.path,
        opening.period,
        opening.received_on,
        opening.facts.awarded_on,
        opening.number,
        charging.tier,
        (opening.unmet, charging.unmet) if by_needs else ((), ()),
    )


@lru_cache(maxsize=512)
def _prices_ask_records(policy: Policy) -> bool:
    """Return whether a price or a window depends on what is claimed: by a condition, or by a fee for each
    record.
    """
    return charges_for(policy, RECORD) or _prices_ask(policy, OF_RECORDS)


@lru_cache(maxsize=512)
def _prices_ask(policy: Policy, keys: tuple[str, ...]) -> bool:
    """Return whether a price or a window of any version depends on one of these keys."""
    conditions = [
        one
        for version in policy.versions
        for one in (
            *(tier.terms.when for tier in version.tiers),
            *(fee.terms.when for fee in version.fees),
            *(other.when for fee in version.fees for other in fee.terms.instead),
        )
        if one
    ]
    return any(names_key(one, key) for one in conditions for key in keys)


@lru_cache(maxsize=4096)
def _known(
    policy: Policy,
    selling: PolicyVersion,
    path: str,
    period: CyclePeriod,
    received_on: date,
    awarded_on: date | None,
    number: int | None,
    tier: str,
    unmet: tuple[tuple[str, ...], tuple[str, ...]],
) -> PriceList:
    facts = Facts(period.expires_on, period.starts_on, awarded_on)
    plain = Context(facts, period, received_on, number)
    way = next((one for one in selling.families.paths if one.code == path), None)
    opening = Context(facts, period, received_on, number, path, "", (), unmet[0])
    charging = Context(facts, period, received_on, number, path, tier, (), unmet[1])
    return _computed(policy, selling, (opening, charging), way, due_answers(selling.families.dues, plain))


def _computed(
    policy: Policy,
    selling: PolicyVersion,
    contexts: tuple[Context, Context],
    path: Path | None,
    dues: tuple[DueAnswer, ...],
) -> PriceList:
    opening, charging = contexts
    pricing = Pricing(policy, selling, charging, path, dues)
    windows = wide_windows(policy, opening, path, pricing.fees_of)
    first = next((one for one in selling.tiers if is_open(one, opening, path)), None)
    fees = pricing.fees_of(first, *first.bounds.days_in(opening.period)) if windows and first else None
    return PriceList(windows, fees)
