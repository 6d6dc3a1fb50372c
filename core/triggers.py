"""What the database refuses where Django has no constraint for it: triggers, with the same
conditions on SQLite and PostgreSQL. Each app keeps its triggers in `<app>/triggers.py` as
`TRIGGERS`; they are installed after every migration and checked by readiness.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connections, transaction

from core.erasing import spared_update
from core.merging import moved_update

# PostgreSQL keeps the plan of a function's query for the connection. One that was made while the table was small reads it
# whole, and an import that fills it then takes the square of its rows.
BY_INDEX = "SET enable_seqscan = off SET jit = off"


@dataclass(frozen=True)
class Trigger:
    """A trigger that refuses `event` on `table` with `sentence` whenever its condition holds.

    `when` is SQL over NEW and OLD that both engines understand; `when_postgresql` replaces it where
    they differ. With `spares` it allows an update that only empties personal columns of somebody
    whose data is being erased (Q33), and one that only moves a row to the account into which its
    own was merged.
    """

    name: str
    table: str
    event: str  # "UPDATE", "DELETE", "INSERT" or "UPDATE OF a, b"
    sentence: str
    when: str = "1 = 1"
    when_postgresql: str = ""
    spares: bool = False

    def condition(self, vendor: str) -> str:
        """Return the SQL condition under which the trigger refuses, for this engine."""
        when = (self.when_postgresql if vendor == "postgresql" else "") or self.when
        spared = [found(self.table) for found in (spared_update, moved_update)] if self.spares else []
        return " AND NOT ".join(f"({one})" for one in (when, *filter(None, spared)))

    def sql(self, vendor: str) -> list[str]:
        quoted = self.sentence.replace("'", "''")
        if vendor == "sqlite":
            return [
                f"DROP TRIGGER IF EXISTS {self.name}",
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {self.condition(vendor)} "
                f"BEGIN SELECT RAISE(ABORT, '{self.name}: {quoted}'); END",
            ]
        # A trigger's WHEN may hold no subquery on PostgreSQL, so the condition stands inside the function.
        returned, condition = "OLD" if self.event == "DELETE" else "NEW", self.condition(vendor)
        planned = BY_INDEX if "SELECT" in condition else ""
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql {planned} AS $trigger$ "
            f"BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{self.name}: {quoted.replace('%', '%%')}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {returned}; END $trigger$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


def append_only(table: str) -> list[Trigger]:
    """Return two triggers for `table`: one refuses every update except an erasure or a merge, the
    other every deletion.
    """
    return [
        Trigger(f"{table}_no_update", table, "UPDATE", "these rows are only ever added", spares=True),
        Trigger(f"{table}_no_delete", table, "DELETE", "these rows are only ever added"),
    ]


def columns_fixed(
    name: str, table: str, columns: Iterable[str], sentence: str, *, once: str = "1 = 1"
) -> Trigger:
    """Return the trigger that refuses every change of `columns`, to and from NULL included, in rows
    for which the SQL condition `once` (over OLD) holds. An erasure may still empty them, and a
    merge of accounts may still replace the person.
    """
    changed = " OR ".join(
        f"COALESCE(CAST(NEW.{column} AS TEXT), '') <> COALESCE(CAST(OLD.{column} AS TEXT), '')"
        for column in columns
    )
    return Trigger(name, table, "UPDATE", sentence, when=f"{once} AND ({changed})", spares=True)


def never_removed(name: str, table: str, sentence: str) -> Trigger:
    """Return the trigger that refuses the deletion of a row."""
    return Trigger(name, table, "DELETE", sentence)


def all_triggers() -> Iterator[Trigger]:
    """Yield every trigger of every installed app."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.triggers"):
            yield from import_module(f"{config.name}.triggers").TRIGGERS


def ensure_installed(using: str = "default", **_: object) -> None:
    """Install every trigger whose table exists. Safe to repeat."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for trigger in all_triggers():
            if trigger.table in tables:
                for statement in trigger.sql(connection.vendor):
                    cursor.execute(statement)


def make_way(using: str = "default", plan: Sequence[object] = (), **_: object) -> None:
    """Drop all triggers before a migration on SQLite, which cannot rebuild a table that a trigger
    of another table names. `ensure_installed` creates them again after the migrations.
    """
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of triggers that the database lacks."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(trigger.name for trigger in all_triggers() if trigger.name not in present)


TRIGGERS = [
    *append_only("core_historyentry"),
    *append_only("core_merge"),
    Trigger(
        "core_merge_into_an_open_one",
        "core_merge",
        "INSERT",
        "an account that is part of another one takes in no third",
        when="EXISTS (SELECT 1 FROM core_merge m WHERE m.going_id = NEW.staying_id)",
    ),
]
