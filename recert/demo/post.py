"""The demo's mail of the past, sent to nobody on the days on which it was due, so that Messages shows its copies."""

from django.core.mail.backends.dummy import EmailBackend

from recert import clock
from recert.demo.stage import Stage
from trainers.models import Notice
from trainers.sender import send_due


def send_past_mail(stage: Stage) -> None:
    """End every notice that was due before the demo's day; what is due later stays in the outbox."""
    waiting = Notice.objects.unsent().filter(send_at__lte=stage.now, retry_at=None).order_by("send_at")
    sent = 0
    while notice := waiting.first():
        with clock.moved_to(notice.send_at):
            sent += send_due(connection=EmailBackend())["sent"]
    stage.say(f"Mail of the past: {sent} copies")
