"""How long one send task of the outbox works, and how many work at once."""

from collections import Counter

import pytest

from outbox import sender, tasks
from outbox.sender import send_due
from recert.schedule import SCHEDULE


@pytest.fixture(autouse=True)
def _nine_o_clock(clock_at):
    clock_at("2027-03-02 09:00")


@pytest.fixture
def woken(monkeypatch) -> list[tuple]:
    """Calls that would have gone to the broker."""
    calls: list[tuple] = []
    monkeypatch.setattr(
        tasks.send_due_notices, "apply_async", lambda args, **more: calls.append((args, more))
    )
    return calls


def by_the_schedule(*arguments) -> dict[str, int]:
    """As a worker runs it."""
    return tasks.send_due_notices.apply(args=arguments).get()


def test_a_send_task_at_its_time_limit_releases_its_remaining_notices(put, post_office):
    notices = [put(number) for number in range(4)]
    assert send_due(seconds=-1) == Counter(sent=1, released=3)
    for notice in notices:
        notice.refresh_from_db()
    assert [notice.state for notice in notices] == ["sent", "due", "due", "due"]
    assert {(notice.leased_until, notice.attempts) for notice in notices} == {(None, 0)}
    assert send_due() == Counter(sent=3)


def test_a_scheduled_send_task_stops_after_the_interval_of_its_schedule(put, post_office, monkeypatch):
    assert SCHEDULE["outbox.tasks.send_due_notices"].total_seconds() == tasks.DRAIN_SECONDS
    monkeypatch.setattr(tasks, "DRAIN_SECONDS", -1)
    for number in range(3):
        put(number)
    assert by_the_schedule() == {"sent": 1, "released": 2}
    assert tasks.send_due_notices() == {"sent": 2}, "by hand it goes on"


@pytest.mark.parametrize(
    ("drains", "due", "others"), [(1, 9, 0), (4, 2, 0), (4, 3, 1), (4, 4, 1), (4, 5, 2), (4, 9, 3), (4, 0, 0)]
)
def test_a_send_task_starts_further_tasks_by_the_number_of_due_notices_up_to_the_setting(
    put, post_office, settings, woken, monkeypatch, drains, due, others
):
    monkeypatch.setattr(sender, "BATCH", 2)
    settings.MAIL_DRAINS = drains
    for number in range(due):
        put(number)
    by_the_schedule()
    assert woken == [((False,), {"expires": 5})] * others


def test_a_send_task_queued_by_another_send_task_queues_no_more(
    put, post_office, settings, woken, monkeypatch
):
    monkeypatch.setattr(sender, "BATCH", 1)
    settings.MAIL_DRAINS = 4
    for number in range(4):
        put(number)
    assert by_the_schedule(False) == {"sent": 4}
    tasks.send_due_notices()
    assert woken == []


def test_all_mail_is_sent_even_when_the_broker_accepts_no_further_tasks(
    put, post_office, settings, monkeypatch
):
    def refuse(*arguments, **more):
        raise ConnectionError("refused")

    monkeypatch.setattr(tasks.send_due_notices, "apply_async", refuse)
    monkeypatch.setattr(sender, "BATCH", 1)
    settings.MAIL_DRAINS = 4
    for number in range(4):
        put(number)
    assert by_the_schedule() == {"sent": 4}
