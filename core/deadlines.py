"""Dates, times of day and last days as people read them: in the policy's zone, and in the trainer's
own where it differs (Q1, Q3).
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date

from core.clock import date_of, end_of

ONE_DAY = timedelta(days=1)
SOON = timedelta(days=30)  # within this a date carries its weekday


@lru_cache(maxsize=8192)
def _written(ordinal: int, form: str) -> str:
    """Return a day in words. Pages write the same few thousand days again and again."""
    return format_date(date.fromordinal(ordinal), form)


def full_day(when: date) -> str:
    """Return a date such as "March 14, 2027"."""
    return _written(when.toordinal(), "F j, Y")


def weekday_day(when: date) -> str:
    """Return a date such as "Sunday, March 14, 2027"."""
    return _written(when.toordinal(), "l, F j, Y")


def near_day(when: date, today: date) -> str:
    """Return the date in full, with its weekday when it is today or at most 30 days ahead."""
    return weekday_day(when) if timedelta(0) <= when - today <= SOON else full_day(when)


def weekday_without_year(when: date) -> str:
    """Return a date such as "Sunday, March 14", for days that are close ahead."""
    return _written(when.toordinal(), "l, F j")


def day_without_year(when: date) -> str:
    """Return a date such as "March 14"."""
    return _written(when.toordinal(), "F j")


def short_day(when: date, today: date) -> str:
    """Return a date for lists and drawings, such as "Nov 13"; with its year when that is not
    today's.
    """
    return _written(when.toordinal(), "M j" if when.year == today.year else "M j, Y")


def short_day_with_year(when: date) -> str:
    """Return a date such as "Mar 14, 2027", for drawings."""
    return _written(when.toordinal(), "M j, Y")


def short_day_without_year(when: date) -> str:
    """Return a date such as "Mar 14", for drawings and lists of this year."""
    return _written(when.toordinal(), "M j")


def zone_words(zone: str) -> str:
    """Return the name of a time zone in a sentence, such as "Phoenix time"."""
    city = zone_city(zone)
    return city if city in ("UTC", "GMT") else f"{city} time"


def zone_city(zone: str) -> str:
    """Return the city of a time zone, such as "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock_words(moment: datetime) -> str:
    """Return the time of day such as "11:59 pm", in the moment's own zone."""
    # Django's "a" writes "p.m.", our mails and pages write "pm".
    return format_date(moment, "g:i A").lower()


def clock_time(moment: datetime, zone: str) -> str:
    """Return the time of day such as "10:42 am" in `zone`."""
    return clock_words(moment.astimezone(ZoneInfo(zone)))


def moment_words(moment: datetime, zone: str) -> str:
    """Return a moment in `zone` such as "March 2, 2027 at 9:30 am, Phoenix time"."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{full_day(there)} at {clock_words(there)}, {zone_words(zone)}"


def latest_today(today: date, *, at: datetime, own_zone: str) -> date:
    """Return the later of two dates: the policy's `today`, and the date of `at` where the person
    lives (Q36).

    It is the latest day of completion that a form accepts. Deadlines follow the policy's date
    alone.
    """
    return max(today, date_of(at, own_zone))


@lru_cache(maxsize=4096)
def own_clock_words(last_day: date, zone: str, own_zone: str) -> str:
    """Return the last minute of `last_day` in `zone` as a time and date in the trainer's own zone;
    "" when both zones show the same time and date (Q3).
    """
    last_minute = end_of(last_day, zone) - timedelta(minutes=1)
    there = last_minute.astimezone(ZoneInfo(own_zone))
    if there.replace(tzinfo=None) == last_minute.replace(tzinfo=None):
        return ""
    return f"{clock_words(there)} on {full_day(there)}, {zone_words(own_zone)}"
