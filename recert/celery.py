"""The Celery app. A message only means "wake up and look for work": the
database is the truth (F8).

So messages may be lost, doubled or late: every task finds its own work, and a message that waited
longer than its interval expires. The schedule is fixed and kept in memory: there is no file that
beat could lose.
"""

import os
import sys
from threading import Thread

from celery import Celery, Task
from celery.signals import setup_logging, task_prerun, task_success, worker_shutting_down

from recert import broker
from recert.schedule import SCHEDULE
from recert.start_up import refusal_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
if refusal := refusal_to_start():
    sys.exit(refusal)

broker.use_patient_transport()
app = Celery("recert")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    beat_schedule={
        task: {"task": task, "schedule": every, "options": {"expires": every.total_seconds()}}
        for task, every in SCHEDULE.items()
    },
    beat_max_loop_interval=1,  # seconds of sleep, and so the longest that it takes to stop
    beat_scheduler="celery.beat:Scheduler",
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    task_soft_time_limit=540,
    task_time_limit=600,
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
)
app.autodiscover_tasks()


@task_success.connect
def _record_run(sender: Task, **more: object) -> None:
    """Record when a task of the schedule last ended well: one that fails each time is seen by its silence."""
    from core import clock
    from outbox.heartbeat import record_heartbeat

    if sender.name in SCHEDULE:
        record_heartbeat(clock.now(), part=sender.name)


@setup_logging.connect  # Celery leaves alone what Django has set up
def _keep_logging(**more: object) -> None:
    from recert.logs import bind_task
    from recert.policies import refresh_before_task

    task_prerun.connect(bind_task)
    task_prerun.connect(refresh_before_task)


@worker_shutting_down.connect
def _end_embedded_worker(**more: object) -> None:
    if str(app.conf.broker_url).startswith("filesystem"):
        Thread(target=broker.end_when_idle, daemon=True).start()
