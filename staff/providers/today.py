"""What waits about providers' reports, on Today."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from providers.models import Completion, CourseRequest, Decision
from staff.today import Queue, late_before, pending_queues, register_queues


@register_queues(7, "providers.view_completion", works="providers.lead_providers", role="Registrars")
def report_queues() -> list[Queue]:
    """Return the queues of requests of providers, of pending decisions about them, and of completions
    that their provider withdrew although a renewal claims them, or that differ from it.
    """
    late = Q(state_at__lt=late_before(settings.TIME_ZONE))
    url = f"{reverse('admin:providers_completion_changelist')}?shows=staff"
    line = "Taken back, or with other facts than the renewal. Keep the record, or take it off"
    rows = Completion.objects.for_staff()
    asked = CourseRequest.objects.undecided()
    requests = reverse("admin:providers_courserequest_changelist")
    look = "Read what is taught, then approve or deny"
    waiting = Q(waits_since__lt=late_before(settings.TIME_ZONE))
    return [
        Queue("Courses asked for", asked, requests, look, "waits_since", late=waiting),
        *pending_queues(
            Decision.objects.pending(),
            pending="Decisions about courses pending",
            stuck="Decisions about courses pending, not in effect",
            url=f"{reverse('admin:providers_decision_changelist')}?state__exact=pending",
        ),
        Queue("Reports unlike a sent renewal", rows, url, line, "state_at", late=late, if_any=True),
    ]
