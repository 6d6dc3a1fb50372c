"""The only module that reads the time. `PORTAL_TODAY` moves the clock for the demo, `moved_to` for
tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LONGEST_REQUEST = timedelta(minutes=15)

_frozen: datetime | None = None


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    if _frozen is not None:
        return _frozen
    return datetime.now(UTC) + _demo_offset()


def real_now() -> datetime:
    """Return the real moment even when the demo shows another day: for rows that Django itself
    dates.
    """
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return the calendar date of this moment in `time_zone`. A deadline's zone is its policy's
    (Q3).
    """
    return date_of(now(), time_zone)


def date_of(moment: datetime, time_zone: str) -> date:
    """Return the calendar date of `moment` in `time_zone`."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def latest_date(moment: datetime) -> date:
    """Return the latest date that any time zone has at `moment`.

    A sweep looks for rows through this date, because a day ends in the zone of each policy; the
    service that the sweep calls decides for each row.
    """
    return moment.astimezone(UTC).date() + timedelta(days=1)


def end_of(last_day: date, zone: str) -> datetime:
    """Return the first moment after `last_day` in `zone`."""
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))


def has_ended(last_day: date, zone: str, at: datetime) -> bool:
    """Return whether `last_day` has ended in `zone` and every request that began on it has arrived (Q27).

    For sweeps: a request that began in time may still be arriving after midnight. A service called
    by a person compares the day on which that person's request began.
    """
    return at >= end_of(last_day, zone) + LONGEST_REQUEST


def moment_on(day: date, hour: int, zone: str) -> datetime:
    """Return `hour` o'clock on `day` in `zone`."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone))


@contextmanager
def moved_to(moment: datetime) -> Iterator[datetime]:
    """Set the clock to `moment` (aware) inside the block; it does not move on there."""
    global _frozen
    if moment.tzinfo is None:
        raise ValueError("the clock is moved to an aware moment")
    before, _frozen = _frozen, moment
    try:
        yield moment
    finally:
        _frozen = before


def _demo_offset() -> timedelta:
    """Return the whole days from the real date to `PORTAL_TODAY`, so that the time of day stays
    real.
    """
    if not settings.PORTAL_TODAY:
        return timedelta(0)
    real = datetime.now(ZoneInfo(settings.TIME_ZONE)).date()
    return date.fromisoformat(settings.PORTAL_TODAY) - real
