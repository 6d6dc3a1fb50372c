"""The draw is uniform, for all and for any group, and its periods lie without gap (Q20)."""

import hashlib
import hmac
from collections import Counter
from datetime import date, timedelta

import pytest

from rules.draw import (
    SECRET_BYTES,
    commitment_of,
    draw_dates,
    draw_number,
    is_selected,
    next_draw_dates,
    seed_of,
)

SECRET = "00" * 32
CRITICAL_999 = {1: 10.828, 15: 37.697, 99: 148.230}  # of chi-square at p = 0.001, by degrees of freedom


def test_the_secret_of_a_draw_period_has_256_bits():
    assert 8 * SECRET_BYTES == 256


def test_the_draws_commitment_seed_and_number_follow_the_published_formulas():
    assert (
        commitment_of("2026-Q4", SECRET)
        == hashlib.sha256(f"audit-commit-v1|2026-Q4|{SECRET}".encode()).hexdigest()
    )
    assert seed_of(SECRET, "") == hashlib.sha256(f"{SECRET}|".encode()).digest()
    assert seed_of(SECRET, "5711.35 €") == hashlib.sha256(f"{SECRET}|5711.35 €".encode()).digest()
    whole = hmac.new(seed_of(SECRET, ""), b"audit-v1|abc", hashlib.sha256).hexdigest()
    assert draw_number(seed_of(SECRET, ""), "abc") == whole[:16]


@pytest.mark.parametrize(
    ("x", "rate", "selected"),
    [
        ("0000000000000000", "0", False),
        ("0000000000000000", "0.10", True),
        ("1999999999999998", "0.10", True),
        ("1999999999999999", "0.10", False),  # floor(2^64 / 10)
        ("7fffffffffffffff", "0.5", True),
        ("8000000000000000", "0.5", False),
        ("ffffffffffffffff", "1", True),
        ("ffffffffffffffff", "0.99", False),
    ],
)
def test_a_draw_number_is_selected_only_when_it_is_below_the_audit_rate(x, rate, selected):
    assert is_selected(x, rate) is selected


@pytest.mark.parametrize(
    ("day", "kind", "code", "first_on", "last_on"),
    [
        (date(2026, 10, 1), "quarter", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), "quarter", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), "quarter", "2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        (date(2028, 2, 29), "month", "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 7, 1), "half_year", "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 6, 30), "year", "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_each_day_belongs_to_the_draw_period_whose_dates_contain_it(day, kind, code, first_on, last_on):
    dates = draw_dates(day, kind)
    assert (dates.code, dates.first_on, dates.last_on) == (code, first_on, last_on)


@pytest.mark.parametrize("kind", ["month", "quarter", "half_year", "year"])
def test_draw_periods_follow_each_other_without_a_gap_and_never_share_a_code(kind):
    dates, seen = draw_dates(date(2020, 1, 1), kind), set()
    while dates.first_on.year < 2040:
        later = next_draw_dates(dates, kind)
        assert later.first_on == dates.last_on + timedelta(days=1)
        assert dates.code not in seen
        seen.add(dates.code)
        dates = later


def chi_square(observed: list[int], expected: float) -> float:
    return sum((count - expected) ** 2 / expected for count in observed)


def uniform(count: int) -> None:
    """By the first digit, by a hundred parts, and by who is chosen, in all and in each group of draw ids."""
    seed = seed_of("5e" * 32, "the value of that day")
    numbers = [draw_number(seed, hashlib.md5(str(n).encode()).hexdigest()) for n in range(count)]
    digits = Counter(number[0] for number in numbers)
    assert chi_square([digits[f"{d:x}"] for d in range(16)], count / 16) < CRITICAL_999[15]
    parts = Counter(int(number, 16) * 100 >> 64 for number in numbers)
    assert chi_square([parts[part] for part in range(100)], count / 100) < CRITICAL_999[99]
    for group in range(4):
        members = numbers[group::4]
        chosen = sum(is_selected(number, "0.10") for number in members)
        expected = len(members) / 10
        distance = (chosen - expected) ** 2 / expected + (chosen - expected) ** 2 / (len(members) - expected)
        assert distance < CRITICAL_999[1], f"group {group}: {chosen} of {len(members)}"


def test_the_numbers_of_twenty_thousand_draws_are_uniformly_distributed():
    uniform(20_000)


@pytest.mark.slow
def test_the_numbers_of_a_million_draws_are_uniformly_distributed():
    uniform(1_000_000)
