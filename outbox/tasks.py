"""The scheduled tasks of the outbox."""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings

from core import clock
from outbox import heartbeat, letters, sender
from outbox.models import Notice

log = logging.getLogger(__name__)
# As long as until the next call: then other sweeps have their turn too, and send tasks do not pile up.
DRAIN_SECONDS = 5


@shared_task(bind=True, ignore_result=True)
def send_due_notices(self: Any, wakes_others: bool = True) -> dict[str, int]:
    """Send what is due; any number of these tasks may run side by side.

    Called by the schedule, it stops after 5 seconds, and starts more tasks when there is work for
    them, up to MAIL_DRAINS in all. Called by hand or from cron, it goes on until nothing is due.
    """
    heartbeat.record_heartbeat(clock.now())
    if self.request.called_directly:
        return dict(sender.send_due())
    if wakes_others:
        _wake_others()
    return dict(sender.send_due(seconds=DRAIN_SECONDS))


@shared_task(ignore_result=True)
def queue_letters() -> int:
    """Queue the notices of the next batch of every letter that is being sent; return how many."""
    return letters.queue_letters(clock.now())


def _wake_others() -> None:
    """Start further sending tasks when many notices wait. Without a broker, this task goes on alone."""
    waiting = Notice.objects.due(clock.now())[: settings.MAIL_DRAINS * sender.BATCH].count()
    for _ in range(sender.BATCH, waiting, sender.BATCH):
        try:
            send_due_notices.apply_async((False,), expires=DRAIN_SECONDS)
        except Exception as error:  # noqa: BLE001 (whatever the broker's client raises)
            log.warning("no other drain was woken: %s", error)
            return
