"""The cycles of a credential: the series that starts with its award, and the cycle after a given
one (S1, Q7).
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from rules.days import CyclePeriod, DateOutOfRange, add_days, add_months, add_years, due_on
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


def nth_cycle(policy: Policy, awarded_on: date, number: int) -> CyclePeriod:
    """Return cycle `number` of an award, counted from 1; raises DateOutOfRange.

    The length of a cycle is the one that the policy states on the cycle's first day.
    """
    if number < 1:
        raise ValueError("The first cycle has the number 1.")
    return next(islice(_series(policy, awarded_on), number - 1, None))


def cycle_number(policy: Policy, awarded_on: date, expires_on: date) -> int | None:
    """Return which cycle of the award ends on `expires_on`; None when none does (Q7)."""
    found = _find(policy, awarded_on, expires_on)
    return found[0] if found else None


def next_cycle(policy: Policy, awarded_on: date | None, expires_on: date) -> CyclePeriod:
    """Return the cycle after the one that ends on `expires_on`.

    When a cycle of the award's series ends on `expires_on`, this is the next one of the series.
    Otherwise its length is counted from `expires_on`.
    """
    found = _find(policy, awarded_on, expires_on) if awarded_on else None
    if awarded_on and found:
        return nth_cycle(policy, awarded_on, found[0] + 1)
    starts_on = add_days(expires_on, 1)
    return CyclePeriod(starts_on, add_months(expires_on, _length_on(policy, starts_on)))


def period_ending(policy: Policy, awarded_on: date | None, expires_on: date) -> CyclePeriod:
    """Return the cycle that ends on `expires_on`: it begins the day after the previous E, or with
    the award.
    """
    found = _find(policy, awarded_on, expires_on) if awarded_on else None
    if found:
        return found[1]
    for version in reversed(policy.versions):
        starts_on = add_days(add_months(expires_on, -version.cycle_months), 1)
        if version.in_force_from <= starts_on:
            break
    return CyclePeriod(starts_on, expires_on)


def _find(policy: Policy, awarded_on: date, expires_on: date) -> tuple[int, CyclePeriod] | None:
    for number, period in enumerate(_series(policy, awarded_on), start=1):
        if period.expires_on >= expires_on:
            return (number, period) if period.expires_on == expires_on else None
    return None


def _series(policy: Policy, awarded_on: date) -> Iterator[CyclePeriod]:
    """Yield every cycle of an award. Months are added to the award itself, so that a leap day comes
    back (Q7).
    """
    months, starts_on = 0, awarded_on
    while True:
        months += _length_on(policy, starts_on)
        expires_on = add_months(awarded_on, months)
        yield CyclePeriod(starts_on, expires_on)
        starts_on = add_days(expires_on, 1)


def _length_on(policy: Policy, day: date) -> int:
    """Return the length of a cycle in months; awards older than the first version follow that
    version.
    """
    return policy.version_on(max(day, policy.versions[0].in_force_from)).cycle_months
