"""What the schedule wakes: renewals that are paid, and those whose time to pay or to correct is over."""

import logging
from collections.abc import Callable
from datetime import timedelta

from celery import shared_task

from recert import clock
from recert.errors import Refusal
from renewals import services
from renewals.models import Application, ApplicationQuerySet

log = logging.getLogger(__name__)
Step = Callable[[Application], Application]


@shared_task(ignore_result=True)
def finish_paid() -> int:
    """Go on with what is paid or waits for nobody: whatever a lost signal or a suspension held up."""
    return _each(Application.objects.to_finish(), lambda one: services.complete_payment(one, at=clock.now()))


@shared_task(ignore_result=True)
def lapse_unpaid() -> int:
    """End what was not paid in time. Each policy's own zone decides, so no day is left out by looking a day ahead."""
    tomorrow = clock.now().date() + timedelta(days=1)
    return _each(
        Application.objects.unpaid_after(tomorrow),
        lambda one: services.lapse_application(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def deny_uncorrected() -> int:
    """End what was returned and not corrected in time (Q16)."""
    tomorrow = clock.now().date() + timedelta(days=1)
    return _each(
        Application.objects.uncorrected_after(tomorrow),
        lambda one: services.deny_uncorrected(one, at=clock.now()),
    )


def _each(applications: ApplicationQuerySet, step: Step) -> int:
    """Take the step for each; how many moved. One that fails is logged and left for the next round."""
    moved = 0
    for application in list(applications.only("reference", "state", "cycle").order_by("pk")):
        before = application.state
        try:
            moved += step(application).state != before
        except Refusal as refusal:
            log.debug("renewal %s waits: %s", application.reference, refusal)
        except Exception:
            log.exception("renewal %s could not be moved on", application.reference)
    return moved
