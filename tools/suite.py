"""`./portal test`: the whole suite on SQLite and then on PostgreSQL, in one random order that can be
repeated.
"""

import io
import os
import random
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import environment
from tools.trouble import Trouble, print_line

NOTHING_COLLECTED = 5  # pytest's status
SCRATCH_BYTES = 6 * 2**30  # what the tests of one run keep at most, three times over


def run_suite(arguments: list[str]) -> int:
    """Run pytest once for each engine with `arguments` (its own, and `--all` for the slow campaigns).

    Return 0 when both passed.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    required = set(filter(None, os.environ.get("PORTAL_REQUIRE", "").split(",")))
    python = str(environment.ensure_environment("dev"))
    seed = random.randrange(2**32)  # noqa: S311 - only the order of tests
    print_line(f"Random order {seed}. The same again: ./portal test -p randomly --randomly-seed={seed}")
    scratch = tempfile.TemporaryDirectory(prefix="portal-", dir=choose_scratch())
    with _postgres(python) as (url, lack), scratch as folder:
        if lack and "postgres" in required:
            raise Trouble(f"PORTAL_REQUIRE names postgres, and there is none: {lack}")
        pytest = [
            python,
            "-m",
            "pytest",
            f"--numprocesses={_processes()}",
            "--dist=loadgroup",
            f"--randomly-seed={seed}",
            *arguments,
        ]
        env = {
            **os.environ,
            "TMPDIR": folder,
            "PORTAL_TEST_NOTES": str(Path(folder, "notes")),
            "PORTAL_LACKS_POSTGRES": lack,
        }
        env.pop("DATABASE_URL", None)
        env.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # or each of some hundred processes compiles all of ours anew
        print_line("\nOn SQLite")
        statuses = [_pytest(pytest, env)]
        if url:
            print_line("\nOn PostgreSQL")
            statuses.append(_pytest(pytest, {**env, "DATABASE_URL": url, "PORTAL_SECOND_ENGINE": "1"}))
    return _worst(statuses)


def choose_scratch(memory: Path = Path("/dev/shm")) -> str | None:  # noqa: S108 - a fresh folder is made in it
    """Return the folder of a file system in memory, where no commit waits for a disk. None when there
    is none, when it has little room, or when programs in it would not run.
    """
    if not os.access(memory, os.W_OK):
        return None
    room = os.statvfs(memory)
    fits = room.f_bavail * room.f_frsize >= SCRATCH_BYTES and not room.f_flag & os.ST_NOEXEC
    return str(memory) if fits else None


def _processes() -> int:
    return max(2, min(os.cpu_count() or 2, 8))


def _pytest(command: list[str], env: dict[str, str]) -> int:
    process = subprocess.Popen(command, cwd=environment.ROOT, env=env)
    try:
        return process.wait()
    except BaseException:
        # Pytest closes its databases and browsers on SIGINT, and only then; Ctrl-C has reached it already.
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait()
        raise


def _worst(statuses: list[int]) -> int:
    """Return the first status that is no success. One engine may find no tests, but not both."""
    if all(status == NOTHING_COLLECTED for status in statuses):
        return NOTHING_COLLECTED
    return next((status for status in statuses if status not in (0, NOTHING_COLLECTED)), 0)


@contextmanager
def _postgres(python: str) -> Iterator[tuple[str, str]]:
    """Return the URL of a PostgreSQL to test on, or an empty one and why there is none."""
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
