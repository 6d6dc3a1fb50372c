"""Erasures that wait, on the first page, and whether the sweep of old data still runs."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from core import clock
from core.models import Erasure
from outbox import heartbeat
from staff.tabs import Tab, register_tab
from staff.today import QueueSummary, queue_summary
from trainers.retention import SWEEP

TOO_LONG = timedelta(days=1, hours=1)  # the last mail may take a day
SILENT = timedelta(days=1)

register_tab(
    Tab(
        *(50, "Trainers", "admin:trainers_trainer_changelist", "trainers.view_trainer"),
        ("trainers", "hardship", "names", "documents", "core"),
    )
)


@queue_summary(7, "core.erase_person")
def erasure_queues() -> list[QueueSummary]:
    """Return the erasures that wait for a second person, and those that do not come to their end, if any."""
    now = clock.now()
    stuck = Q(state=Erasure.State.CONFIRMED, confirmed_at__lt=now - TOO_LONG)
    asked = Q(state=Erasure.State.ASKED)
    found = Erasure.objects.order_by().aggregate(
        asked=Count("pk", filter=asked),
        since=Min("asked_at", filter=asked),
        stuck=Count("pk", filter=stuck),
        stuck_since=Min("confirmed_at", filter=stuck),
    )
    url, line = reverse("admin:core_erasure_changelist"), "A second lead confirms or drops them"
    queues = [QueueSummary("Erasures to confirm", found["asked"], url, line, found["since"])]
    line = "Something is open again, or a fault stops them: look at the log"
    late = found["stuck"]
    queues.append(QueueSummary("Erasures not finished", late, url, line, found["stuck_since"], late))
    return [queue for queue in queues if queue.count]


@queue_summary(7, "outbox.view_notice")
def old_data() -> list[QueueSummary]:
    """Return a summary only while old data is not let go: the sweep fails, or has not run for a day."""
    seen = heartbeat.seen_at(SWEEP)
    if seen is None or clock.now() - SILENT <= seen:
        return []
    url, line = reverse("pages:privacy"), "The sweep fails or does not run: look at the log"
    return [QueueSummary("Old data is kept too long", 1, url, line, seen, late=1)]
