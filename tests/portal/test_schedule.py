"""The schedule in `recert/schedule.py` wakes only tasks that exist, and every task that needs it."""

import pytest

from recert.celery import app
from recert.schedule import SCHEDULE

# Started by another task or by hand, never by the clock.
NOT_BY_THE_CLOCK: set[str] = set()


@pytest.fixture(scope="module")
def tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_entry_of_the_schedule_names_an_existing_task(tasks):
    assert set(SCHEDULE) - tasks == set()


def test_every_periodic_task_is_in_the_schedule(tasks):
    assert tasks - set(SCHEDULE) - NOT_BY_THE_CLOCK == set()


def test_a_scheduled_task_message_expires_before_the_next_one():
    for name, entry in app.conf.beat_schedule.items():
        assert entry["options"]["expires"] <= SCHEDULE[name].total_seconds()


def test_no_task_stores_results():
    assert app.conf.task_ignore_result
    assert app.conf.result_backend is None
