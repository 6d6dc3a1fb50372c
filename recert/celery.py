"""The Celery app and the whole schedule. A message only means "wake up and look for work": the
database is the truth (F8).

So messages may be lost, doubled or late: every task finds its own work, and a message that waited
longer than its interval expires. The schedule is fixed and kept in memory: there is no file that
beat could lose.
"""

import os
import sys
from datetime import timedelta
from threading import Thread

from celery import Celery
from celery.signals import setup_logging, task_prerun, worker_shutting_down

from recert import broker
from recert.start_up import refusal_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
if refusal := refusal_to_start():
    sys.exit(refusal)

# What runs by itself, and how often: after a crash the next run does what was missed, within 180 seconds.
SCHEDULE = {
    "outbox.tasks.send_due_notices": timedelta(seconds=5),
    "outbox.tasks.queue_letters": timedelta(seconds=5),
    "webhooks.tasks.send_due_deliveries": timedelta(seconds=5),
    "webhooks.tasks.drop_old": timedelta(hours=1),
    "journal.tasks.write_entries": timedelta(minutes=1),
    "journal.tasks.write_everything": timedelta(hours=6),
    "payments.tasks.reconcile_payments": timedelta(minutes=1),
    "payments.tasks.follow_payouts": timedelta(minutes=10),
    "petitions.tasks.submit_paid": timedelta(minutes=2),
    "petitions.tasks.release_decisions": timedelta(minutes=1),
    "petitions.tasks.close_unanswered": timedelta(minutes=2),
    "petitions.tasks.follow_fees": timedelta(minutes=2),
    "audits.tasks.keep_draw_periods": timedelta(minutes=2),
    "audits.tasks.begin_clocks": timedelta(minutes=1),
    "audits.tasks.release_decisions": timedelta(minutes=1),
    "audits.tasks.close_overdue_audits": timedelta(minutes=2),
    "providers.tasks.submit_paid": timedelta(minutes=2),
    "providers.tasks.tell_of_approvals": timedelta(hours=1),
    "providers.tasks.release_decisions": timedelta(minutes=1),
    "renewals.tasks.release_decisions": timedelta(minutes=1),
    "renewals.tasks.conclude_second_looks": timedelta(minutes=2),
    "renewals.tasks.draw_waiting": timedelta(minutes=2),
    "renewals.tasks.finish_paid": timedelta(minutes=2),
    "renewals.tasks.lapse_unpaid": timedelta(minutes=2),
    "renewals.tasks.deny_uncorrected": timedelta(minutes=2),
    "staff.tasks.queue_digests": timedelta(minutes=2),
    "staff.tasks.queue_weekly_reports": timedelta(minutes=2),
    "renewals.tasks.plan_reminders": timedelta(minutes=2),
    "employers.tasks.tell_of_endings": timedelta(hours=1),
    "cases.tasks.keep_desk": timedelta(minutes=2),
    "renewals.tasks.realign_reminders": timedelta(hours=6),
    "renewals.tasks.remind_of_dues": timedelta(hours=6),
    "renewals.tasks.tell_of_badge_keys": timedelta(minutes=2),
    "documents.tasks.sweep_files": timedelta(hours=1),
    "trainers.tasks.finish_erasures": timedelta(minutes=2),
    "trainers.tasks.realign_windows": timedelta(hours=1),
    "trainers.tasks.index_names_behind": timedelta(minutes=1),
    "trainers.tasks.move_what_came_late": timedelta(minutes=2),
    "trainers.tasks.erase_what_came_late": timedelta(hours=6),
    "trainers.tasks.build_data_files": timedelta(minutes=1),
    "trainers.tasks.advance_rosters": timedelta(seconds=5),
    "trainers.tasks.let_go_what_is_over": timedelta(hours=1),
}

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
