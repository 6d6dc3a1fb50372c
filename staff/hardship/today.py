"""What waits in hardship, on Today: requests of trainers, and proposals for a second person."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from hardship.models import Relief
from staff.today import Queue, late_before, register_queues


@register_queues(4, "hardship.view_relief", works="hardship.propose_relief", role="Leads")
def relief_queues() -> list[Queue]:
    """Return the queues of requests and of proposals for extensions and waivers, with how many are
    late.
    """
    late = Q(made_at__lt=late_before(settings.TIME_ZONE))
    asked = Relief.objects.filter(state=Relief.State.ASKED)
    proposed = Relief.objects.filter(state=Relief.State.PROPOSED)
    url = reverse("admin:hardship_relief_changelist")
    look = "Look at the reason, then grant or decline"
    second = "Somebody else than who proposed decides"
    return [
        Queue("More time and waivers asked for", asked, f"{url}?shows=asked", look, "made_at", late=late),
        Queue(
            *("More time and waivers proposed", proposed, f"{url}?shows=proposed", second, "proposed_at"),
            late=late,
        ),
    ]
