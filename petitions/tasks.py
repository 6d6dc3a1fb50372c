"""What the schedule wakes: petitions that are paid, decisions whose time to be taken back is over,
questions nobody answered.
"""

from datetime import timedelta

from celery import shared_task

from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows
from petitions import services
from petitions.models import Decision, Petition


@shared_task(ignore_result=True)
def submit_paid() -> int:
    """Submit petitions whose fee is paid but whose payment signal was lost."""
    return sweep_rows(
        Petition.objects.paid_not_sent(), lambda one: services.submit_paid_petition(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Let decisions take effect whose time to be taken back is over."""
    due = Decision.objects.due(clock.now()).select_related("petition")
    return release_due_decisions(due, services.release_petition_decision, at=clock.now())


@shared_task(ignore_result=True)
def close_unanswered() -> int:
    """End what was not answered in time. Each policy's own zone decides, so no day is left out by
    looking a day ahead.
    """
    tomorrow = clock.now().date() + timedelta(days=1)
    over = Petition.objects.filter(
        state=Petition.State.QUESTION,
        questions__answered_at=None,
        questions__closed_at=None,
        questions__answer_through__lt=tomorrow,
    )
    return sweep_rows(over, lambda one: services.close_unanswered_petition(one, at=clock.now()))
