"""Watching other processes: until one is frozen, or has nothing to do but wait."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120  # seconds for what takes two on a machine that has nothing else to do


def wait_until_stopped(pid: int) -> None:
    """Until the process has met a window that freezes it."""
    _wait(lambda: _status(pid)[0] == "T", "the process did not reach its window")


def wait_until_it_waits(pid: int) -> None:
    """Until the process has begun its work and used no processor for half a second, or has ended."""
    used = [-1.0]

    def idle() -> bool:
        if _status(pid)[0] == "Z":
            return True
        before, used[0] = used[0], _cpu_seconds(pid)
        return used[0] > 0.3 and used[0] == before

    _wait(idle, "the process did not come to rest", pause=0.5)


def _wait(done: Callable[[], bool], otherwise: str, pause: float = 0.05) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if done():
            return
        time.sleep(pause)
    raise AssertionError(otherwise)


def _status(pid: int) -> list[str]:
    """What /proc says of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu_seconds(pid: int) -> float:
    user, system = _status(pid)[11:13]
    return (int(user) + int(system)) / 100
