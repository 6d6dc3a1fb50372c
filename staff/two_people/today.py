"""What waits for a second person, on the first page."""

from django.db.models import Count, Min
from django.urls import reverse

from cases.models import Proposal
from staff.today import QueueSummary, queue_summary


@queue_summary(7, "trainers.suspend_credential")
def proposal_queues() -> list[QueueSummary]:
    """Return the proposals that wait, if any."""
    found = Proposal.objects.waiting().order_by().aggregate(count=Count("pk"), oldest=Min("at"))
    url = reverse("admin:cases_proposal_changelist")
    line = "A second person confirms them or takes them back"
    waits = QueueSummary("To be confirmed", found["count"], url, line, found["oldest"])
    return [waits] if waits.count else []
