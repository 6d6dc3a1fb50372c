"""What a machine lacks is skipped and named in one line; what is required and missing fails the run."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from xdist.remote import Producer

from tests.requirements_plugin import ENGINE_FREE, IN_FULL, SEARCHED_ONCE
from tests.sharing import LONG, TOGETHER, pytest_collection_modifyitems, pytest_xdist_make_scheduler

ROOT = Path(__file__).resolve().parent.parent.parent
SUITE = """
import pytest

@pytest.mark.browser
def test_in_a_browser():
    pass

@pytest.mark.redis
def test_with_redis():
    pass

@pytest.mark.nginx
def test_behind_nginx():
    pass

@pytest.mark.postgres
def test_of_postgresql_alone():
    pass

@pytest.mark.slow
def test_for_an_hour():
    pass

def test_anywhere():
    pass
"""
INI = """
[pytest]
markers =
    browser
    redis
    nginx
    postgres
    slow
    django_db
"""
NINE_SETS = """
import pytest

@pytest.mark.django_db
@pytest.mark.parametrize("number", range(9))
def test_of_rows(number):
    pass
"""


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """Runs that little suite where there is neither a browser nor Redis nor nginx nor PostgreSQL."""
    (tmp_path / "test_little.py").write_text(SUITE)
    (tmp_path / "pytest.ini").write_text(INI)

    def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        outside = ("PORTAL_", "TEST_", "PYTEST_", "DATABASE_URL")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(outside)}
        clean["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = (
            "1"  # a browser's driver and the like take seconds to import
        )
        clean |= {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.requirements_plugin",
            "-p",
            "tests.sharing",
            *arguments,
            str(tmp_path),
        ]
        return subprocess.run(command, cwd=tmp_path, env={**clean, **env}, capture_output=True, text=True)

    return run


def test_missing_requirements_are_named_in_one_line_before_pytests_last_line(bare):
    done = bare(PORTAL_LACKS_POSTGRES="no server at 127.0.0.1:5432")
    *_, loud, last = done.stdout.splitlines()
    assert done.returncode == 0
    assert loud == (
        "NOT TESTED ON THIS MACHINE: everything on PostgreSQL (no server at 127.0.0.1:5432); "
        "1 marked redis (no redis-server (TEST_REDIS_URL may name a running one)); "
        "1 marked browser (no Chromium (PORTAL_CHROMIUM may name one)); "
        "1 marked nginx (no nginx in PATH (Debian keeps it in /usr/sbin))."
    )
    assert "1 passed, 3 skipped, 2 deselected" in last


@pytest.mark.parametrize(
    ("need", "env"),
    [
        ("redis", {}),
        ("browser", {}),
        ("nginx", {}),
        ("fonts", {"TEST_FONTS_DIR": "/nowhere"}),
        ("postgres", {"PORTAL_LACKS_POSTGRES": "no server"}),
    ],
)
def test_a_missing_requirement_that_is_required_fails_the_run(bare, need, env):
    done = bare(PORTAL_REQUIRE=need, **env)
    assert done.returncode != 0
    assert f"PORTAL_REQUIRE names {need}: no" in done.stderr


def test_an_unknown_requirement_fails_the_run(bare):
    done = bare(PORTAL_REQUIRE="postgresql")
    assert done.returncode != 0
    assert (
        "PORTAL_REQUIRE names postgresql; it may name postgres, redis, browser, nginx, fonts." in done.stderr
    )


def test_the_option_all_also_runs_the_slow_tests(bare):
    done = bare("--all", "-k", "for_an_hour")
    assert "1 passed" in done.stdout


def test_the_tests_of_one_group_run_in_one_worker(bare, tmp_path):
    (tmp_path / "tests" / "demo").mkdir(parents=True)
    few = "import pytest\n\n@pytest.mark.parametrize('n', range(9))\ndef test_of_the_demo(n):\n    pass\n"
    (tmp_path / "tests" / "demo" / "test_demo.py").write_text(few)
    done = bare("-p", "xdist", "--numprocesses=2", "--dist=loadgroup", "-v")
    assert "10 passed" in done.stdout
    workers = re.findall(r"^\[(gw\d)\].* tests/demo/", done.stdout, re.MULTILINE)
    assert (len(workers), len(set(workers))) == (9, 1)


class Worker:
    """A worker of xdist that only writes down which tests it is given."""

    shutting_down = False

    def __init__(self) -> None:
        self.given: list[int] = []

    def send_runtest_some(self, indexes: list[int]) -> None:
        self.given += indexes

    def shutdown(self) -> None:
        self.shutting_down = True


def test_a_worker_that_finished_a_test_gets_the_next_and_the_finished_one_is_forgotten():
    options = SimpleNamespace(loadscopereorder=True)
    values = {"dist": "loadgroup", "tx": ["popen"], "maxprocesses": None, "numprocesses": 1}
    config = SimpleNamespace(getvalue=values.get, option=options, hook=None)
    queue, worker = pytest_xdist_make_scheduler(config, Producer("test")), Worker()
    queue.add_node(worker)
    queue.add_node_collection(worker, [f"tests/a.py::test_of[{n}]" for n in range(9)])
    queue.schedule()
    for done in range(9):
        assert done in worker.given
        queue.mark_test_complete(worker, done)
        assert len(queue.assigned_work[worker]) <= 3
    assert (worker.given, worker.shutting_down, queue.tests_finished) == ([*range(9)], True, True)


def test_a_long_test_runs_before_the_others_which_stay_in_their_order():
    names = ["tests/core/test_b.py::b", "tests/lives/test_x.py::x", "tests/core/test_a.py::a"]
    items = [SimpleNamespace(nodeid=name) for name in names]
    pytest_collection_modifyitems(items)
    assert [item.nodeid for item in items] == [names[1], names[0], names[2]]


def test_the_second_engine_does_not_read_a_file_of_which_it_runs_nothing(bare, tmp_path):
    (tmp_path / "tests" / "rules").mkdir(parents=True)
    (tmp_path / "tests" / "rules" / "test_pure.py").write_text("raise SystemError('it is read')\n")
    assert "it is read" in bare().stdout
    second = bare(PORTAL_SECOND_ENGINE="1")
    assert (second.returncode, "it is read" in second.stdout) == (5, False)


@pytest.mark.parametrize(
    ("arguments", "env", "ran"),
    [
        ([], {}, {"": "012345678", "lives": "012345678"}),
        ([], {"PORTAL_SECOND_ENGINE": "1"}, {"": "08", "lives": "012345678"}),
        (["--all"], {"PORTAL_SECOND_ENGINE": "1"}, {"": "012345678", "lives": "012345678"}),
    ],
)
def test_only_the_second_engine_runs_two_of_a_tests_nine_sets_of_values(bare, tmp_path, arguments, env, ran):
    for folder in ran:
        (tmp_path / "tests" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / folder / f"test_{folder or 'other'}_rows.py").write_text(NINE_SETS)
    done = bare("-v", "-k", "of_rows", *arguments, **env)
    found = re.findall(r"^tests/(\w*?)/?test_\w+\.py::test_of_rows\[(\d)\] PASSED", done.stdout, re.MULTILINE)
    assert {folder: "".join(number for where, number in found if where == folder) for folder in ran} == ran


def test_every_file_and_test_named_in_the_selection_for_the_second_engine_exists():
    for start in (*ENGINE_FREE, *IN_FULL, *SEARCHED_ONCE, *TOGETHER, *LONG):
        file, _, function = start.partition("::")
        found = [path for path in ROOT.glob(f"{file}*") if path.name != "__pycache__"]
        assert found, start
        assert not function or f"def {function.partition('[')[0]}" in found[0].read_text(), start
