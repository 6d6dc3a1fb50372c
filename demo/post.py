"""The demo's past mail: rendered as of the day on which it was due and sent to nobody, so that
Messages shows its copies.
"""

from datetime import datetime, timedelta

from django.core.mail.backends.dummy import EmailBackend

from core import clock
from core.clock import moment_on
from demo.stage import Stage
from outbox.models import Notice
from outbox.sender import send_due
from renewals.services.reminders import plan_card_reminders, plan_cycle_reminders

WEEKS_BEFORE = timedelta(weeks=5)


def plan_past_reminders(stage: Stage) -> None:
    """Plan the reminders of the last weeks, each as of its own past day. Otherwise all of them
    would fall due on the demo's first day.
    """
    for days in range(WEEKS_BEFORE.days, 0, -1):
        midnight = moment_on(stage.today - timedelta(days=days), 0, stage.policy.time_zone)
        plan_cycle_reminders(midnight)
        plan_card_reminders(midnight)


def send_past_mail(stage: Stage, *, until: datetime | None = None) -> None:
    """End as sent every notice due before the demo's day, or before `until`; later ones stay in the
    outbox.
    """
    due = Notice.objects.unsent().filter(send_at__lte=until or stage.now, retry_at=None)
    waiting = due.order_by("send_at")
    sent = 0
    while notice := waiting.first():
        with clock.moved_to(notice.send_at):
            sent += send_due(connection=EmailBackend())["sent"]
    if until is None:
        stage.say(f"Mail of the past: {sent} copies")
