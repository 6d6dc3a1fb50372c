"""The cycles of a credential: the series that starts with its award, and the cycle after a given
one (S1, Q7).
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice

from rules.cycle_ends import ANNIVERSARY, end_beside, first_end
from rules.days import CyclePeriod, DateOutOfRange, add_days, add_months, add_years, due_on, is_for_life
from rules.policy.model import Policy

__all__ = [
    "CyclePeriod",
    "DateOutOfRange",
    "add_months",
    "add_years",
    "cycle_number",
    "due_on",
    "next_cycle",
    "nth_cycle",
    "period_ending",
]


def nth_cycle(policy: Policy, awarded_on: date, number: int, born_on: date | None = None) -> CyclePeriod:
    """Return cycle `number` of an award, counted from 1. Raises DateOutOfRange.

    Its length and its last day follow what the policy states on the cycle's first day. `born_on` is
    needed only by a policy whose cycles end by the day of birth.
    """
    if number < 1:
        raise ValueError("The first cycle has the number 1.")
    return next(islice(_series(policy, awarded_on, born_on), number - 1, None))


@lru_cache(maxsize=4096)  # many people share a few days
def cycle_number(
    policy: Policy, awarded_on: date, expires_on: date, born_on: date | None = None
) -> int | None:
    """Return the number of the award's cycle that ends on `expires_on`; None when no cycle of the
    award ends then (Q7).
    """
    if is_for_life(expires_on):
        return None
    found = _find(policy, awarded_on, expires_on, born_on)
    return found[0] if found else None


@lru_cache(maxsize=4096)  # many people share a few days
def next_cycle(
    policy: Policy, awarded_on: date | None, expires_on: date, born_on: date | None = None
) -> CyclePeriod:
    """Return the cycle after the one that ends on `expires_on`.

    When a cycle of the award's series ends on `expires_on`, this is the next one of the series.
    Otherwise its length is counted from `expires_on`. No cycle comes after one that never ends:
    that one is returned.
    """
    if is_for_life(expires_on):
        return CyclePeriod(expires_on, expires_on)
    found = _find(policy, awarded_on, expires_on, born_on) if awarded_on else None
    if awarded_on and found:
        return nth_cycle(policy, awarded_on, found[0] + 1, born_on)
    starts_on = add_days(expires_on, 1)
    version = policy.version_on(starts_on)
    return CyclePeriod(
        starts_on, end_beside(version.families.ends, expires_on, version.cycle_months, born_on)
    )


@lru_cache(maxsize=4096)  # many people share a few days
def period_ending(
    policy: Policy, awarded_on: date | None, expires_on: date, born_on: date | None = None
) -> CyclePeriod:
    """Return the cycle that ends on `expires_on`: it begins on the day after the cycle before it,
    or on the day of the award.
    """
    found = _find(policy, awarded_on, expires_on, born_on) if awarded_on else None
    if found:
        return found[1]
    for version in reversed(policy.versions):
        before = end_beside(version.families.ends, expires_on, -version.cycle_months, born_on)
        starts_on = add_days(before, 1)
        if version.in_force_from <= starts_on:
            break
    return CyclePeriod(starts_on, expires_on)


def _find(
    policy: Policy, awarded_on: date, expires_on: date, born_on: date | None
) -> tuple[int, CyclePeriod] | None:
    for number, period in enumerate(_series(policy, awarded_on, born_on), start=1):
        if period.expires_on >= expires_on:
            return (number, period) if period.expires_on == expires_on else None
    return None


def _series(policy: Policy, awarded_on: date, born_on: date | None) -> Iterator[CyclePeriod]:
    """Yield every cycle of an award. Months are added to the day of the award, so that a cycle of a
    leap day ends on 29 February again in a leap year (Q7).
    """
    version = policy.version_on(awarded_on)
    months, starts_on = version.families.ends.first_months or version.cycle_months, awarded_on
    expires_on = first_end(version.families.ends, awarded_on, version.cycle_months, born_on)
    while True:
        yield CyclePeriod(starts_on, expires_on)
        starts_on = add_days(expires_on, 1)
        version = policy.version_on(starts_on)
        months += version.cycle_months
        if version.families.ends.kind == ANNIVERSARY:
            expires_on = add_months(awarded_on, months)
        else:
            expires_on = end_beside(version.families.ends, expires_on, version.cycle_months, born_on)
