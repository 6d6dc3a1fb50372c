"""What the portal could not do by itself, on the first page: messages, addresses, the schedule."""

from django.db.models import Count, F, Min, Q
from django.urls import reverse

from core import clock
from core.pagination import CAP
from outbox import heartbeat
from outbox.models import Letter, Notice
from staff.tabs import Tab, register_tab
from staff.today import QueueSummary, queue_summary
from trainers.models import Trainer

register_tab(
    Tab(
        *(80, "Letters", "admin:outbox_letter_changelist", "outbox.view_letter", ("outbox",)),
        waiting=lambda: [Letter.objects.waiting()],
    )
)


@queue_summary(4, "outbox.view_notice")
def mail_queues() -> list[QueueSummary]:
    """Return the queues of messages that failed and of addresses that take no mail, and whether the
    schedule has stopped.

    A message to an address that takes no mail is not late: it waits for another address.
    """
    failed = Notice.objects.filter(state=Notice.State.FAILED)
    rows = failed.annotate(no_mail_since=F("trainer__mail_trouble_at")).order_by()
    late = Count("pk", filter=Q(no_mail_since__isnull=True))
    counted = rows[: CAP + 1].aggregate(count=Count("pk"), late=late)
    people = Trainer.objects.filter(mail_trouble_at__isnull=False)
    trouble = people.aggregate(count=Count("pk"), oldest=Min("mail_trouble_at"))
    return [
        *_stopped_schedule(),
        QueueSummary(
            "Messages that failed",
            counted["count"],
            f"{reverse('admin:outbox_notice_changelist')}?shows=failed",
            "Look at the address, then send them again",
            late=counted["late"],
        ),
        QueueSummary(
            "Addresses that take no mail",
            trouble["count"],
            f"{reverse('admin:trainers_trainer_changelist')}?mail=trouble",
            "Reach these trainers another way",
            trouble["oldest"],
        ),
    ]


def _stopped_schedule() -> list[QueueSummary]:
    """Return a summary only while the schedule has stopped: nothing is sent, no deadline is swept."""
    if not heartbeat.scheduler_is_silent(clock.now()):
        return []
    url = f"{reverse('admin:outbox_notice_changelist')}?shows=due"
    line = "Start the worker and its beat"
    return [QueueSummary("The schedule has stopped", 1, url, line, heartbeat.scheduler_seen_at(), late=1)]
