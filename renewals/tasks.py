"""The sweeps of renewals: paid ones, due decisions, missed last days, reminders, late draws."""

from celery import shared_task

from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows
from renewals import services
from renewals.models import Application, Decision


@shared_task(ignore_result=True)
def finish_paid() -> int:
    """Advance applications that need no person, after a lost signal or a suspension."""
    return sweep_rows(
        Application.objects.to_finish(), lambda one: services.advance_application(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def conclude_second_looks() -> int:
    """Conclude the second reviews of audits whose signal was lost."""
    return sweep_rows(
        Application.objects.to_conclude(), lambda one: services.conclude_second_look(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Release the pending decisions about renewals that are due."""
    due = Decision.objects.due(clock.now()).select_related("application")
    return release_due_decisions(due, services.release_renewal_decision, at=clock.now())


@shared_task(ignore_result=True)
def lapse_unpaid() -> int:
    """End applications that were not paid in time."""
    return sweep_rows(
        Application.objects.unpaid_after(clock.latest_date(clock.now())),
        lambda one: services.lapse_application(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def deny_uncorrected() -> int:
    """Deny returned applications that were not corrected in time (Q16)."""
    return sweep_rows(
        Application.objects.uncorrected_after(clock.latest_date(clock.now())),
        lambda one: services.deny_uncorrected_renewal(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def plan_reminders() -> int:
    """Queue the due reminders of cycles and of cards."""
    return services.plan_cycle_reminders(clock.now()) + services.plan_card_reminders(clock.now())


@shared_task(ignore_result=True)
def realign_reminders() -> int:
    """Correct planned reminders after a policy file has changed."""
    return services.realign_reminders(clock.now())


@shared_task(ignore_result=True)
def draw_waiting() -> int:
    """Draw applications received while no draw period was open, in order of receipt (Q20)."""
    return sum(services.draw_late(one, at=clock.now()) for one in list(Application.objects.undrawn()))
