"""Dates and times of day as pages and mails write them, in English whatever the process's locale is."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from core.deadlines import (
    clock_time,
    clock_words,
    day_without_year,
    full_day,
    moment_words,
    near_day,
    own_clock_words,
    weekday_without_year,
    zone_words,
)
from core.templatetags.words import at, day, on, weekday_day

MARCH_14 = date(2027, 3, 14)
PHOENIX = "America/Phoenix"


def test_a_date_is_formatted_in_each_of_its_forms():
    assert full_day(MARCH_14) == day(MARCH_14) == "March 14, 2027"
    assert weekday_day(MARCH_14) == "Sunday, March 14, 2027"
    assert weekday_without_year(MARCH_14) == "Sunday, March 14"
    assert day_without_year(date(2027, 3, 4)) == "March 4"
    assert on(MARCH_14) == '<time datetime="2027-03-14">March 14, 2027</time>'


def test_dates_stay_english_under_another_active_language():
    with override("de"):
        assert weekday_day(MARCH_14) == "Sunday, March 14, 2027"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "12:00 am"), (9, 5, "9:05 am"), (11, 59, "11:59 am"), (12, 0, "12:00 pm"), (23, 59, "11:59 pm")],
)
def test_a_time_of_day_is_formatted_with_am_or_pm(hour, minute, words):
    moment = datetime(2027, 3, 14, hour, minute, tzinfo=UTC)
    assert clock_words(moment) == words


def test_a_moment_is_formatted_in_the_requested_time_zone():
    moment = datetime(2027, 3, 2, 16, 30, tzinfo=UTC)
    assert clock_time(moment, PHOENIX) == "9:30 am"
    assert moment_words(moment, PHOENIX) == "March 2, 2027 at 9:30 am, Phoenix time"
    assert at(moment, PHOENIX) == '<time datetime="2027-03-02T09:30-07:00">March 2, 2027 at 9:30 am</time>'


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2027, 3, 1), "March 1, 2027"),
        (date(2027, 3, 2), "Tuesday, March 2, 2027"),
        (date(2027, 4, 1), "Thursday, April 1, 2027"),
        (date(2027, 4, 2), "April 2, 2027"),
    ],
)
def test_a_date_from_today_through_30_days_ahead_is_shown_with_its_weekday(when, words):
    assert near_day(when, date(2027, 3, 2)) == words


def test_the_end_of_a_last_day_is_also_shown_in_the_trainers_time_zone_if_different():
    assert (
        own_clock_words(MARCH_14, PHOENIX, "America/New_York") == "2:59 am on March 15, 2027, New York time"
    )
    assert own_clock_words(MARCH_14, PHOENIX, PHOENIX) == ""
    assert (zone_words("UTC"), zone_words("America/New_York")) == ("UTC", "New York time")
