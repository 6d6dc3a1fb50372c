"""The demo's mail of the past, sent to nobody on the days on which it was due, so that Messages shows its copies."""

from datetime import datetime

from django.core.mail.backends.dummy import EmailBackend

from recert import clock
from recert.demo.stage import Stage
from trainers.models import Notice
from trainers.sender import send_due


def send_past_mail(stage: Stage, *, until: datetime | None = None) -> None:
    """End every notice that was due before the demo's day, or before `until`; what is due later stays in the outbox."""
    due = Notice.objects.unsent().filter(send_at__lte=until or stage.now, retry_at=None)
    waiting = due.order_by("send_at")
    sent = 0
    while notice := waiting.first():
        with clock.moved_to(notice.send_at):
            sent += send_due(connection=EmailBackend())["sent"]
    if until is None:
        stage.say(f"Mail of the past: {sent} copies")
