"""Proposals that wait for a second person, on Today."""

from django.urls import reverse

from cases.models import Proposal
from staff.today import Queue, register_queues


@register_queues(7, "trainers.suspend_credential")
def proposal_queues() -> list[Queue]:
    """Return the queue of waiting proposals, if there are any."""
    url = reverse("admin:cases_proposal_changelist")
    line = "A second person confirms them or takes them back"
    return [Queue("To be confirmed", Proposal.objects.waiting(), url, line, "at", if_any=True)]
