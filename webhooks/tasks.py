"""The scheduled tasks of webhooks."""

from celery import shared_task

from core import clock
from webhooks import sender
from webhooks.services.queueing import drop_old_deliveries

DRAIN_SECONDS = 5  # as long as until the next call, so that other sweeps have their turn


@shared_task(ignore_result=True)
def send_due_deliveries(seconds: float = DRAIN_SECONDS) -> dict[str, int]:
    """Send the webhooks that are due; any number of these tasks may run side by side."""
    return dict(sender.send_due(seconds=seconds))


@shared_task(ignore_result=True)
def drop_old() -> int:
    """Drop what has waited for 30 days; return how many."""
    return drop_old_deliveries(clock.now())
