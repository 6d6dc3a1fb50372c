"""Fifty at once: real processes with real connections, released at the same moment, their outcomes counted."""

import fcntl
import json
import multiprocessing
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.throwaway import Throwaway

# Seconds to get to the line; a racer who cannot connect must fail the test and not hang it.
LONGEST_WAIT = 60


def race(
    database: Throwaway, act: str, *arguments: str, processes: int = 5, threads: int = 10
) -> Counter[str]:
    """Run `module:function(*arguments)` in `processes` × `threads` at the same moment; count what each returned."""
    with _one_race_at_a_time():
        done = database.run(_hold, act, processes, threads, arguments, timeout=2 * LONGEST_WAIT)
    assert done.returncode == 0, done.stderr
    return Counter(json.loads(done.stdout))


@contextmanager
def _one_race_at_a_time() -> Iterator[None]:
    """PostgreSQL's stock limit is 100 connections, and two races of fifty beside the suite's own are more."""
    with (Path(tempfile.gettempdir()) / "portal-race.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _hold(act: str, processes: int, threads: int, arguments: tuple[str, ...]) -> None:
    """What they act on is loaded once and the processes are forked from it, before the first connection is made."""
    module, _, name = act.partition(":")
    function = getattr(import_module(module), name)
    forking = multiprocessing.get_context("fork")
    line, outcomes = forking.Barrier(processes * threads), forking.SimpleQueue()
    runners = [
        forking.Process(target=_race_in_threads, args=(function, arguments, threads, line, outcomes))
        for _ in range(processes)
    ]
    for runner in runners:
        runner.start()
    found = [outcomes.get() for _ in range(processes * threads)]
    for runner in runners:
        runner.join()
    print(json.dumps(found))


def _race_in_threads(
    function: Callable[..., Any], arguments: tuple[str, ...], threads: int, line: Any, outcomes: Any
) -> None:
    def racer() -> None:
        outcomes.put(_one(function, arguments, line))

    runners = [threading.Thread(target=racer) for _ in range(threads)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()


def _one(function: Callable[..., Any], arguments: tuple[str, ...], line: Any) -> str:
    from django.db import connection

    from core.errors import Refusal

    try:
        _get_to_the_line(connection, line)
        return str(function(*arguments))
    except Refusal as refusal:
        return f"refused: {refusal}"
    except Exception as error:  # noqa: BLE001 - every other outcome is counted, and fails the test by its name
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def _get_to_the_line(connection: Any, line: Any) -> None:
    try:
        connection.ensure_connection()
    except Exception:
        line.abort()  # nobody waits for a racer who cannot start
        raise
    line.wait(LONGEST_WAIT)
