"""A broker that is away, silent or empty after a restart costs time and no message."""

from collections.abc import Iterator

import pytest

from core import clock
from tests.faults.servers import Redis
from tests.faults.stage import SEND, Stage, on_stage, outcome, wrong

pytestmark = [pytest.mark.fault, pytest.mark.redis]


@pytest.fixture
def broker() -> Iterator[Redis]:
    """A Redis of this test's own."""
    server = Redis().open()
    yield server
    server.close()


@pytest.fixture
def stage(real_database, tmp_path, monkeypatch, broker) -> Iterator[Stage]:
    """On Redis instead of the embedded broker."""
    yield from on_stage(tmp_path, real_database, monkeypatch, broker.url)


def assert_all_is_well(stage, office) -> None:
    stage.recover(strictly=True)
    assert outcome(office) == {"sent": 5}
    assert wrong() == []


def test_due_mail_is_sent_although_the_broker_lost_its_tasks_in_a_restart(stage, office, due, broker):
    due(5)
    stage.wake(SEND, SEND)
    assert broker.waiting() == 2
    broker.close()
    broker.open()
    assert broker.waiting() == 0
    stage.worker()
    assert outcome(office)["due"] == 5
    assert_all_is_well(stage, office)


def test_a_worker_reconnects_when_its_broker_is_up_again(stage, office, due, broker):
    stage.worker()
    stage.run(SEND)
    broker.close()
    due(5)
    broker.open()
    assert_all_is_well(stage, office)


def test_a_running_task_finishes_while_the_broker_is_down(stage, office, due, broker):
    due(5)
    stage.worker()
    child = stage.child_that_takes(SEND, "sender.opened:stop:2")
    child.wait_until_stopped()
    broker.close()
    child.go_on()
    stage.until(
        lambda: outcome(office) == {"sent": 5}, f"the child did not finish {outcome(office)}", seconds=8
    )
    broker.open()
    assert_all_is_well(stage, office)


def test_a_hanging_broker_delays_no_request_and_loses_no_mail(stage, office, due, broker, client):
    stage.worker()
    stage.run(SEND)
    broker.freeze()
    due(5)
    assert client.get("/livez").status_code == 200
    broker.thaw()
    assert_all_is_well(stage, office)


@pytest.mark.parametrize("fault", ["refused", "silent"])
def test_the_cron_command_sends_due_mail_without_a_broker(stage, office, due, broker, fault):
    due(5)
    if fault == "refused":
        broker.close()
    else:
        broker.freeze()
    began = clock.now()
    assert stage.start("sweep").wait(30) == 0
    assert outcome(office) == {"sent": 5}
    assert (clock.now() - began).total_seconds() < 30
    if fault == "silent":
        broker.thaw()
    assert wrong() == []
