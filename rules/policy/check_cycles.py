"""Whether the first cycles of a policy, which may be shorter or longer than usual, keep to its own limits."""

from collections.abc import Iterator
from datetime import date

from rules.cycle_ends import ANNIVERSARY, BIRTH_MONTH, BIRTH_YEAR, BIRTHDAY, first_end
from rules.days import MONTHS_IN_YEAR, CyclePeriod, DateOutOfRange, add_days, add_months
from rules.policy.families import CycleEnds
from rules.policy.model import PolicyVersion

TRIED_DAYS = (1, 2, 15, 28, 30, 31)  # of each month in which somebody may be certified
FEWEST_YEARS, FIRST_YEAR = 4, 2023  # a leap year is among them
BIRTHS = (date(1980, 2, 29), date(1981, 6, 15), date(1980, 12, 31))


def first_cycles(version: PolicyVersion) -> Iterator[CyclePeriod]:
    """Yield first cycles of somebody certified on days all over the year, for each of some days of birth;
    none where first cycles are as long as any.
    """
    ends = version.families.ends
    if ends.kind == ANNIVERSARY and ends.first_months is None:
        return
    by_birth = ends.kind in (BIRTH_MONTH, BIRTHDAY) or ends.years == BIRTH_YEAR
    for awarded_on in _awards(ends):
        for born_on in BIRTHS if by_birth else BIRTHS[:1]:
            yield CyclePeriod(awarded_on, first_end(ends, awarded_on, version.cycle_months, born_on))


def cycle_problems(version: PolicyVersion) -> Iterator[str]:
    """Yield a problem when the last day of some first cycle is nearer or further than the policy lets it be."""
    ends = version.families.ends
    try:
        for period in first_cycles(version):
            starts_on, end = period.starts_on, period.expires_on
            said = f"who is certified on {starts_on} would have a first cycle through {end}"
            if end < add_days(add_months(starts_on, ends.first_least_months), ends.first_least_days):
                yield f"cycle.first: at_most leaves no day that is far enough away: {said}, less than at_least."
                return
    except DateOutOfRange:
        yield "cycle: it leads out of the calendar."


def _awards(ends: CycleEnds) -> Iterator[date]:
    for year in range(FIRST_YEAR, FIRST_YEAR + max(FEWEST_YEARS, ends.every_years)):
        for month in range(1, MONTHS_IN_YEAR + 1):
            days = {
                add_months(date(2000, 1, day), (year - 2000) * MONTHS_IN_YEAR + month - 1)
                for day in TRIED_DAYS
            }
            yield from sorted(days)
