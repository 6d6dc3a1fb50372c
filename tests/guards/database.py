"""The guards of the database under test by its own list: triggers, checks and unique constraints of our tables.

A guard has one name on both engines, that of PostgreSQL. What a refusal says differs, and only here:

- A name that PostgreSQL would cut is cut by Django there.
- SQLite names the columns of a unique constraint, and the condition of an unsigned column.
- On PostgreSQL the type of a column refuses a text that is too long, before its check can.
- SQLite has triggers that refuse nothing: they keep the words of the catalogue's search.
- SQLite checks that JSON is JSON; on PostgreSQL the type does. That check is Django's, and not listed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

OURS = Path(settings.BASE_DIR)
CUT = {
    "trainers_trainer_user_permissions_trainer_id_permission_id_15ba36dd_uniq": "trainers_trainer_user_pe_trainer_id_permission_id_15ba36dd_uniq"
}
POSTGRESQL = connection.vendor == "postgresql"


@dataclass(frozen=True)
class Guard:
    """One refusal of the database: `refusal` is in its message, and `drop` removes it ("": it cannot be, or its absence would change nothing)."""

    name: str
    refusal: str
    drop: str = ""

    def is_named_in(self, said: str) -> bool:
        """Return whether the database, saying this, named this guard and no other."""
        if self.refusal.startswith(("UNIQUE", "CHECK")):  # SQLite says nothing after it
            return said == self.refusal
        return self.refusal in said


@cache
def guards() -> dict[str, Guard]:
    """Return every guard of our tables by its name."""
    found = [*(_of_postgresql() if POSTGRESQL else _of_sqlite())]
    assert len({guard.name for guard in found}) == len(found)
    return {guard.name: guard for guard in found}


def drop_triggers() -> None:
    """Drop every trigger of ours until the test is over, to write what no service would."""
    with connection.cursor() as cursor:
        if POSTGRESQL:  # no table is altered while something about its rows is put off
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in guards().values():
            if guard.drop.startswith("DROP TRIGGER"):
                cursor.execute(guard.drop)


def our_tables() -> set[str]:
    """Return the tables of the apps in this tree."""
    ours = [config for config in apps.get_app_configs() if Path(config.path).parent == OURS]
    return {model._meta.db_table for config in ours for model in config.get_models(include_auto_created=True)}


def _asked(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _of_postgresql() -> Iterator[Guard]:
    tables = our_tables()
    triggers = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
    for table, name in _asked(triggers):
        if table in tables:
            yield Guard(name, f"{name}: ", f"DROP TRIGGER {name} ON {table}")
    held_by_type = {
        f"{table}_{column}_length": f"value too long for type character varying({longest})"
        for table, column, longest in _asked(
            "SELECT table_name, column_name, character_maximum_length FROM information_schema.columns "
            "WHERE data_type = 'character varying'"
        )
    }
    kinds = {"c": "check", "u": "unique", "x": "exclusion"}
    constraints = "SELECT conrelid::regclass::text, conname, contype::text FROM pg_constraint WHERE contype IN ('c', 'u', 'x')"
    listed = set()
    for table, name, kind in _asked(constraints):
        listed.add(name)
        if table in tables:
            if name in held_by_type:
                yield Guard(name, held_by_type[name])
            else:
                drop = f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'
                yield Guard(name, f'violates {kinds[kind]} constraint "{name}"', drop)
    indexes = (
        "SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index "
        "WHERE indisunique AND NOT indisprimary"
    )
    for table, name in _asked(indexes):
        if table in tables and name not in listed:
            yield Guard(name, f'violates unique constraint "{name}"', f'DROP INDEX "{name}"')


def _of_sqlite() -> Iterator[Guard]:
    tables = our_tables()
    for (name,) in _asked("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'"):
        yield Guard(name, f"{name}: ", f"DROP TRIGGER {name}")
    for table, sql in _asked("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if table in tables:
            yield from _checks_of(table, sql)
            yield from _uniques_of(table, sql)


def _checks_of(table: str, sql: str) -> Iterator[Guard]:
    named = re.findall(r'CONSTRAINT "(\w+)" CHECK', sql)
    unsigned = re.findall(r'CHECK \("(\w+)" >= 0\)', sql)
    assert len(named) + len(unsigned) + sql.count("CHECK ((JSON_VALID") == sql.count("CHECK ("), sql
    for name in named:
        yield Guard(name, f"CHECK constraint failed: {name}")
    for column in unsigned:
        yield Guard(f"{table}_{column}_check", f"CHECK constraint failed: {column}")


def _uniques_of(table: str, sql: str) -> Iterator[Guard]:
    named = {columns: name for name, columns in re.findall(r'CONSTRAINT "(\w+)" UNIQUE \(([^)]+)\)', sql)}
    for _, index, unique, origin, _ in _asked(f"PRAGMA index_list('{table}')"):
        if not unique or origin == "pk":
            continue
        columns = [row[2] for row in _asked(f"PRAGMA index_info('{index}')")]
        refusal = f"UNIQUE constraint failed: {', '.join(f'{table}.{column}' for column in columns)}"
        if origin == "c":
            yield Guard(CUT.get(index, index), refusal, f'DROP INDEX "{index}"')
        else:
            listed = ", ".join(f'"{column}"' for column in columns)
            yield Guard(named.get(listed) or f"{table}_{'_'.join(columns)}_key", refusal)
