"""Processes of the portal for tests, forked in milliseconds from one that is loaded instead of started in a second.

Each reads its settings anew from the environment that it is given and leads a group of its own, so that it ends with
everything that it started. Which apps and addresses there are was settled when the one was loaded.
"""

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tools.processes import end_with_parent

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.loaded"])


def run(
    env: dict[str, str], act: Callable[..., Any], *arguments: Any, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Do `act(*arguments)` in a process of its own; its status, negative when a signal ended it, and what it printed.

    Raises subprocess.TimeoutExpired, and then nothing of it is left.
    """
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder, name) for name in ("out", "err")]
        process = FORKING.Process(target=_do, args=(env, *map(str, printed), act, arguments))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            end(process)
            raise subprocess.TimeoutExpired(str(act), timeout)
        words = [file.read_text() if file.exists() else "" for file in printed]
        return subprocess.CompletedProcess(arguments, process.exitcode, *words)


def end(process: Any) -> None:
    """Kill it and whatever it started; one that has only just begun leads no group yet."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.exitcode is None:
        process.kill()
    process.join()


def refusal_of(env: dict[str, str]) -> str:
    """The sentence with which the settings refuse this environment; empty when they take it."""
    done = run({"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "recert.settings", **env}, str)
    return done.stderr.strip().rpartition("ImproperlyConfigured: ")[2] if done.returncode else ""


def manage(*arguments: str) -> None:
    """`manage.py …`"""
    from recert.command_line import run_command

    sys.exit(run_command(["manage.py", *arguments]))


def enter(env: dict[str, str], out: str, err: str) -> None:
    """Be a process as if it had been started with this environment, which appends what it prints to `out` and `err`."""
    os.setsid()
    end_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    for number, name in ((1, out), (2, err)):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, closefd=False) for number in (1, 2))
    os.environ.clear()
    os.environ.update(env)
    _read_settings_anew()


def _do(env: dict[str, str], out: str, err: str, act: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    enter(env, out, err)
    act(*arguments)


def _read_settings_anew() -> None:
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
