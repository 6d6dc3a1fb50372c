"""The queues of petitions on Today: those that wait, those that are late, and pending decisions."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from core import clock
from petitions.models import Decision, Petition
from staff.petitions.actions import ROOM
from staff.tabs import Tab, register_tab
from staff.today import Queue, pending_queues, register_queues

register_tab(
    Tab(
        *(10, "Petitions", ROOM.queue, "petitions.view_petition", ("petitions",)),
        waiting=lambda: [Petition.objects.waiting()],
    )
)


@register_queues(2, "petitions.view_petition", works="petitions.decide_petition", role="Reviewers")
def petition_queues() -> list[Queue]:
    """Return the queues of petitions that wait for a decision, and of decisions that can still be taken back."""
    waiting = Petition.objects.waiting()
    late = waiting.filter(Q(answer_due_on__lt=clock.today(settings.TIME_ZONE)))
    petitions = reverse(ROOM.queue)
    return [
        Queue(
            *("Petitions waiting", waiting, petitions),
            *("What is due first stands first", "submitted_at"),
            cases=True,
        ),
        Queue(
            *("Petitions late", late, f"{petitions}?shows=late"),
            *("We promised an answer", "submitted_at"),
            late=True,
            cases=True,
        ),
        *pending_queues(
            Decision.objects.pending(),
            pending="Decisions pending",
            stuck="Decisions pending, not in effect",
            url=f"{reverse('admin:petitions_decision_changelist')}?state__exact=pending",
        ),
    ]
