"""A stage of processes for one test, all of which end with it."""

from collections.abc import Callable, Iterator

import pytest

from core import clock
from outbox.models import Notice
from outbox.notices import queue_notice
from tests.factories import TrainerFactory
from tests.faults.crew import Member
from tests.faults.stage import Stage, on_stage
from trainers.notice_codes import CHANGE


@pytest.fixture
def stage(real_database, tmp_path, monkeypatch) -> Iterator[Stage]:
    """The portal's processes on the embedded broker."""
    yield from on_stage(tmp_path, real_database, monkeypatch)


@pytest.fixture
def start(stage) -> Callable[..., Member]:
    """`start("send_notices", fault="sender.claimed:kill")` is that command of manage.py in a process of its own."""
    return stage.start


@pytest.fixture
def office(stage):
    """A mail server process."""
    return stage.office.open()


@pytest.fixture
def due(stage) -> Callable[..., list[Notice]]:
    """`due(5)` are five messages to Jordan, to be sent now."""
    trainer = TrainerFactory(email="jordan@example.org")

    def due(count: int, **fields) -> list[Notice]:
        return [
            queue_notice(
                CHANGE,
                subject=f"thing:{Notice.objects.count()}",
                event="once",
                trainer=trainer,
                send_at=clock.now(),
                **{"payload": {"mail": "password_set"}, **fields},
            )
            for _ in range(count)
        ]

    return due
