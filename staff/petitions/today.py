"""The queues of petitions on the first page: those that wait, those that are late, and pending
decisions.
"""

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse

from core import clock
from petitions.models import Decision, Petition
from staff.petitions.actions import ROOM
from staff.tabs import Tab, register_tab
from staff.today import QueueSummary, pending_counts, pending_summaries, queue_summary

register_tab(
    Tab(
        *(10, "Petitions", ROOM.queue, "petitions.view_petition", ("petitions",)),
        waiting=lambda: [Petition.objects.waiting()],
    )
)


@queue_summary(2, "petitions.view_petition", works="petitions.decide_petition", role="Reviewers")
def petition_queues() -> list[QueueSummary]:
    """Return the queues of petitions that wait for a decision, and of decisions that can still be
    taken back. Two queries.
    """
    late = Q(answer_due_on__lt=clock.today(settings.TIME_ZONE))
    waiting = Petition.objects.waiting().order_by()
    counted = waiting.aggregate(
        count=Count("pk"),
        oldest=Min("submitted_at"),
        late=Count("pk", filter=late),
        oldest_late=Min("submitted_at", filter=late),
    )
    petitions = reverse(ROOM.queue)
    decisions = f"{reverse('admin:petitions_decision_changelist')}?state__exact=pending"
    return [
        QueueSummary(
            *("Petitions waiting", counted["count"], petitions),
            *("What is due first stands first", counted["oldest"]),
            cases=True,
        ),
        QueueSummary(
            *("Petitions late", counted["late"], f"{petitions}?shows=late"),
            *("We promised an answer", counted["oldest_late"], counted["late"]),
            cases=True,
        ),
        *pending_summaries(
            Decision.objects.pending().aggregate(**pending_counts()),
            pending="Decisions pending",
            stuck="Decisions pending, not in effect",
            url=decisions,
        ),
    ]
