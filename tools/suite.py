"""`./portal test`: the whole suite on SQLite and on PostgreSQL side by side, in one random order that can be repeated."""

import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tools import environment
from tools.trouble import Trouble, say

NOTHING_COLLECTED = 5  # pytest's status


def run(arguments: list[str]) -> int:
    """Run pytest once per engine with `arguments` (its own, and `--all` for the slow campaigns). 0 when both passed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    required = set(filter(None, os.environ.get("PORTAL_REQUIRE", "").split(",")))
    python = str(environment.ensure("dev"))
    seed = random.randrange(2**32)  # noqa: S311
    say(f"Random order {seed}. The same again: ./portal test -p randomly --randomly-seed={seed}")
    with _postgres(python) as (url, lack), tempfile.TemporaryDirectory() as folder:
        if lack and "postgres" in required:
            raise Trouble(f"PORTAL_REQUIRE names postgres, and there is none: {lack}")
        command = [
            python,
            "-m",
            "pytest",
            f"--numprocesses={_processes()}",
            "--dist=loadgroup",
            f"--randomly-seed={seed}",
            *arguments,
        ]
        env = {**os.environ, "PORTAL_TEST_NOTES": str(Path(folder, "notes")), "PORTAL_LACKS_POSTGRES": lack}
        env.pop("DATABASE_URL", None)
        second = {**env, "DATABASE_URL": url, "PORTAL_SECOND_ENGINE": "1"} if url else None
        return _worst(_run_both(command, env, second, Path(folder)))


def _run_both(
    command: list[str], env: dict[str, str], second: dict[str, str] | None, folder: Path
) -> list[int]:
    """Both engines at once: each of them waits for disks, leases and browsers during a third of its time.

    The second one's words wait until the first has had its say; its last ones wait for the first one's note (requirements_plugin).
    """
    processes, words, notes = [], folder / "second", folder / "notes"
    try:
        if second:
            with words.open("w") as file:
                colour = ["--color=yes"] if sys.stdout.isatty() else []
                processes.append(_start([*command, *colour], second, file))
        say(f"\nOn SQLite{', and on PostgreSQL at the same time' if second else ''}")
        processes.insert(0, _start(command, env))
        statuses = [processes[0].wait()]
        notes.touch()
        if second:
            say("\nOn PostgreSQL")
            statuses.append(_follow(processes[1], words))
        return statuses
    except BaseException:
        # Pytest closes its databases and browsers on SIGINT, and only then; Ctrl-C has reached it already.
        for process in processes:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        notes.touch()
        for process in processes:
            process.wait()
        raise


def _start(command: list[str], env: dict[str, str], words: TextIO | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=environment.ROOT, env=env, stdout=words, stderr=words)


def _follow(process: subprocess.Popen[bytes], words: Path) -> int:
    """Print what `process` has written and goes on writing until it ends; its status."""
    with words.open() as file:
        while True:
            ended = process.poll() is not None
            print(file.read(), end="", flush=True)
            if ended:
                return process.returncode
            time.sleep(0.2)


def _processes() -> int:
    """For each of the two engines."""
    return max(2, min((os.cpu_count() or 2) // 2, 8))


def _worst(statuses: list[int]) -> int:
    """The first status that is no success. An engine may find nothing to do, but not every one of them."""
    if all(status == NOTHING_COLLECTED for status in statuses):
        return NOTHING_COLLECTED
    return next((status for status in statuses if status not in (0, NOTHING_COLLECTED)), 0)


@contextmanager
def _postgres(python: str) -> Iterator[tuple[str, str]]:
    """The URL of a PostgreSQL to test on, or an empty one and why there is none."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given, ""
        return
    command = [python, "-m", "tools.test_server"]
    with subprocess.Popen(
        command,
        cwd=environment.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        found, _, text = (server.stdout or io.StringIO()).readline().strip().partition(" ")
        yield (text, "") if found == "url" else ("", text or "the search for one ended early")
        server.communicate()  # closing its input ends it
