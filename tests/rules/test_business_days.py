"""Business days, Monday to Friday, the day itself not counted (February 1, 2027 is a Monday), and months that are full or begun."""

from datetime import date, timedelta

import pytest

from rules.days import (
    DateOutOfRange,
    Offset,
    begun_months,
    business_day_after,
    business_days_until,
    is_business_day,
    promised_since,
)
from rules.policy.offsets import parse_offset


@pytest.mark.parametrize(("day", "is_one"), [(5, True), (6, False), (7, False), (8, True)])
def test_saturday_and_sunday_are_not_business_days(day, is_one):
    assert is_business_day(date(2027, 2, day)) == is_one


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2027, 2, 1), 0, date(2027, 2, 1)),
        (date(2027, 2, 1), 1, date(2027, 2, 2)),
        (date(2027, 2, 1), 4, date(2027, 2, 5)),
        (date(2027, 2, 1), 5, date(2027, 2, 8)),
        (date(2027, 2, 1), 10, date(2027, 2, 15)),
        (date(2027, 2, 5), 1, date(2027, 2, 8)),
        (date(2027, 2, 6), 1, date(2027, 2, 8)),
        (date(2027, 2, 7), 1, date(2027, 2, 8)),
    ],
)
def test_the_nth_business_day_after_a_day_skips_weekends(day, count, then):
    assert business_day_after(day, count) == then


@pytest.mark.parametrize(
    ("due_on", "today", "left"),
    [
        (date(2027, 2, 15), date(2027, 2, 1), 10),
        (date(2027, 2, 15), date(2027, 2, 5), 6),
        (date(2027, 2, 15), date(2027, 2, 7), 6),
        (date(2027, 2, 15), date(2027, 2, 14), 1),
        (date(2027, 2, 15), date(2027, 2, 15), 0),
        (date(2027, 2, 15), date(2027, 2, 16), -1),
        (date(2027, 2, 15), date(2027, 2, 22), -5),
    ],
)
def test_the_business_days_left_to_a_promised_day_are_negative_once_it_has_passed(due_on, today, left):
    assert business_days_until(due_on, today) == left


def test_counting_past_the_end_of_the_calendar_raises_an_error():
    with pytest.raises(DateOutOfRange):
        business_day_after(date(9999, 12, 31), 1)


@pytest.mark.parametrize(
    ("today", "count", "first"),
    [
        # Promised for the 10th business day: what came on Friday, February 12 is answered by the end of February 26.
        ("2027-02-26", 10, "2027-02-12"),
        ("2027-02-27", 10, "2027-02-15"),
        ("2027-02-28", 10, "2027-02-15"),
        ("2027-03-01", 10, "2027-02-15"),
        ("2027-03-02", 10, "2027-02-16"),
        ("2027-03-02", 0, "2027-03-02"),
    ],
)
def test_an_answer_is_late_only_after_its_promised_business_day_has_passed(today, count, first):
    day = date.fromisoformat(today)
    assert promised_since(day, count).isoformat() == first
    assert business_day_after(date.fromisoformat(first), count) >= day
    assert business_day_after(date.fromisoformat(first) - timedelta(days=1), count) < day


@pytest.mark.parametrize(
    ("base", "day"),
    [
        (date(2026, 1, 31), date(2026, 3, 1)),
        (date(2026, 1, 28), date(2026, 2, 28)),
        (date(2026, 1, 15), date(2026, 2, 15)),
    ],
)
def test_a_full_month_later_is_the_same_day_or_the_first_of_the_next_month(base: date, day: date):
    assert Offset("E", 1, "month", full=True).after(base) == day


def test_an_offset_of_full_months_says_so_in_words():
    assert Offset("E", 3, "month", full=True).words() == "3 full months after the expiration date"
    assert Offset("E", -1, "month").words() == "1 month before the expiration date"


def test_an_offset_of_full_days_is_not_read():
    assert parse_offset("E + 3 full months") == Offset("E", 3, "month", full=True)
    assert parse_offset("E + 3 full days") is None


@pytest.mark.parametrize(
    ("last", "count"),
    [
        (date(2026, 2, 10), 0),
        (date(2026, 3, 10), 0),
        (date(2026, 3, 11), 1),
        (date(2026, 4, 10), 1),
        (date(2026, 4, 11), 2),
    ],
)
def test_a_month_has_begun_on_the_day_after_the_last_one_ended(last: date, count: int):
    assert begun_months(date(2026, 3, 10), last) == count
