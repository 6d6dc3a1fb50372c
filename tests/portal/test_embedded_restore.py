"""The lines of docs/deploy.md that copy the embedded portal and put it back, run word for word."""

import re
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.cast import colleague
from tests.health.machine import COPY, PORTAL, PUT_BACK, Machine, people, store_evidence
from tests.throwaway import Throwaway, connected_to, keeping_files_in


@pytest.fixture
def embedded(tmp_path, _workshop, django_db_blocker, picture) -> Machine:
    """The embedded portal's folder, with somebody and a document, and its database open as while it runs."""
    database = _workshop.make()
    made = Machine(tmp_path, database)
    (tmp_path / "var").symlink_to(database.env["PORTAL_VAR"])
    made.place("portal", PORTAL)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    database.env["DATABASE_URL"] = f"sqlite:///{tmp_path}/var/portal.sqlite3"
    with django_db_blocker.unblock(), connected_to(database):
        with keeping_files_in(made.files):
            store_evidence(colleague("reviewer"), picture)
        yield made


def files_of(machine: Machine) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in machine.files.rglob("*") if path.is_file()}


def test_an_embedded_portal_is_backed_up_while_running_and_restored(embedded):
    before, files = people(), files_of(embedded)
    done = embedded.run(COPY)
    assert done.returncode == 0, done.stderr
    colleague("lead")
    connections["default"].close()
    done = embedded.run(PUT_BACK)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ checks, nothing found\.", done.stdout)
    with connected_to(Throwaway(str(embedded.folder / "var" / "portal.sqlite3"), {})):
        assert people() == before
    assert files
    assert files_of(embedded) == files


@pytest.mark.django_db
def test_verifying_a_restore_is_refused_on_sqlite_which_has_no_dumps():
    with pytest.raises(CommandError, match="Only PostgreSQL has dumps"):
        call_command("verify_restore")
