"""What is carried over from one cycle to the next, and how much of it counts there."""

from collections.abc import Iterable

from rules.days import CyclePeriod, add_days, add_months
from rules.facts import RecordFact
from rules.matching import matches_limit
from rules.policy.families import CarryOver
from rules.policy.model import PolicyVersion


def not_carried(
    record: RecordFact, carry_over: CarryOver, period: CyclePeriod, version: PolicyVersion
) -> bool:
    """Return whether a record of the cycle before `period` is not carried over, because it is not
    of a kind that the policy carries over, or was completed on a day that does not count for it.
    """
    if not matches_limit(record, carry_over.over):
        return True
    return not _earned_in_time(record, carry_over, _before(period, version))


def left_over(
    records: Iterable[tuple[RecordFact, int]], surplus: int, carry_over: CarryOver, period: CyclePeriod
) -> list[tuple[str, int]]:
    """Return (record id, amount) for what may be carried over from this cycle to the next,
    beginning with the record completed last. The sum is at most `surplus`, and at most what the
    policy allows.
    """
    most = surplus if carry_over.most is None else min(surplus, carry_over.most)
    found = []
    ordered = sorted(records, key=lambda one: (one[0].completed_on, one[0].id), reverse=True)
    for record, counted in ordered:
        given = min(counted, most)
        if (
            given > 0
            and matches_limit(record, carry_over.over)
            and _earned_in_time(record, carry_over, period)
        ):
            found.append((record.id, given))
            most -= given
    return found


def _earned_in_time(record: RecordFact, carry_over: CarryOver, period: CyclePeriod) -> bool:
    if carry_over.earned is None:
        return True
    first_on, last_on = carry_over.earned.days_in(period)
    return first_on <= record.completed_on <= last_on


def _before(period: CyclePeriod, version: PolicyVersion) -> CyclePeriod:
    """Return the cycle before `period`, of the usual length."""
    expires_on = add_days(period.starts_on, -1)
    starts_on = add_days(add_months(expires_on, -version.cycle_months), 1)
    return CyclePeriod(starts_on, expires_on)
