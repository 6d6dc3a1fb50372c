"""The sweeps of the draw and of audits: draw periods, periods for documents, due decisions, overdue
audits.
"""

import logging

from celery import shared_task

from audits import services
from audits.models import Audit, Decision
from audits.services.drawing import drawing_policies
from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def keep_draw_periods() -> None:
    """Close the periods of the draw that have ended, announce the current and the next one, open the current
    one: those of each policy that a certification of the portal may follow and that is in force. What
    goes wrong with one is logged, and stops no other.
    """
    for policy in drawing_policies(clock.now()):
        try:
            services.keep_periods(policy, at=clock.now())
        except Exception:
            log.exception("the draw periods of %s were not kept", policy.code)


@shared_task(ignore_result=True)
def begin_clocks() -> int:
    """Begin the period for documents of audits whose trainer was notified, or whose latest possible
    first day has come (Q18).
    """
    waiting = Audit.objects.not_begun().order_by("made_at", "pk")
    return sweep_rows(waiting, lambda one: services.begin_clock(one, at=clock.now()), moved="notified_on")


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Release the pending decisions about audits that are due."""
    due = Decision.objects.due(clock.now()).select_related("audit")
    return release_due_decisions(due, services.release_audit_decision, at=clock.now())


@shared_task(ignore_result=True)
def close_overdue_audits() -> int:
    """Close the audits whose last day has ended (Q19)."""
    return sweep_rows(
        Audit.objects.overdue_on(clock.latest_date(clock.now())),
        lambda one: services.close_overdue_audit(one, at=clock.now()),
    )
