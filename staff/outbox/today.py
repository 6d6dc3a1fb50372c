"""What the portal could not do by itself, on Today: messages, addresses, the schedule."""

from django.db.models import Q
from django.urls import reverse

from core import clock
from core.policy_words import fill_policy_words
from outbox import heartbeat
from outbox.models import Letter, Notice
from staff.tabs import Tab, register_tab
from staff.today import Queue, register_queues
from trainers.models import Trainer

register_tab(
    Tab(
        *(80, "Letters", "admin:outbox_letter_changelist", "outbox.view_letter", ("outbox",)),
        waiting=lambda: [Letter.objects.waiting()],
    )
)


@register_queues(4, "outbox.view_notice")
def mail_queues() -> list[Queue]:
    """Return the queues of failed messages and of undeliverable addresses, whether the schedule
    has stopped, so that nothing is sent and no deadline is swept, and whether files are away.

    A message to an undeliverable address is not late: it waits for another address.
    """
    now, mails = clock.now(), reverse("admin:outbox_notice_changelist")
    start = "Start the worker and its beat"
    return [
        Queue(
            *("The schedule has stopped", heartbeat.stopped_schedule(now), f"{mails}?shows=due", start, "at"),
            late=True,
            if_any=True,
        ),
        Queue(
            *("Messages that wait for the schedule", heartbeat.never_swept(now), f"{mails}?shows=due", start),
            since="send_at",
            late=True,
            if_any=True,
        ),
        Queue(
            *("Files cannot be reached", heartbeat.files_away(now), reverse("admin:index")),
            *("The disk is full, or object storage does not answer", "at"),
            late=True,
            if_any=True,
        ),
        Queue(
            *("Messages that failed", Notice.objects.filter(state=Notice.State.FAILED)),
            *(f"{mails}?shows=failed", "Look at the address, then send them again"),
            late=Q(trainer__mail_trouble_at__isnull=True),
        ),
        Queue(
            *("Addresses that take no mail", Trainer.objects.filter(mail_trouble_at__isnull=False)),
            f"{reverse('admin:trainers_trainer_changelist')}?mail=trouble",
            *(fill_policy_words("Reach these {holders} another way"), "mail_trouble_at"),
        ),
    ]
