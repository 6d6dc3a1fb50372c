"""Release 1 as a database: its schema, its rows and its triggers, and what a later version does with it."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from sqlite3 import complete_statement

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from core import clock
from documents.models import Document
from tests.migrating import constraints_in_place
from tests.migrations.dump import FILE, TRIGGERS
from trainers.services import create_trainer, grant_credential

TEXT = FILE.read_text(encoding="utf-8")
TABLES = re.findall(r'^INSERT INTO "(\w+)"', TEXT, re.MULTILINE)
TARGETS = [tuple(name.split(".")) for name in re.findall(r"^-- migration: (\S+)$", TEXT, re.MULTILINE)]
(SAID,) = re.findall(r"^-- moment: (\S+)$", TEXT, re.MULTILINE)
MOMENT = datetime.fromisoformat(SAID)


def statements() -> Iterator[str]:
    """Yield each statement of the file. A text in it may hold line ends and semicolons, so SQLite says where one is over."""
    begun = ""
    for line in TEXT.splitlines(keepends=True):
        begun += line
        if line.endswith(";\n") and complete_statement(begun):
            yield begun
            begun = ""
    assert begun.strip() == "", "The last statement has no end."


def load() -> None:
    """Bring an empty database to the state of release 1: its migrations and no other, its rows,
    then its triggers.

    The migration executor is used and not `migrate`, which would install today's triggers on the
    tables of then. The triggers come after the rows, because they would refuse rows that are
    inserted in their last state. Later migrations meet the triggers, as in a database that is in
    use.
    """
    executor = MigrationExecutor(connection)
    with constraints_in_place():
        then = executor.migrate(TARGETS)
    models = then.apps.get_models(include_auto_created=True)
    _execute([*statements(), *connection.ops.sequence_reset_sql(no_style(), models)])
    _execute(json.loads(TRIGGERS.read_text(encoding="utf-8"))[connection.vendor])


def _execute(script: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in script:
            cursor.execute(statement)


def verify() -> None:
    """Check every invariant that reads rows, at the moment at which the rows were written. The
    uploads exist, and are empty.
    """
    for name in Document.objects.values_list("stored_as", flat=True):
        file = Path(default_storage.path(name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    with clock.moved_to(MOMENT):
        call_command("verify_invariants")


def go_on() -> None:
    """Write new rows beside the old ones, under unused ids, with the triggers installed."""
    with clock.moved_to(MOMENT):
        trainer = create_trainer(email="new@example.org", name="New Person", by=None, at=MOMENT)
        days = {"awarded_on": date(2023, 6, 30), "cycle_expires_on": date(2027, 6, 30)}
        grant_credential(trainer, number="20000001", policy_code="nasm-cpt", **days, by=None, at=MOMENT)
