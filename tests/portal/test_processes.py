"""Groups of processes: a dead one is named, all are stopped in order, with grandchildren and stubborn ones."""

import os
import secrets
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from recert.broker import end_when_idle
from tools import processes, running
from tools.processes import Crew, end_marked, marked_processes
from tools.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENT = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
WITH_GRANDCHILD = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
print("up", flush=True)
time.sleep(60)
"""
NOTES_ITS_END = """
import signal, sys, time
def end(*_):
    open({order!r}, "a").write({name!r} + " ")
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture
def crew(tmp_path):
    made = Crew(secrets.token_hex(8), tmp_path / "log", dict(os.environ), tmp_path)
    yield made
    end_marked(made.mark)
    for child in made.children:
        child.process.wait()


def start(crew: Crew, name: str, program: str) -> None:
    crew.start(name, [sys.executable, "-c", program])
    child = crew.children[-1]
    while "up" not in child.log.read_text():
        assert child.process.poll() is None, child.last_words()


def test_stopping_ends_every_process_including_a_grandchild_in_its_own_session(crew):
    start(crew, "patient", PATIENT)
    start(crew, "parent", WITH_GRANDCHILD)
    assert len(marked_processes(crew.mark)) == 3
    crew.stop()
    assert marked_processes(crew.mark) == []


def test_a_process_that_ignores_the_stop_signal_is_killed_after_the_timeout(crew, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.3)
    start(crew, "stubborn", STUBBORN)
    start(crew, "patient", PATIENT)
    crew.stop()
    assert marked_processes(crew.mark) == []
    assert crew.children[0].process.returncode == -signal.SIGKILL


def test_processes_stop_in_the_order_in_which_they_started(crew, tmp_path):
    order = tmp_path / "order"
    for name in ("web", "worker", "payments"):
        start(crew, name, NOTES_ITS_END.format(order=str(order), name=name))
    crew.stop()
    assert order.read_text() == "web worker payments "


def test_a_child_process_that_exits_is_reported_with_the_end_of_its_log(crew):
    start(crew, "web", PATIENT)
    crew.start("worker", [sys.executable, "-c", "import sys; print('first'); sys.exit('no broker')"])
    crew.children[1].process.wait()
    dead = crew.first_dead()
    assert dead is crew.children[1]
    assert dead.last_words(lines=1) == "no broker"


def test_no_process_is_reported_dead_while_all_are_running(crew):
    start(crew, "web", PATIENT)
    assert crew.first_dead() is None


def test_stopping_leaves_the_processes_of_another_run_running(crew, tmp_path):
    start(crew, "web", PATIENT)
    other = Crew(secrets.token_hex(8), tmp_path / "other", dict(os.environ), tmp_path)
    start(other, "web", PATIENT)
    other.stop()
    assert len(marked_processes(crew.mark)) == 1


def test_a_second_start_is_refused_with_the_url_of_the_first(tmp_path):
    with (
        running.only_one(tmp_path, address="http://127.0.0.1:8000", mark="a"),
        pytest.raises(Trouble, match=f"already running at http://127.0.0.1:8000.*kill {os.getpid()}"),
        running.only_one(tmp_path, address="http://127.0.0.1:8010", mark="b"),
    ):
        pass


def test_a_killed_run_leaves_its_lock_free_and_its_processes_named(tmp_path):
    holder = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from tools import running
        with running.only_one(Path({str(tmp_path)!r}), address="http://127.0.0.1:8000", mark="left behind"):
            print("held", flush=True)
            time.sleep(60)
    """)
    command = [sys.executable, "-c", holder]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        process.kill()
    with running.only_one(tmp_path, address="http://127.0.0.1:8010", mark="new") as before:
        assert before == "left behind"


def test_killing_the_parent_process_ends_its_children_too(tmp_path):
    mark = secrets.token_hex(8)
    parent = textwrap.dedent(f"""
        import os, sys, time
        from pathlib import Path
        from tools.processes import Crew
        crew = Crew({mark!r}, Path({str(tmp_path)!r}), dict(os.environ), Path({str(tmp_path)!r}))
        crew.start("web", [sys.executable, "-c", {PATIENT!r}])
        print("started", flush=True)
        time.sleep(60)
    """)
    command = [sys.executable, "-c", parent]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "started\n"
        assert len(marked_processes(mark)) == 1
        process.kill()
    deadline = time.monotonic() + 5
    while marked_processes(mark) and time.monotonic() < deadline:
        os.sched_yield()
    assert marked_processes(mark) == []


def test_a_worker_that_is_to_stop_ends_once_the_task_that_runs_has_ended(monkeypatch):
    running, steps = {"a sweep"}, []

    def wait(_: float) -> None:
        steps.append(f"{len(running)} runs")
        running.clear()

    monkeypatch.setattr("celery.worker.state.reserved_requests", running)
    monkeypatch.setattr("recert.broker.sleep", wait)
    monkeypatch.setattr("os._exit", steps.append)
    end_when_idle()
    assert steps == ["1 runs", 0]
