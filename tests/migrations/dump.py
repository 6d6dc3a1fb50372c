"""Write the rows of a small world of today and the triggers that look on it, for the test that migrates them to later days.

`.venv/bin/python -m tests.migrations.dump`, once, when a release is made: rows of an earlier release are never made anew.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FILE = Path(__file__).parent / "release-1.sql"
TRIGGERS = Path(__file__).parent / "release-1-triggers.json"
MOMENT = datetime(2027, 2, 15, 12, tzinfo=ZoneInfo("America/Phoenix"))
# What `migrate` makes itself, under ids of its own; sessions and Django's own log, which nobody would miss.
NOT_OURS = {
    *(
        "django_content_type",
        "auth_permission",
        "auth_group_permissions",
        "trainers_trainer_user_permissions",
    ),
    *("django_session", "usersessions_usersession", "django_admin_log"),
}
PEOPLE = "jordan vera wes zoe rosa yusuf cara erin gita".split()  # one for each thing that can have happened
OTHERS = 8  # each files a petition


def main() -> int:
    """Live through the world in a database of its own, and write down its rows."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/portal.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        _live()
        FILE.write_text("\n".join(_lines()) + "\n", encoding="utf-8")
        TRIGGERS.write_text(json.dumps(_triggers(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"Wrote {FILE} and {TRIGGERS}.\n")
    return 0


def _live() -> None:
    """Bring a part of the demo's people into the states that they show, with reports of a mail
    provider and a run of the schedule.
    """
    from django.core.management import call_command

    from core import clock
    from demo.crowd import make_crowd
    from demo.load import load_demo
    from demo.people import NAMED
    from outbox import heartbeat
    from outbox.bounces import record_event

    call_command("migrate", verbosity=0)
    with clock.moved_to(MOMENT):
        named = [person for person in NAMED if person.login in PEOPLE]
        load_demo(lambda words: None, named=named, others=make_crowd()[:OTHERS])
        event = {
            "event_id": "provider:1",
            "kind": "bounced",
            "message_id": "",
            "words": "550 No such mailbox",
        }
        record_event(**event, address=named[1].email, at=MOMENT)
        heartbeat.record_heartbeat(MOMENT)


def _lines() -> Iterator[str]:
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    yield "-- The rows of release 1, for SQLite and PostgreSQL. Written by tests/migrations/dump.py; never edited."
    yield f"-- moment: {MOMENT.isoformat()}"
    for app, name in sorted(MigrationExecutor(connection).loader.graph.leaf_nodes()):
        yield f"-- migration: {app}.{name}"
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in NOT_OURS and model._meta.managed:
            yield from _insert(model)


def _triggers() -> dict[str, list[str]]:
    """Return the statements that install the triggers of today, by engine."""
    from core.triggers import all_triggers

    return {
        vendor: [statement for trigger in all_triggers() for statement in trigger.sql(vendor)]
        for vendor in ("sqlite", "postgresql")
    }


def _insert(model: Any) -> Iterator[str]:
    """Yield one statement with all rows of a table; none when it is empty."""
    fields = model._meta.local_concrete_fields
    rows = [
        f"({', '.join(literal(field.value_from_object(row), field) for field in fields)})"
        for row in _enough(model)
    ]
    if rows:
        columns = ", ".join(f'"{field.column}"' for field in fields)
        yield f'\nINSERT INTO "{model._meta.db_table}" ({columns}) VALUES'
        yield ",\n".join(rows) + ";"


def _enough(model: Any) -> list[Any]:
    """Return a table's rows; of messages one of each code and state, because their text is long."""
    rows = model._base_manager.order_by("pk")
    if model._meta.label != "outbox.Notice":
        return list(rows)
    one_of_each = {(row.kind, row.state): row for row in rows.reverse()}
    needed = {row.pk: row for row in (*one_of_each.values(), *rows.filter(mail_events__isnull=False))}
    return [needed[pk] for pk in sorted(needed)]


def literal(value: Any, field: Any) -> str:
    """Return a value as both engines read it. Moments are in UTC without saying so: SQLite keeps them in this way."""
    if field.get_internal_type() == "JSONField":
        value = json.dumps(value, sort_keys=True)
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(tzinfo=None)
    if not isinstance(value, str | date):
        raise TypeError(f"{field} holds {type(value).__name__}, which nobody has taught this file to write.")
    return "'{}'".format(str(value).replace("'", "''"))


if __name__ == "__main__":
    sys.exit(main())
