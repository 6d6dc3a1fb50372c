"""Run the schedule's tasks once, from cron: for machines without a worker, or in addition to
one.
"""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.module_loading import import_string

from core import clock
from outbox.heartbeat import record_heartbeat
from recert.command_line import NOT_MIGRATED
from recert.health import pending_migrations
from recert.schedule import SCHEDULE


class Command(BaseCommand):
    help = "Run every sweep of the schedule once, in its order. The exit status is 1 when one of them failed."

    def handle(self, *args: object, **options: object) -> None:
        if pending_migrations():  # which fails where no database answers: every sweep would say the same
            raise ImproperlyConfigured(NOT_MIGRATED)
        failed = [task for task in SCHEDULE if not self._run(task)]
        if failed:
            raise CommandError(f"{len(failed)} of {len(SCHEDULE)} sweeps failed.")

    def _run(self, task: str) -> bool:
        """Run one task and print a line about it; a failing one does not stop the others."""
        close_old_connections()  # one that broke in the sweep before
        try:
            done = import_string(task)()
        except Exception as error:  # noqa: BLE001 - an error of one sweep must not stop the next
            self.stderr.write(f"{task}: failed, {type(error).__name__}: {error}")
            return False
        record_heartbeat(clock.now(), part=task)
        self.stdout.write(f"{task}: {_in_words(done)}")
        return True


def _in_words(done: object) -> str:
    """Return a task's answer in words: a number, or numbers by outcome."""
    if isinstance(done, dict):
        done = ", ".join(f"{count} {how}" for how, count in sorted(done.items()) if count)
    return str(done) if done else "nothing to do"
