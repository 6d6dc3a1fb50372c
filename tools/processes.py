"""Processes that belong together: started in their own sessions, stopped in order, none left
running.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MARK = "PORTAL_RUN"  # every process of one run carries this in its environment, grandchildren too
PATIENCE = 10.0  # seconds for all of them to stop by themselves
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    name: str
    log: Path
    process: "subprocess.Popen[bytes]"

    def last_words(self, lines: int = 20) -> str:
        """Return the last `lines` lines of the process's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Crew:
    """The children of one run, in the order in which they stop."""

    def __init__(self, mark: str, logs: Path, env: dict[str, str], cwd: Path) -> None:
        self.mark = mark
        self.logs = logs
        # A process that renames itself with setproctitle would else write its name over the mark.
        self.env = {**env, MARK: mark, "SPT_NOENV": "1"}
        self.cwd = cwd
        self.children: list[Child] = []

    def start(self, name: str, command: list[str]) -> None:
        """Start `command` in its own session: Ctrl-C reaches only us, and its whole group can be
        ended.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.children.append(Child(name, log, process))

    def first_dead(self) -> Child | None:
        """Return a child that has ended by itself, or None."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def stop(self) -> None:
        """Ask each process in order to stop, wait `PATIENCE` in all, then kill those that still run."""
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            child.process.terminate()
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        for child in self.children:
            _end_group(child.process.pid)
            child.process.wait()
        end_marked(self.mark)


def end_marked(mark: str) -> None:
    """End every process that carries `mark`, whoever its parent is now, and wait until none is left
    (Linux only).
    """
    deadline = time.monotonic() + PATIENCE
    while mark and (found := marked_processes(mark)) and time.monotonic() < deadline:
        for pid in found:
            _send(pid, signal.SIGKILL)
        time.sleep(0.05)


def marked_processes(mark: str) -> list[int]:
    """Return the ids of the living processes that carry `mark`, except this one (Linux only,
    elsewhere none).
    """
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            carries = wanted in (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if carries and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def end_with_parent() -> None:
    # When our own process is killed the kernel ends the children; their remains go at the next start.
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
