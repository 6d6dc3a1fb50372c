"""The next cycle where it does not simply follow the day after E: counted from the day of receipt or
of approval.
"""

from dataclasses import replace
from datetime import date

from rules.answers import Standing
from rules.cycle_ends import APPROVAL, E, first_end
from rules.days import CyclePeriod
from rules.given_status import path_giving_status
from rules.policy.model import Policy


def cycle_counted_from(
    policy: Policy, starts_on: date, counts_from: date, months: int | None = None
) -> CyclePeriod:
    """Return the cycle that begins on `starts_on` and lasts `months`, or as long as the policy of that
    day says. `counts_from` is the day of birth; while it is unknown the E before.
    """
    version = policy.version_on(starts_on)
    ends = replace(version.families.ends, first_months=None)  # it is no award's first cycle
    return CyclePeriod(starts_on, first_end(ends, starts_on, months or version.cycle_months, counts_from))


def standing_when_approved(
    standing: Standing, policy: Policy, approved_on: date, born_on: date | None
) -> Standing:
    """Return the standing with the next cycle counted from the day of approval, where the policy says
    so; otherwise unchanged.
    """
    more = standing.more
    if more is None or more.next_from != APPROVAL or standing.dates.next_cycle.is_for_life:
        return standing
    paths = policy.version_on(standing.received_on).families.paths
    months = next((one.next_months for one in paths if one.code == more.path), None)
    period = cycle_counted_from(policy, approved_on, born_on or standing.cycle.expires_on, months)
    given = path_giving_status(policy, period.starts_on, more.path)
    return replace(
        standing,
        dates=replace(standing.dates, next_cycle=period),
        more=replace(more, next_status=given.status if given else None),
    )


def follows_e(policy: Policy, starts_on: date) -> bool:
    """Return whether the cycle after the one that began on `starts_on` begins on the day after E, whenever
    its renewal is received and approved.
    """
    version = policy.version_on(starts_on)
    tiers = (tier for one in policy.versions for tier in one.tiers)
    return version.families.ends.next_from == E and all(one.terms.next_from in (None, E) for one in tiers)


def may_leave_series(policy: Policy) -> bool:
    """Return whether a cycle can end on a day on which no cycle of its award would: because one is counted
    from the receipt or the approval, or a way to renew has a length of its own.
    """
    return any(
        one.families.ends.next_from != E
        or any(tier.terms.next_from not in (None, E) for tier in one.tiers)
        or any(path.next_months for path in one.families.paths)
        for one in policy.versions
    )
