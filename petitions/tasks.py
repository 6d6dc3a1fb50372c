"""What changes petitions without a person: signals of payments, and sweeps of paid petitions, due
decisions, unanswered questions and fees. When a signal is lost, a sweep finds its petition later.
"""

from celery import shared_task
from django.dispatch import receiver

from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows
from payments.models import Charge
from payments.signals import charge_settled, fee_moved
from petitions import services
from petitions.models import Decision, Petition


@receiver(charge_settled, dispatch_uid="petitions.submit_when_paid")
def submit_when_paid(sender: type[Charge], charge: Charge, **_: object) -> None:
    """Submit the petition whose charge is settled."""
    petition = Petition.objects.filter(charge=charge).first()
    if petition:
        services.submit_paid_petition(petition, at=clock.now())


@receiver(fee_moved, dispatch_uid="petitions.follow_fee")
def follow_moved_fee(sender: type[Charge], charge: Charge, **_: object) -> None:
    """Stop the petition whose fee is no longer kept in full, or continue the review of a stopped one."""
    petition = Petition.objects.filter(charge=charge).first()
    if petition:
        services.follow_fee(petition, at=clock.now())


@shared_task(ignore_result=True)
def submit_paid() -> int:
    """Submit petitions whose fee is paid but whose payment signal was lost."""
    return sweep_rows(
        Petition.objects.paid_not_sent(), lambda one: services.submit_paid_petition(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Release the pending decisions about petitions that are due."""
    due = Decision.objects.due(clock.now()).select_related("petition")
    return release_due_decisions(due, services.release_petition_decision, at=clock.now())


@shared_task(ignore_result=True)
def close_unanswered() -> int:
    """Close petitions whose question was not answered in time."""
    over = Petition.objects.filter(
        state=Petition.State.QUESTION,
        questions__answered_at=None,
        questions__closed_at=None,
        questions__answer_through__lt=clock.latest_date(clock.now()),
    )
    return sweep_rows(over, lambda one: services.close_unanswered_petition(one, at=clock.now()))


@shared_task(ignore_result=True)
def follow_fees() -> int:
    """Stop petitions whose fee is no longer kept in full, and continue the review of stopped ones
    whose fee is kept again (Q31).
    """
    moved = (Petition.objects.to_stop(), Petition.objects.to_go_on())
    return sum(sweep_rows(rows, lambda one: services.follow_fee(one, at=clock.now())) for rows in moved)
