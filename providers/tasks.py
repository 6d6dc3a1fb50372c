"""What happens to requests of providers without a person: due decisions are released."""

from celery import shared_task

from cases.decisions import release_due_decisions
from core import clock
from providers.models import Decision
from providers.services.deciding import release_request_decision


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Release the pending decisions about requests of providers that are due."""
    due = Decision.objects.due(clock.now()).select_related("request")
    return release_due_decisions(due, release_request_decision, at=clock.now())
