"""The queue of requests for another name on the first page."""

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse

from names.models import NameRequest
from staff.today import QueueSummary, late_before, queue_summary


@queue_summary(6, "names.decide_namerequest")
def name_queues() -> list[QueueSummary]:
    """Return the queue of requests that wait, with how many of them are late. One query."""
    late = Q(requested_at__lt=late_before(settings.TIME_ZONE))
    found = (
        NameRequest.objects.open()
        .order_by()
        .aggregate(count=Count("pk"), oldest=Min("requested_at"), late=Count("pk", filter=late))
    )
    return [
        QueueSummary(
            "Names waiting",
            found["count"],
            reverse("admin:names_namerequest_changelist"),
            "Look at the proof, then approve or refuse",
            found["oldest"],
            found["late"],
        )
    ]
