"""What the schedule wakes: renewals that are paid, and those whose time to pay or to correct is
over.
"""

from datetime import timedelta

from celery import shared_task

from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows
from renewals import reminders, services
from renewals.models import Application, Decision


@shared_task(ignore_result=True)
def finish_paid() -> int:
    """Advance renewals that are paid or wait for nobody, after a lost signal or a suspension."""
    return sweep_rows(
        Application.objects.to_finish(), lambda one: services.advance_application(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Let decisions take effect whose time to be taken back is over."""
    due = Decision.objects.due(clock.now()).select_related("application")
    return release_due_decisions(due, services.release_renewal_decision, at=clock.now())


@shared_task(ignore_result=True)
def lapse_unpaid() -> int:
    """End what was not paid in time. Each policy's own zone decides, so no day is left out by
    looking a day ahead.
    """
    tomorrow = clock.now().date() + timedelta(days=1)
    return sweep_rows(
        Application.objects.unpaid_after(tomorrow),
        lambda one: services.lapse_application(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def deny_uncorrected() -> int:
    """End what was returned and not corrected in time (Q16)."""
    tomorrow = clock.now().date() + timedelta(days=1)
    return sweep_rows(
        Application.objects.uncorrected_after(tomorrow),
        lambda one: services.deny_uncorrected_renewal(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def plan_reminders() -> int:
    """Queue the reminders whose day has come, of cycles and of cards."""
    return reminders.plan_cycles(clock.now()) + reminders.plan_cards(clock.now())


@shared_task(ignore_result=True)
def realign_reminders() -> int:
    """Follow a policy file that has changed its calendar."""
    return reminders.realign_reminders(clock.now())


@shared_task(ignore_result=True)
def draw_waiting() -> int:
    """Draw what was sent while no draw period was open, in the order in which it came (Q20)."""
    return sum(services.draw_late(one, at=clock.now()) for one in list(Application.objects.undrawn()))
