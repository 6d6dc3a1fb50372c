"""The queues of renewals on Today."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from core.policy_words import fill_policy_words
from renewals.models import Application, Decision
from staff.renewals.actions import ROOM
from staff.tabs import Tab, register_tab
from staff.today import Queue, late_before, pending_queues, register_queues

State = Application.State

register_tab(
    Tab(
        *(30, "Renewals", "admin:renewals_application_changelist"),
        *("renewals.view_application", ("renewals",)),
        waiting=lambda: [Application.objects.waiting()],
    )
)


@register_queues(1, "renewals.view_application", works="renewals.decide_application", role="Reviewers")
def renewal_queues() -> list[Queue]:
    """Return a queue for each step of a renewal that waits for somebody.

    A renewal with an open audit is in the queues of audits instead.
    """
    changelist = reverse("admin:renewals_application_changelist")
    unpaid = Application.objects.filter(state=State.SUBMITTED)
    returned = Application.objects.filter(state=State.RETURNED).exclude(decisions__state="pending")
    return [
        Queue(
            *("Renewals waiting", Application.objects.waiting(), reverse(ROOM.queue)),
            *("Decide the oldest first", "received_at"),
            late=Q(received_at__lt=late_before(settings.TIME_ZONE)),
            cases=True,
        ),
        Queue(
            *("Not paid yet", unpaid, f"{changelist}?shows=unpaid"),
            *("Reminders are sent by themselves", "received_at"),
        ),
        Queue(
            *("Corrections awaited", returned, f"{changelist}?shows=returned"),
            *(fill_policy_words("The {holders} have the next step"), "received_at"),
        ),
        *pending_queues(
            Decision.objects.pending(),
            pending="Renewals decided, pending",
            stuck="Renewals decided, not in effect",
            url=f"{reverse('admin:renewals_decision_changelist')}?state__exact=pending",
        ),
    ]
