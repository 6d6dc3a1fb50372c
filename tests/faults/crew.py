"""The processes of a stage: commands, workers, beats and a mail server, forked and following the stage's clock."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.faults.processes import PATIENCE
from tests.forked import FORKING, end, enter

CLOCK, ARMED = "PORTAL_TEST_CLOCK", "PORTAL_TEST_ARMED"


class Member:
    """One process, with the ways of a `subprocess.Popen`."""

    def __init__(self, act: Callable[..., None], *arguments: Any, env: dict[str, str], log: Path) -> None:
        self.log = log
        self._process = FORKING.Process(target=_become, args=(env, str(log), act, arguments))
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def wait(self, patience: float = PATIENCE) -> int:
        """Its status, negative when a signal ended it."""
        self._process.join(patience)
        status = self._process.exitcode
        assert status is not None, f"still running: {self.last_words()}"
        return status

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def end(self) -> None:
        """Kill it and whatever it started."""
        end(self._process)

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""


def celery(*arguments: str) -> None:
    """`celery --app=recert.celery …`"""
    from recert.celery import app

    app.start(list(arguments))


def _become(env: dict[str, str], log: str, act: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    enter(env, log, log)
    _follow(env)
    act(*arguments)


def _follow(env: dict[str, str]) -> None:
    """Follow the stage's clock, take its faults, and shorten what a test need not wait for."""
    from django.conf import settings

    from core import clock
    from recert.celery import app

    settings.EMAIL_TIMEOUT = 1
    if env.get("BROKER_URL", "").startswith("filesystem"):
        app.conf.broker_transport_options["polling_interval"] = 0.05
    if CLOCK in env:
        clock._demo_offset = lambda: offset_in(Path(env[CLOCK]))
    if ARMED in env:
        _take_faults(Path(env[ARMED]))


def offset_in(file: Path) -> timedelta:
    return timedelta(seconds=float(file.read_text()))


def _take_faults(armed: Path) -> None:
    """Let the worker's child that begins the wanted task take the waiting fault; put it back when
    the task did not reach the window.
    """
    from celery.signals import task_postrun, task_prerun

    def take(task: Any, **_: Any) -> None:
        try:
            mine = armed.rename(armed.with_name(f"taken-{os.getpid()}"))
        except FileNotFoundError:
            return
        wanted, _, fault = mine.read_text().partition(" ")
        if wanted == task.name:
            os.environ["PORTAL_FAULT"] = fault
        else:
            mine.rename(armed)

    def end(task_id: str, **_: Any) -> None:
        mine = armed.with_name(f"taken-{os.getpid()}")
        if os.environ.pop("PORTAL_FAULT", ""):
            with suppress(FileNotFoundError):
                mine.rename(armed)
        armed.with_name(f"ended-{task_id}").touch()

    task_prerun.connect(take, weak=False)
    task_postrun.connect(end, weak=False)
