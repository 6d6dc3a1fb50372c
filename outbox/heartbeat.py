"""The sign of life of what works by itself: the schedule writes it, readiness and staff read it."""

from datetime import datetime, timedelta

from outbox.models import Heartbeat, Notice

SCHEDULER = "scheduler"
RARELY = timedelta(minutes=1)  # written no more often than this
STILL = timedelta(minutes=5)


def record_heartbeat(now: datetime) -> None:
    """The schedule is alive at `now`. A row from the future was written by a clock that ran ahead."""
    if not Heartbeat.objects.filter(part=SCHEDULER, at__gt=now - RARELY, at__lte=now).exists():
        Heartbeat.objects.update_or_create(part=SCHEDULER, defaults={"at": now})


def scheduler_seen_at() -> datetime | None:
    """When the schedule was last alive; None before its first time."""
    return Heartbeat.objects.filter(part=SCHEDULER).values_list("at", flat=True).first()


def scheduler_is_silent(now: datetime) -> bool:
    """No sign of life for 5 minutes; before the first one, that a message has been due for so long."""
    seen = scheduler_seen_at()
    if seen is None:
        return Notice.objects.unsent().filter(send_at__lt=now - STILL).exists()
    return not now - STILL <= seen <= now + STILL
