"""An error that an operator can correct becomes one sentence: no migrations, no database, no
policy, a taken port.
"""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import OperationalError, ProgrammingError, connection

from recert import command_line
from tests.throwaway import ROOT, Throwaway

NOT_MIGRATED = "The database has not been migrated: run manage.py migrate."
ROSTER = "number,name,email,awarded_on,expires_on,time_zone\n1193 4482,Jordan,j@example.org,2025-03-15,2027-03-14,\n"
# How each command that asks for our tables is called; the others do their work without them (a backup is of what is there).
ASKING = {
    "badge_key": [],
    "createsuperuser": ["--noinput", "--email=a@example.org"],
    "clearsessions": [],
    "export_draw": [],
    "import_completions": ["harbor", "ROSTER"],
    "import_roster": ["ROSTER"],
    "index_names": [],
    "first_staff": ["ada@example.org"],
    "live_days": ["--last=2037-01-01"],
    "load_demo": [],
    "send_notices": [],
    "list_erasures": [],
    "replay_erasures": ["ERASURES"],
    "reseal_secrets": [],
    "staff_code": [],
    "sweep": [],
    "verify_invariants": [],
}
NOT_ASKING = {
    "assess",
    "backup",
    "backup_key",
    "payment_stand_in",
    "policy",
    "restore",
    "verify_backup",
    "verify_restore",
}


@pytest.fixture(scope="module")
def empty(_workshop) -> Iterator[Throwaway]:
    """A database without a table."""
    made = _workshop.make_empty()
    yield made
    _workshop.drop(made)


@pytest.fixture
def roster(tmp_path) -> Path:
    (tmp_path / "roster.csv").write_text(ROSTER)
    return tmp_path / "roster.csv"


@pytest.fixture
def erasures(tmp_path) -> Path:
    line = {"account": 1, "made_at": "2027-01-04T12:00:00+00:00", "numbers": ["11934482"]}
    (tmp_path / "erasures.jsonl").write_text(json.dumps(line))
    return tmp_path / "erasures.jsonl"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_every_management_command_is_listed_as_using_the_database_or_not():
    packages = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    ours = {name for name, package in get_commands().items() if package in packages}
    assert ours == (set(ASKING) | NOT_ASKING) - {"createsuperuser", "clearsessions"}


@pytest.mark.parametrize("name", ASKING)
def test_a_command_on_an_unmigrated_database_prints_a_sentence_that_says_so(name, empty, roster, erasures):
    files = {"ROSTER": str(roster), "ERASURES": str(erasures)}
    options = [files.get(option, option) for option in ASKING[name]]
    done = empty.manage(name, *options, PYTHONWARNINGS="ignore")
    assert done.returncode == 1
    assert done.stderr == f"{NOT_MIGRATED}\n"
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("name", ["migrate", "verify_invariants", "sweep"])
def test_a_command_without_a_reachable_database_prints_a_sentence_that_says_so(name, empty, taken_port):
    url = f"postgres://portal@127.0.0.1:{taken_port}/portal?connect_timeout=1"
    if connection.vendor == "sqlite":
        url = "sqlite:////dev/null/portal.sqlite3"
    done = empty.manage(name, DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("The database that DATABASE_URL names does not answer: ")
    assert "Traceback" not in done.stderr + done.stdout
    assert name != "sweep" or len(done.stderr.splitlines()) == 1


def test_a_command_with_an_unknown_policy_names_it_and_lists_the_known_ones(throwaway_database, roster):
    done = throwaway_database.manage("import_roster", str(roster), "--policy=absent")
    assert (done.returncode, done.stderr) == (
        1,
        "absent: There is no policy of this name. There is: nasm-cpt.\n",
    )
    done = throwaway_database.manage("assess", "--policy=absent")
    assert (done.returncode, done.stderr) == (
        2,
        "CommandError: absent: There is no policy of this name. There is: nasm-cpt.\n",
    )


def test_a_command_given_a_taken_or_invalid_port_prints_a_sentence_without_a_traceback(
    throwaway_database, taken_port
):
    done = throwaway_database.manage("payment_stand_in", f"--port={taken_port}")
    assert (done.returncode, done.stderr) == (
        1,
        f"CommandError: Port {taken_port} is taken or may not be used: Address already in use.\n",
    )
    done = throwaway_database.manage("payment_stand_in", "--port=65536")
    assert (done.returncode, done.stderr) == (
        1,
        "CommandError: 65536 is no port. Use a number from 1 to 65535.\n",
    )
    done = throwaway_database.manage("runserver", "--noreload", str(taken_port))
    assert done.returncode == 1
    assert "Error: That port is already in use." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def meets(monkeypatch):
    """Runs a command that meets this error, on a database that answers and is migrated."""

    def run(error: Exception) -> int:
        def fail(_: list[str]) -> None:
            raise error

        monkeypatch.setattr(command_line, "execute_from_command_line", fail)
        monkeypatch.setattr(command_line, "connection", SimpleNamespace(close=lambda: None))
        monkeypatch.setattr("recert.health.pending_migrations", lambda: [])
        return command_line.run_command(["manage.py"])

    return run


def test_a_locked_database_is_reported_in_a_sentence_and_a_programming_error_keeps_its_traceback(
    meets, capsys
):
    assert meets(OperationalError("database is locked")) == 1
    assert capsys.readouterr().err == (
        "Another program is writing into the database and did not finish. Try again.\n"
    )
    with pytest.raises(ProgrammingError, match="column"):
        meets(ProgrammingError('column "nmae" does not exist'))
