"""The commands in docs/deploy.md for backup and restore, run word for word: every row and every
file is restored, or the commands stop and name what is not.
"""

import io
import re
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from tests.cast import colleague
from tests.health.machine import BACK_UP, DOCKER, RESTORE, Machine, people, store_evidence
from tests.throwaway import Throwaway, keeping_files_in

pytestmark = pytest.mark.postgres


@pytest.fixture
def machine(real_database, tmp_path) -> Machine:
    made = Machine(tmp_path, real_database)
    made.files.mkdir(parents=True)
    made.place("bin/docker", DOCKER)
    return made


@pytest.fixture
def forget(_workshop):
    """Names a database that is to be dropped after the test."""
    named = []
    yield named.append
    for database in named:
        _workshop.drop(database)


@pytest.fixture
def kept(machine, picture) -> Path:
    """Somebody with a document, by its path."""
    with keeping_files_in(machine.files):
        return machine.files / store_evidence(colleague("reviewer"), picture)


def test_a_backup_is_restored_completely_and_the_restore_is_verified(machine, kept, forget):
    done = machine.run(BACK_UP)
    assert done.returncode == 0, done.stderr
    before = people()
    colleague("lead")
    kept.unlink()
    connections["default"].close()
    forget(Throwaway(f"{machine.database.name}_before", {}))
    done = machine.run(RESTORE)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ tables with \d+ rows: the same as in the dump\.", done.stdout)
    assert re.search(r"\d+ checks, nothing found\.", done.stdout)
    assert people() == before
    assert kept.exists()


def test_restoring_into_a_non_empty_database_stops_and_changes_nothing(machine, kept):
    assert machine.run(BACK_UP).returncode == 0
    colleague("lead")
    now = people()
    without_a_new_one = "\n".join(
        line for line in RESTORE.splitlines() if "psql" not in line and "createdb" not in line
    )
    done = machine.run(without_a_new_one + "\necho started")
    assert done.returncode != 0
    assert "already exists" in done.stderr
    assert "started" not in done.stdout
    assert people() == now


DAMAGES = {
    "DELETE FROM documents_document": "public.documents_document lacks 1 of 1 rows of the dump",
    "UPDATE trainers_trainer SET name = 'J'": "public.trainers_trainer lacks 1 of 1 rows of the dump",
    "INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')": "public.django_content_type has 1 rows that",
    "DROP TABLE django_session CASCADE": "public.django_session cannot be compared: relation",
    "ALTER TABLE outbox_notice DROP COLUMN text": "public.outbox_notice cannot be compared: column",
    "CREATE TABLE added (id integer)": "added is not in the dump",
    "SELECT setval('trainers_trainer_id_seq', 1, false)": "public.trainers_trainer_id_seq stands at 1, and in the dump",
}


def test_the_restore_check_names_whatever_is_missing_or_changed(machine, kept, monkeypatch):
    dump = machine.run(f"pg_dump {machine.database.name}").stdout

    def verify(text: str, damage: str = "SELECT 1") -> tuple[str, str]:
        """What it prints about the damage, which is taken back, and the sentence with which it ends."""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        out, end = io.StringIO(), ""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET LOCAL session_replication_role = replica"
                )  # no trigger and no foreign key
                cursor.execute(damage)
            try:
                call_command("verify_restore", stdout=out)
            except CommandError as error:
                end = str(error)
            transaction.set_rollback(True)
        return out.getvalue(), end

    assert verify(dump)[1] == ""
    for damage, sentence in DAMAGES.items():
        said, end = verify(dump, damage)
        assert sentence in said
        assert end == "The database is not what was dumped. Restore it again, into an empty database."
    for cut in (dump[: len(dump) // 2], dump[: dump.index("-- PostgreSQL database dump complete")], ""):
        assert "is no whole dump" in verify(cut)[1]
