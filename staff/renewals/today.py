"""The queues of renewals on the first page."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from audits.models import Audit
from renewals.models import Application, Decision
from staff.renewals.actions import ROOM
from staff.tabs import Tab, register_tab
from staff.today import (
    QueueSummary,
    late_before,
    pending_counts,
    pending_marks,
    pending_summaries,
    queue_summary,
)

State = Application.State


PARTS = {  # of the renewals that are sent and not decided
    "waiting": Q(state=State.IN_REVIEW, is_audited=False, effective_at=None),
    "unpaid": Q(state=State.SUBMITTED),
    "returned": Q(state=State.RETURNED, effective_at=None),
}

register_tab(
    Tab(
        *(
            30,
            "Renewals",
            "admin:renewals_application_changelist",
            "renewals.view_application",
            ("renewals",),
        ),
        waiting=lambda: [Application.objects.waiting()],
    )
)


@queue_summary(1, "renewals.view_application", works="renewals.decide_application", role="Reviewers")
def renewal_queues() -> list[QueueSummary]:
    """Return a queue for each step of a renewal that waits for somebody. One query.

    A renewal with an open audit is in the queues of audits instead.
    """
    found = _counted()
    changelist = reverse("admin:renewals_application_changelist")
    decided = f"{reverse('admin:renewals_decision_changelist')}?state__exact=pending"

    def summary(label: str, name: str, url: str, line: str, late: int = 0) -> QueueSummary:
        since = found[f"{name}_since"]
        return QueueSummary(label, found[name], url, line, since, late, cases=name == "waiting")

    return [
        summary("Renewals waiting", "waiting", reverse(ROOM.queue), "Decide the oldest first", found["late"]),
        summary(
            *("Not paid yet", "unpaid", f"{changelist}?shows=unpaid"),
            "Reminders are sent by themselves",
        ),
        summary(
            *("Corrections awaited", "returned", f"{changelist}?shows=returned"),
            "The trainers have the next step",
        ),
        *pending_summaries(
            found,
            pending="Renewals decided, pending",
            stuck="Renewals decided, not in effect",
            url=decided,
        ),
    ]


def _counted() -> dict[str, Any]:
    """Return how many there are of each part, since when, and how many wait too long. One query."""
    decisions = Decision.objects.filter(application=OuterRef("pk"))
    marks = {
        "is_audited": Exists(Audit.objects.unended().filter(cycle=OuterRef("cycle"))),
        **pending_marks(decisions),
    }
    late = PARTS["waiting"] & Q(received_at__lt=late_before(settings.TIME_ZONE))
    rows = Application.objects.filter(state__in=(State.IN_REVIEW, State.SUBMITTED, State.RETURNED))
    counted = rows.order_by().annotate(**marks)
    return counted.aggregate(
        **{name: Count("pk", filter=part) for name, part in PARTS.items()},
        **{f"{name}_since": Min("received_at", filter=part) for name, part in PARTS.items()},
        late=Count("pk", filter=late),
        **pending_counts(),
    )
