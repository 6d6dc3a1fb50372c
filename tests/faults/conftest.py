"""A stage of processes for a test, that never outlive it."""

from collections.abc import Callable, Iterator

import pytest

from recert import clock
from tests.faults.crew import Member, offset_in
from tests.faults.stage import Stage


@pytest.fixture
def stage(real_database, tmp_path, monkeypatch) -> Iterator[Stage]:
    """The portal's processes on the embedded broker; its clock is this process's too."""
    made = Stage(tmp_path, real_database)
    monkeypatch.setattr(clock, "_demo_offset", lambda: offset_in(made.clock))
    yield made
    made.close()


@pytest.fixture
def start(stage) -> Callable[..., Member]:
    """`start("send_notices", fault="sender.claimed:kill")` is that command of manage.py in a process of its own."""
    return stage.start


@pytest.fixture
def office(stage):
    """A mail server process."""
    return stage.office.open()
