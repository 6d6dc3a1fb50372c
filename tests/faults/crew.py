"""Processes of the portal for tests, forked in milliseconds from one that is loaded: commands, workers, beats, a mail server.

Each reads its settings anew from the environment that it is given, follows the clock of the test's stage, and leads a group
of its own, so that it ends with everything that it started.
"""

import importlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.faults.processes import PATIENCE
from tools.processes import end_with_parent

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.faults.loaded"])
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
        """Kill it and whatever it started; one that has only just begun leads no group yet."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        if self._process.exitcode is None:
            self._process.kill()
        self.wait()

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""


def manage(*arguments: str) -> None:
    """`manage.py …`"""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *arguments])


def celery(*arguments: str) -> None:
    """`celery --app=recert.celery …`"""
    from recert.celery import app

    app.start(list(arguments))


def _become(env: dict[str, str], log: str, act: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    os.setsid()
    end_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    _write_to(log)
    os.environ.update(env)
    read_settings_anew()
    _follow(env)
    act(*arguments)


def _write_to(log: str) -> None:
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(out, number)
    os.close(out)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, closefd=False) for number in (1, 2))


def read_settings_anew() -> None:
    """As if this process had been started with its environment."""
    from django.conf import Settings, settings
    from django.core.cache import caches
    from django.db import connections

    import recert.settings
    from recert.celery import app

    importlib.reload(recert.settings)
    settings._wrapped = Settings("recert.settings")
    for handler in (connections, caches):
        handler._settings = None
        handler.__dict__.pop("settings", None)
        for alias in handler:
            if hasattr(handler._connections, alias):
                del handler[alias]
    app.conf.broker_url = settings.CELERY_BROKER_URL
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS


def _follow(env: dict[str, str]) -> None:
    """The stage's clock, and its faults; and no test waits as long as the portal would."""
    from django.conf import settings

    from recert import clock
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
    """A worker's child that begins the task for which a fault lies ready takes it, and puts it back when it did not come by."""
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
