"""Every expiration date from 2020 to 2040 and every day of receipt from E - 200 to E + 400, against the oracle."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from rules.cycle import cycle_number, next_cycle, nth_cycle
from rules.facts import APPLICATION, COMPLETION, CycleExtension, Facts
from rules.policy.load import load_policy
from rules.standing import assess
from tests.rules import oracle

ONE_DAY = timedelta(days=1)
ALL = [date(2020, 1, 1) + timedelta(days=number) for number in range(7671)]
SPECIAL_DAYS = {(2, 27), (2, 28), (2, 29), (3, 1), (3, 2), (12, 1), (12, 2), (12, 31), (1, 1), (6, 30)}
SAMPLE = [day for number, day in enumerate(ALL) if number % 97 == 0 or (day.month, day.day) in SPECIAL_DAYS]
TOTALS = {"not_open": 9900, "on_time": 9900, "late": 12900, "additional": 14900, "closed": None}
ORDER = list(TOTALS)


def compare(expires_on: date, stride: int) -> None:
    """The windows of one answer name each day's tier and price; every `stride`-th day and all boundaries are asked one by one."""
    policy = load_policy()
    expected = oracle.tiers_around(expires_on)
    boundaries = {
        day
        for before, after in pairwise(sorted(expected))
        if expected[before] != expected[after]
        for day in (before, after)
    }
    windows = assess(Facts(expires_on), expires_on, policy).windows
    named = {
        window.first_on + timedelta(days=number): (window.tier, window.fees.total_cents)
        for window in windows
        for number in range((window.last_on - window.first_on).days + 1)
    }
    accepted = {
        day: (tier, TOTALS[tier]) for day, tier in expected.items() if tier not in ("not_open", "closed")
    }
    assert named == accepted
    for number, (day, tier) in enumerate(expected.items()):
        if number % stride == expires_on.toordinal() % stride or day in boundaries:
            standing = assess(Facts(expires_on), day, policy)
            assert (standing.tier, standing.fees and standing.fees.total_cents) == (tier, TOTALS[tier]), day
            assert standing.dates.completion_deadline == oracle.last_day_of_courses(expires_on)


def properties_hold(expires_on: date) -> None:
    """docs/design/rules.md: no way back, exactly 90 days late, closed stays closed, the price never falls while one may apply."""
    expected = dict(sorted(oracle.tiers_around(expires_on).items()))
    ranks = [ORDER.index(tier) for tier in expected.values()]
    assert ranks == sorted(ranks)
    assert list(expected.values()).count("late") == 90
    policy = load_policy()
    windows = assess(Facts(expires_on), expires_on, policy).windows
    assert sum((one.last_on - one.first_on).days + 1 for one in windows if one.tier == "late") == 90
    assert [one.fees.total_cents for one in windows] == sorted(one.fees.total_cents for one in windows)
    assert all(after.first_on == before.last_on + ONE_DAY for before, after in pairwise(windows))


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_sample_of_expiration_dates_in_a_year_agrees_with_the_independent_oracle(year: int):
    days = [day for day in SAMPLE if day.year == year]
    assert len(days) > 10
    for expires_on in days:
        compare(expires_on, stride=60)
        properties_hold(expires_on)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_extended_last_days_in_a_year_agree_with_the_independent_oracle(year: int):
    policy = load_policy()
    for expires_on in (day for day in SAMPLE if day.year == year):
        own = oracle.expirations(expires_on, 1)[0]  # the next E: two years later
        closed = [day for day, tier in oracle.tiers_around(expires_on).items() if tier == "closed"]
        for through in (closed[0] - ONE_DAY, closed[0], closed[-1], own - ONE_DAY):
            facts = Facts(
                expires_on,
                extensions=(CycleExtension(APPLICATION, through), CycleExtension(COMPLETION, through)),
            )
            expected = oracle.tiers_with_extension(expires_on, through)
            for day in {expires_on, expires_on + ONE_DAY, through - ONE_DAY, through, through + ONE_DAY}:
                standing = assess(facts, day, policy)
                assert (standing.tier, standing.fees and standing.fees.total_cents) == (
                    expected[day],
                    TOTALS[expected[day]],
                ), (expires_on, through, day)
                assert standing.dates.completion_deadline == through
                assert standing.dates.next_cycle.expires_on == own
                assert standing.status == (
                    "active"
                    if day <= expires_on
                    else "terminated"
                    if expected[day] == "closed"
                    else "expired"
                )


@pytest.mark.slow
@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_expiration_date_in_a_year_agrees_with_the_independent_oracle(year: int):
    days = [day for day in ALL if day.year == year]
    assert len(days) in (365, 366)
    for expires_on in days:
        compare(expires_on, stride=7)
        properties_hold(expires_on)


@pytest.mark.parametrize(
    "awarded_on",
    [date(2024, 2, 28), date(2024, 2, 29), date(2023, 3, 1), date(1996, 2, 29), date(2019, 12, 31)],
)
def test_ten_cycles_of_an_award_agree_with_the_independent_oracle(awarded_on: date):
    policy = load_policy()
    starts_on = awarded_on
    for number, expires_on in enumerate(oracle.expirations(awarded_on, 10), start=1):
        period = nth_cycle(policy, awarded_on, number)
        assert (period.starts_on, period.expires_on) == (starts_on, expires_on)
        assert cycle_number(policy, awarded_on, expires_on) == number
        assert cycle_number(policy, awarded_on, expires_on - ONE_DAY) is None
        assert next_cycle(policy, awarded_on, expires_on) == nth_cycle(policy, awarded_on, number + 1)
        starts_on = expires_on + ONE_DAY
