"""The heartbeat of the scheduler: its tasks record it; readiness and staff read it."""

from datetime import datetime, timedelta

from django.db.models import Exists, QuerySet

from outbox.models import Heartbeat, Notice

SCHEDULER = "scheduler"
FILES_AWAY = "files away"  # written when a file could not be stored or read
INVARIANTS = "invariants"  # every invariant was checked, and nothing found
INVARIANTS_BROKEN = "invariants broken"
RARELY = timedelta(minutes=1)  # written no more often than this
STILL = timedelta(minutes=5)
TOLD_FOR = timedelta(minutes=15)


def record_heartbeat(now: datetime, *, part: str = SCHEDULER) -> None:
    """Record that the scheduler, or one task of it, ran at `now`, at most once a minute.

    A row from the future was written by a clock that ran ahead, and is replaced.
    """
    if not Heartbeat.objects.filter(part=part, at__gt=now - RARELY, at__lte=now).exists():
        record_part(part, now)


def record_part(part: str, now: datetime) -> None:
    """Record that a part of the portal, such as the sweep of old data, did its work at `now`."""
    Heartbeat.objects.update_or_create(part=part, defaults={"at": now})


def seen_at(part: str) -> datetime | None:
    """Return when a part last did its work; None before the first time."""
    return Heartbeat.objects.filter(part=part).values_list("at", flat=True).first()


def stopped_schedule(now: datetime) -> "QuerySet[Heartbeat]":
    """Return the scheduler's row when its heartbeat is more than 5 minutes old, or lies as far in
    the future because a clock ran ahead; otherwise no row.
    """
    return Heartbeat.objects.filter(part=SCHEDULER).exclude(at__range=(now - STILL, now + STILL))


def files_away(now: datetime) -> "QuerySet[Heartbeat]":
    """Return the heartbeat that reports that files could not be stored or read within the last 15
    minutes; otherwise no row.
    """
    return Heartbeat.objects.filter(part=FILES_AWAY, at__range=(now - TOLD_FOR, now))


def never_swept(now: datetime) -> "QuerySet[Notice]":
    """Return the messages that have been due for 5 minutes although the scheduler has never run;
    none once it has run.
    """
    ran = Exists(Heartbeat.objects.filter(part=SCHEDULER))
    return Notice.objects.unsent().filter(~ran, send_at__lt=now - STILL)


def scheduler_is_silent(now: datetime) -> bool:
    """Return whether the scheduler has not run for 5 minutes.

    When it has never run: whether a message has been due for that long.
    """
    return stopped_schedule(now).exists() or never_swept(now).exists()
