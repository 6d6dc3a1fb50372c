"""The sweep of the desk: it ends snoozes whose day has come, and assignments of colleagues who have
left.
"""

from celery import shared_task
from django.conf import settings

from cases.desk import lost_assignments
from cases.models import Snooze
from cases.services.assigning import end_lost_assignment
from cases.services.snoozing import wake_due_case
from core import clock
from core.sweeps import sweep_rows


@shared_task(ignore_result=True)
def keep_desk() -> int:
    """End the snoozes whose day has come, and the assignments of people who may no longer decide;
    return how many were ended.
    """
    now = clock.now()
    over = Snooze.objects.over_on(clock.today(settings.TIME_ZONE)).order_by("pk")
    woken = sweep_rows(over, lambda one: wake_due_case(one, at=now), moved="ended_at")
    lost = sweep_rows(
        lost_assignments().order_by("pk"), lambda one: end_lost_assignment(one, at=now), moved="ended_at"
    )
    return woken + lost
