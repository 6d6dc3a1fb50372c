"""What an application costs in each window. Of people of whom nothing is told but their cycle many
have the same price list, so it is computed once and kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from rules.conditions import Context, condition_holds, tests_within
from rules.facts import NO_CIRCUMSTANCES
from rules.fees import Fees, Window
from rules.kept import Kept
from rules.more import DueAnswer
from rules.policy.building_blocks import Condition
from rules.policy.families import Path
from rules.policy.model import Policy, PolicyVersion
from rules.pricing import Pricing, claimed_within, is_open, wide_windows

LISTS, DAYS = 4096, 64  # kept: price lists, and of each the outcomes on so many days
RECORD = "record"
OF_RECORDS = ("all_from", "completed_after_e")
OF_NEEDS = ("unmet", "short")


@dataclass(frozen=True, slots=True)
class PriceList:
    """The windows that are open to a person, and the price in the first of their tiers; None when
    none is open. `outcomes` is what the days decide for those who share the list (rules/outcomes.py).
    """

    windows: tuple[Window, ...]
    first: Fees | None
    outcomes: Kept[Any] = field(default_factory=lambda: Kept(DAYS), compare=False)


_lists: Kept[PriceList] = Kept(LISTS)


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
    if opening.facts.more is not NO_CIRCUMSTANCES:
        return _computed(policy, selling, contexts, path, dues)
    asked = _asked_of_records(policy)
    key = (
        *(policy, selling, opening.path, opening.period, opening.received_on),
        *(opening.facts.awarded_on, opening.number),
        (opening.unmet, charging.unmet) if _ask_needs(policy) else (),
        tuple(one(context) for one in asked for context in contexts),
    )
    return _lists.get(key, lambda: _computed(policy, selling, contexts, path, dues))


@lru_cache(maxsize=512)
def _asked_of_records(policy: Policy) -> tuple[Callable[[Context], int], ...]:
    """Return what prices and windows ask of the records that are claimed: whether a condition about them holds, and
    how many of them a fee is charged for.
    """
    tests = dict.fromkeys(test for one in _conditions(policy) for test in tests_within(one))
    conditions = [Condition(tests=(test,)) for test in tests if test[0] in OF_RECORDS]
    charged = {
        fee.terms.over for version in policy.versions for fee in version.fees if fee.terms.per == RECORD
    }
    return (
        *(partial(condition_holds, one) for one in conditions),
        *(partial(claimed_within, over) for over in charged),
    )


@lru_cache(maxsize=512)
def _ask_needs(policy: Policy) -> bool:
    """Return whether a price or a window of any version depends on what is missing."""
    return any(key in OF_NEEDS for one in _conditions(policy) for key, _ in tests_within(one))


def _conditions(policy: Policy) -> Iterator[Condition]:
    """Yield the conditions of windows and prices in all versions."""
    for version in policy.versions:
        found = (
            *(tier.terms.when for tier in version.tiers),
            *(fee.terms.when for fee in version.fees),
            *(other.when for fee in version.fees for other in fee.terms.instead),
        )
        yield from filter(None, found)


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
