"""`./portal up` as a newcomer meets it: a real start of every part, each way to stop, and its error messages."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import tools.up
from tools.processes import MARK, marked_processes

ROOT = Path(__file__).resolve().parent.parent.parent
PORTAL = (str(ROOT / "portal"),)
SMALL_PARTS = (str(ROOT / "tests" / "portal" / "small_parts.py"),)
FROM_OUTSIDE = ("DATABASE_URL", "PORTAL_VAR", "PORTAL_TODAY", "DJANGO_SETTINGS_MODULE", MARK)


def environment(var: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
    return {**clean, "PORTAL_VAR": str(var)}


def two_free_ports() -> int:
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def portal(*arguments: str, var: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `./portal …` to its end."""
    command = [sys.executable, ROOT / "portal", *arguments]
    env = {**environment(var), **env}
    return subprocess.run(command, env=env, cwd=var, capture_output=True, text=True, timeout=60)


@dataclass
class Up:
    """A running `./portal up`."""

    process: "subprocess.Popen[str]"
    port: int
    var: Path
    said: str = ""

    @classmethod
    def start(cls, var: Path, *options: str, program: tuple[str, ...] = PORTAL) -> "Up":
        port = two_free_ports()
        command = [sys.executable, *program, "up", "--port", str(port), *options]
        process = subprocess.Popen(
            command,
            env={**environment(var), "PYTHONPATH": str(ROOT)},
            cwd=var,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started = cls(process, port, var)
        for line in process.stdout:
            started.said += line
            if "Ctrl-C stops everything" in line:
                return started
        raise AssertionError(f"it did not open:\n{started.said}")

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def mark(self) -> str:
        return re.search(r'"mark": "(\w+)"', (self.var / "portal.lock").read_text())[1]

    def leader(self, words: str) -> int:
        """The oldest process of this run whose command line holds `words`."""
        lines = {
            pid: Path(f"/proc/{pid}/cmdline").read_bytes().decode() for pid in marked_processes(self.mark())
        }
        return min(pid for pid, line in lines.items() if words in line)

    def end(self, number: signal.Signals) -> tuple[int, str, float]:
        """Send the signal; the exit status, what it still said, and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest, time.monotonic() - began


@dataclass
class FirstRun:
    """What was seen while the demo was shown for the first time, as on another day."""

    var: Path
    up: Up
    answers: dict[str, tuple[int, str]]
    processes: int
    refused: list[subprocess.CompletedProcess[str]]
    mark: str


@dataclass
class SecondRun:
    """What was seen of a start after a kill, and of its end by Ctrl-C."""

    up: Up
    left: list[int]
    ended: tuple[int, str, float]


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> FirstRun:
    var = tmp_path_factory.mktemp("var")
    for name in ("portal.sqlite3", "left over"):
        (var / name).write_text("from before")
    up = Up.start(var, "--fresh", "--today", "2027-03-15")
    answers = {path: up.get(path) for path in ("/livez", "/readyz")}
    refused = [portal("up", "--port", str(two_free_ports()), *more, var=var) for more in ((), ("--fresh",))]
    processes = len(marked_processes(up.mark()))
    made = FirstRun(var, up, answers, processes, refused, up.mark())
    up.end(signal.SIGKILL)
    return made


@pytest.fixture(scope="module")
def second(first) -> SecondRun:
    up = Up.start(first.var)
    return SecondRun(up, marked_processes(first.mark), up.end(signal.SIGINT))


def test_portal_up_starts_every_process_and_the_portal_is_ready(first):
    assert f"http://localhost:{first.up.port}/" in first.up.said
    assert first.answers["/livez"] == (200, "ok\n")
    assert first.answers["/readyz"][0] == 200
    # The web server and its workers, Celery's worker with its child and its beat, the stand-in.
    assert first.processes >= 7


def test_portal_up_prints_how_to_sign_in(first):
    assert "practice-makes-progress (as on March 15, 2027)\n\n  jordan@example.org  " in first.up.said
    assert re.search(r"one-time codes now.*\n\S+@\S+ +\d{6}", first.up.said)


def test_portal_up_shows_the_demo_as_on_the_chosen_day(first):
    assert "Today is 2027-03-15 here." in first.up.said
    with closing(sqlite3.connect(first.var / "portal.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM trainers_trainer").fetchone()[0] >= 60
        assert database.execute("SELECT MAX(date(at)) FROM core_historyentry").fetchone()[0] >= "2027-03-14"


def test_the_option_fresh_deletes_the_old_database(first):
    assert not (first.var / "left over").exists()


def test_a_second_portal_up_is_refused_while_the_first_runs_even_with_fresh(first):
    for second in first.refused:
        assert second.returncode == 1
        assert second.stderr.startswith(
            f"portal: The portal is already running at http://localhost:{first.up.port}."
        )
        assert "Traceback" not in second.stderr


def test_portal_up_starts_after_a_kill_with_the_demo_that_is_there_and_ends_what_was_left(second):
    assert second.left == []
    assert "Courses, cards" not in second.up.said, "the demo was loaded again"


def test_ctrl_c_stops_portal_up_and_leaves_no_process(second):
    status, rest, seconds = second.ended
    assert (status, "Everything has stopped" in rest) == (0, True)
    assert seconds < 15
    # Nothing ran: a loop that waits before it looks takes ten seconds, and a busy machine some for one that does not.
    assert float(re.search(r"stopped, in ([\d.]+) s", rest)[1]) < 9
    assert marked_processes(second.up.mark()) == []


def test_portal_up_stops_naming_a_process_that_died(tmp_path):
    up = Up.start(tmp_path, program=SMALL_PARTS)
    os.kill(up.leader("Paying"), signal.SIGKILL)
    rest, _ = up.process.communicate(timeout=30)
    assert up.process.returncode == 1
    assert "The payments process ended by itself (status -9)." in rest
    assert rest.count("Paying") == 1, "its last words"
    assert marked_processes(up.mark()) == []


class Killed(BaseException):
    pass


@pytest.fixture
def loads(monkeypatch) -> list[bool]:
    """For each load of the demo, whether it is to be cut short; every one makes a database that tells its number."""
    planned: list[bool] = []
    made = iter(range(1, 10))

    def manage(python: str, env: dict[str, str], name: str, *options: str, **on_line) -> str:
        database = Path(env["PORTAL_VAR"], "portal.sqlite3")
        if name == "migrate" and not database.exists():
            database.write_text(f"number {next(made)}")
        if name == "load_demo" and planned.pop(0):
            raise Killed
        return ""

    monkeypatch.setattr(tools.up, "_manage", manage)
    return planned


def prepared(var: Path) -> str:
    with suppress(Killed):
        tools.up._prepare("python", {"PORTAL_VAR": str(var)})
    return (var / "portal.sqlite3").read_text()


def test_an_interrupted_first_load_of_the_demo_is_repeated_from_the_start(loads, tmp_path):
    loads += [True, False, False]
    assert [prepared(tmp_path) for _ in range(3)] == ["number 1", "number 2", "number 2"]


def test_portal_up_never_deletes_an_existing_database(loads, tmp_path):
    (tmp_path / "portal.sqlite3").write_text("mine")
    loads += [True, False]
    assert [prepared(tmp_path) for _ in range(2)] == ["mine", "mine"]


WRONG = {
    ("--today", "2027-02-30"): "“2027-02-30” is not a date. Write it like 2027-03-15.",
    ("--today", "20270315"): "“20270315” is not a date. Write it like 2027-03-15.",
    ("--today", "15.03.2027"): "“15.03.2027” is not a date. Write it like 2027-03-15.",
    ("--port", "65535"): "“65535” is not a port. Use a number from 1 to 65534.",
    ("--port", "0"): "“0” is not a port. Use a number from 1 to 65534.",
    ("--port", "eight"): "“eight” is not a port. Use a number from 1 to 65534.",
}


@pytest.mark.parametrize("options", WRONG)
def test_portal_up_answers_an_unknown_option_with_one_sentence(options, tmp_path):
    done = portal("up", *options, var=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"portal: {WRONG[options]}\n")


@pytest.mark.parametrize("which", [0, 1])
def test_portal_up_with_a_taken_port_names_the_port_and_changes_nothing(which, tmp_path):
    port = two_free_ports()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + which))
        other.listen()
        done = portal("up", "--port", str(port), "--fresh", var=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"portal: Port {port + which} is taken by another program.")
    assert [path.name for path in tmp_path.iterdir()] == ["portal.lock"]


def test_the_option_fresh_deletes_nothing_in_a_folder_without_a_portal(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    done = portal("up", "--fresh", "--port", str(two_free_ports()), var=tmp_path)
    assert done.returncode == 1
    assert "holds no portal, so --fresh leaves it alone" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_the_option_fresh_is_refused_with_a_database_outside_the_folder(tmp_path):
    done = portal("up", "--fresh", var=tmp_path, DATABASE_URL="postgres://127.0.0.1/mine")
    assert done.returncode == 1
    assert "DATABASE_URL names another" in done.stderr


def test_portal_up_is_refused_in_production(tmp_path):
    done = portal("up", var=tmp_path, PORTAL_ENV="production")
    assert done.returncode == 1
    assert "PORTAL_ENV says production" in done.stderr
