"""Last days told to people: to the end of the day in the policy's zone, and in the trainer's own where it differs (Q1, Q3)."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.clock import end_of
from core.templatetags.words import MONTHS, day, weekday_day

ONE_DAY = timedelta(days=1)
SOON = timedelta(days=30)  # within this a date carries its weekday


def near(when: date, today: date) -> str:
    """The date in full, with its weekday when it is today or at most 30 days ahead."""
    return weekday_day(when) if timedelta(0) <= when - today <= SOON else day(when)


def short_near(when: date) -> str:
    """A date of the next days without its year: Sunday, March 14."""
    return weekday_day(when).rpartition(",")[0]


def short(when: date) -> str:
    """March 14."""
    return f"{MONTHS[when.month - 1]} {when.day}"


def zone_words(zone: str) -> str:
    """Phoenix time."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return city if city in ("UTC", "GMT") else f"{city} time"


def clock_words(moment: datetime) -> str:
    """11:59 pm, in the moment's own zone."""
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02d} {'am' if moment.hour < 12 else 'pm'}"


def moment_words(moment: datetime, zone: str) -> str:
    """March 2, 2027 at 9:30 am, Phoenix time."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{day(there.date())} at {clock_words(there)}, {zone_words(zone)}"


@lru_cache(maxsize=4096)
def elsewhere(last_day: date, zone: str, own_zone: str) -> str:
    """The end of `last_day` in `zone` as the trainer's own clock shows it; empty when both clocks show the same (Q3)."""
    last_minute = end_of(last_day, zone) - timedelta(minutes=1)
    there = last_minute.astimezone(ZoneInfo(own_zone))
    if there.replace(tzinfo=None) == last_minute.replace(tzinfo=None):
        return ""
    return f"{clock_words(there)} on {day(there.date())}, {zone_words(own_zone)}"
