"""The queues of finance on the first page: payments to match, and refunds that need a person."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse

from core.pagination import CAP
from payments.models import ProviderEvent, Refund
from staff.payments.actions import match_url
from staff.today import QueueSummary, late_before, queue_summary

NONE = {"count": 0, "oldest": None}


@queue_summary(2, "payments.view_providerevent")
def payments_to_match() -> list[QueueSummary]:
    """Return the money that fits no charge, and how much of it has waited longer than we promise."""
    parked = ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED)
    late = Count("pk", filter=Q(received_at__lt=late_before(settings.TIME_ZONE)))
    found = parked.aggregate(oldest=Min("received_at"), late=late)
    count = parked[: CAP + 1].count()
    line = "Money that fits no charge"
    return [QueueSummary("Payments to match", count, match_url(), line, found["oldest"], found["late"])]


@queue_summary(3, "payments.view_refund")
def refund_queues() -> list[QueueSummary]:
    """Return what waits for a second person, and what the provider refused. One query."""
    waits = Refund.objects.filter(state=Refund.State.WAITING)
    rows = (waits | Refund.objects.unanswered()).order_by().values("state")
    counted: dict[str, Any] = {
        row["state"]: row for row in rows.annotate(count=Count("pk"), oldest=Min("requested_at"))
    }
    waiting = counted.get(Refund.State.WAITING, NONE)
    failed = counted.get(Refund.State.FAILED, NONE)
    url = reverse("admin:payments_refund_changelist")
    second = "Somebody else than who asked decides"
    by_hand = "The provider said no: give the money back by hand, and record it"
    return [
        QueueSummary(
            "Refunds to approve", waiting["count"], f"{url}?state__exact=waiting", second, waiting["oldest"]
        ),
        QueueSummary(
            "Refunds that failed", failed["count"], f"{url}?shows=failed", by_hand, late=failed["count"]
        ),
    ]
