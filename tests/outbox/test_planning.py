"""Planned reminders go from 9 to 11 in the policy's time zone, also when clocks change."""

from datetime import UTC, datetime

import pytest

from outbox.planning import morning_slots

NEW_YORK = "America/New_York"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(now: str, **options) -> tuple[str, str]:
    """The first and the last moment in UTC."""
    slots = [slot.astimezone(UTC) for slot in morning_slots(utc(now), NEW_YORK, **options)]
    return f"{min(slots):%m-%d %H:%M}", f"{max(slots):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        # On Saturday, March 13, 2027 New York is 5 hours behind; in the night to Sunday the clocks go forward.
        ("2027-03-13 05:01", "03-13 14:00", "03-13 15:50"),
        ("2027-03-14 05:01", "03-14 13:00", "03-14 14:50"),
        # Found after the morning of Saturday: Sunday's morning comes an hour earlier by the sun.
        ("2027-03-13 16:00", "03-14 13:00", "03-14 14:50"),
        # In the night to Sunday, November 7 they go back; 1:30 am comes twice, and it is Sunday both times.
        ("2027-11-06 15:00", "11-07 14:00", "11-07 15:50"),
        ("2027-11-07 05:30", "11-07 14:00", "11-07 15:50"),
        ("2027-11-07 06:30", "11-07 14:00", "11-07 15:50"),
        # Just before and just after midnight in New York.
        ("2027-06-02 03:59", "06-02 13:00", "06-02 14:50"),
        ("2027-06-02 04:00", "06-02 13:00", "06-02 14:50"),
    ],
)
def test_planned_morning_slots_follow_the_time_zone_and_daylight_saving_time(now, first, last):
    assert span(now) == (first, last)


def test_a_mail_planned_by_the_last_morning_slot_goes_today_and_a_later_one_tomorrow():
    assert span("2027-06-02 14:50") == ("06-02 13:00", "06-02 14:50")
    assert span("2027-06-02 14:51") == ("06-03 13:00", "06-03 14:50")


def test_a_last_day_mail_planned_after_the_morning_is_sent_at_once():
    assert span("2027-06-02 20:00", at_once=True) == ("06-02 20:00", "06-02 20:00")
    assert span("2027-06-02 08:00", at_once=True) == ("06-02 13:00", "06-02 14:50")
