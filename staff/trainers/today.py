"""Waiting erasures on Today, and whether the sweep of old data still runs."""

from datetime import timedelta

from django.urls import reverse

from core import clock
from core.models import Erasure
from core.policy_words import in_policy_words
from outbox.models import Heartbeat
from staff.tabs import Tab, register_tab
from staff.today import Queue, register_queues
from trainers.retention import SWEEP

TOO_LONG = timedelta(days=1, hours=1)  # the last mail may take a day
SILENT = timedelta(days=1)

register_tab(
    Tab(
        *(50, in_policy_words("{holders}"), "admin:trainers_trainer_changelist", "trainers.view_trainer"),
        ("trainers", "hardship", "names", "documents", "core"),
    )
)


@register_queues(7, "core.erase_person")
def erasure_queues() -> list[Queue]:
    """Return the queues of erasures that wait for a second person, and of those that cannot be
    completed, if any.
    """
    url, second = reverse("admin:core_erasure_changelist"), "A second lead confirms or drops them"
    asked = Erasure.objects.filter(state=Erasure.State.ASKED)
    stuck = Erasure.objects.filter(state=Erasure.State.CONFIRMED, confirmed_at__lt=clock.now() - TOO_LONG)
    line = "Something is open again, or a fault stops them: look at the log"
    return [
        Queue("Erasures to confirm", asked, url, second, "asked_at", if_any=True),
        Queue("Erasures not finished", stuck, url, line, "confirmed_at", late=True, if_any=True),
    ]


@register_queues(7, "outbox.view_notice")
def old_data() -> list[Queue]:
    """Return the queue that warns when the sweep of old data fails or has not run for a day."""
    silent = Heartbeat.objects.filter(part=SWEEP, at__lt=clock.now() - SILENT)
    url, line = reverse("pages:privacy"), "The sweep fails or does not run: look at the log"
    return [Queue("Old data is kept too long", silent, url, line, "at", late=True, if_any=True)]
