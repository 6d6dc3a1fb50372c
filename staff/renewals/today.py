"""The queues of renewals on the first page."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse

from renewals.models import Application
from staff.renewals.actions import QUEUE
from staff.today import QueueSummary, late_before, queue_summary

State = Application.State
NONE = {"count": 0, "oldest": None, "late": 0}


@queue_summary(1, "renewals.view_application")
def renewal_queues() -> list[QueueSummary]:
    """Return the steps that wait for somebody. One query. What an audit has is in the queue of audits."""
    waiting = Application.objects.waiting()
    others = Application.objects.filter(state__in=(State.SUBMITTED, State.RETURNED))
    rows = (waiting | others).order_by().values("state")
    late = Count("pk", filter=Q(received_at__lt=late_before(settings.TIME_ZONE)))
    counted: dict[str, Any] = {
        row["state"]: row for row in rows.annotate(count=Count("pk"), oldest=Min("received_at"), late=late)
    }
    changelist = reverse("admin:renewals_application_changelist")

    def summary(state: str, label: str, url: str, line: str) -> QueueSummary:
        row = counted.get(state, NONE)
        late = row["late"] if state == State.IN_REVIEW else 0  # the others wait for the trainer
        return QueueSummary(label, row["count"], url, line, row["oldest"], late)

    return [
        summary(State.IN_REVIEW, "Renewals waiting", reverse(QUEUE), "Decide the oldest first"),
        summary(
            State.SUBMITTED,
            "Not paid yet",
            f"{changelist}?state__exact=submitted",
            "Reminders are sent by themselves",
        ),
        summary(
            State.RETURNED,
            "Corrections awaited",
            f"{changelist}?state__exact=returned",
            "The trainers have the next step",
        ),
    ]
