"""The queue of requests for another name, on Today."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from names.models import NameRequest
from staff.today import Queue, late_before, register_queues


@register_queues(6, "names.decide_namerequest")
def name_queues() -> list[Queue]:
    """Return the queue of waiting requests, with how many of them are late."""
    late = Q(requested_at__lt=late_before(settings.TIME_ZONE))
    url = reverse("admin:names_namerequest_changelist")
    line = "Look at the proof, then approve or refuse"
    return [Queue("Names waiting", NameRequest.objects.open(), url, line, "requested_at", late=late)]
