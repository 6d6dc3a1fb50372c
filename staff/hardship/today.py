"""What waits in hardship on the first page: requests of trainers, and what a second person decides."""

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse

from hardship.models import Relief
from staff.today import QueueSummary, late_before, queue_summary


@queue_summary(4, "hardship.view_relief", works="hardship.propose_relief", role="Leads")
def relief_queues() -> list[QueueSummary]:
    """Return the requests for more time and waivers, and those proposed, with how many are late. One query."""
    late = Q(made_at__lt=late_before(settings.TIME_ZONE))
    asked, proposed = Q(state=Relief.State.ASKED), Q(state=Relief.State.PROPOSED)
    found = (
        Relief.objects.open()
        .order_by()
        .aggregate(
            asked=Count("pk", filter=asked),
            since=Min("made_at", filter=asked),
            late=Count("pk", filter=asked & late),
            proposed=Count("pk", filter=proposed),
            proposed_since=Min("proposed_at", filter=proposed),
            proposed_late=Count("pk", filter=proposed & late),
        )
    )
    url = reverse("admin:hardship_relief_changelist")
    return [
        QueueSummary(
            "More time asked for",
            found["asked"],
            f"{url}?shows=asked",
            "Look at the reason, then grant or decline",
            found["since"],
            found["late"],
        ),
        QueueSummary(
            "More time and waivers proposed",
            found["proposed"],
            f"{url}?shows=proposed",
            "Somebody else than who proposed decides",
            found["proposed_since"],
            found["proposed_late"],
        ),
    ]
