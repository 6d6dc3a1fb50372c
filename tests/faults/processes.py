"""Watch other processes: wait until one is frozen or idle."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120  # seconds for what takes two on a machine that has nothing else to do


def wait_until_stopped(pid: int) -> None:
    """Until the process has met a window that freezes it."""
    _wait(lambda: _status(pid)[0] == "T", "the process did not reach its window")


def wait_until_it_waits(pid: int) -> None:
    """Until the process has begun its work and slept through half a second, or has ended."""
    slept = [-1]

    def idle() -> bool:
        if has_ended(pid):
            return True
        state, *rest = _status(pid)
        before, slept[0] = slept[0], int(rest[10]) + int(rest[11]) if state in "SD" else -1
        return slept[0] == before > 0

    _wait(idle, "the process did not come to rest", pause=0.5)


def has_ended(pid: int) -> bool:
    """It is gone, or only its status is left."""
    try:
        return _status(pid)[0] == "Z"
    except FileNotFoundError:
        return True


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
