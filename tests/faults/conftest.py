"""Programs that a test starts on its own database, and that never outlive it."""

import signal
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.faults.processes import PATIENCE

Start = Callable[..., subprocess.Popen]


@pytest.fixture
def start(real_database) -> Iterator[Start]:
    """`start("send_notices", fault="sender.claimed:kill", EMAIL_URL=…)` is that command of manage.py in a process of its own."""
    started = []

    def start(*arguments: str, fault: str = "", **env: str) -> subprocess.Popen:
        process = real_database.start("manage.py", *arguments, env={"PORTAL_FAULT": fault, **env})
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
