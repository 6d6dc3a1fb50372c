"""What waits about webhooks, on Today."""

from django.urls import reverse

from staff.today import Queue, register_queues
from webhooks.models import Delivery, Endpoint
from webhooks.owners import LEADS


@register_queues(8, "webhooks.view_endpoint", works=LEADS, role="Leads and finance")
def webhook_queues() -> list[Queue]:
    """Return the queues of endpoints that were switched off, and of deliveries that failed."""
    off = Endpoint.objects.filter(state=Endpoint.State.OFF)
    failed = Delivery.objects.filter(state=Delivery.State.FAILED, endpoint__state=Endpoint.State.ACTIVE)
    endpoints, deliveries = (
        reverse(f"admin:webhooks_{name}_changelist") for name in ("endpoint", "delivery")
    )
    return [
        Queue(
            *("Webhooks switched off", off, f"{endpoints}?state__exact=off"),
            *("Have the receiver mended, then resume", "failing_since"),
            late=True,
            if_any=True,
        ),
        Queue(
            *("Webhooks that failed", failed, f"{deliveries}?shows=failed"),
            *("Look at the answer, then send them again", "made_at"),
            if_any=True,
        ),
    ]
