"""Check a restored database: it has every row of the dump, and no other."""

import re
import sys
from collections.abc import Iterator
from typing import IO

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

# What pg_dump writes: a line that names table and columns, the rows, and a line with `\.`.
ROWS = re.compile(rb"^COPY (?P<table>.+?) \((?P<columns>.+)\) FROM stdin;$")
NUMBER = re.compile(rb"^SELECT pg_catalog\.setval\('(?P<name>.+)', (?P<last>\d+), (?P<called>true|false)\);$")
END_OF_ROWS, END_OF_DUMP = b"\\.\n", b"-- PostgreSQL database dump complete\n"
BESIDE = "restored_rows"  # a temporary table with the rows of the dump


class Command(BaseCommand):
    help = (
        "Compare the database with a dump, which comes in as SQL: pg_restore --file=- FILE | manage.py verify_restore. "
        "The exit status is 1 when they differ. Nothing is changed."
    )

    def handle(self, *args: object, **options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "Only PostgreSQL has dumps. docs/deploy.md says how the embedded database is restored."
            )
        with transaction.atomic():
            self._compare(sys.stdin.buffer)
            transaction.set_rollback(True)

    def _compare(self, dump: IO[bytes]) -> None:
        found, tables, whole = [], {}, False
        for line in dump:
            whole = whole or line == END_OF_DUMP
            if match := ROWS.match(line):
                table, columns = match["table"].decode(), match["columns"].decode()
                rows = iter(dump.readline, END_OF_ROWS)
                tables[table], words = _compare_table(table, columns, rows)
                found += words
            elif match := NUMBER.match(line):
                found += _compare_number(
                    match["name"].decode(), int(match["last"]), match["called"] == b"true"
                )
        found += _tables_beside(tables)
        if not whole:
            raise CommandError("What came in is no whole dump: its end is missing. Nothing is proven.")
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(
                "The database is not what was dumped. Restore it again, into an empty database."
            )
        self.stdout.write(f"{len(tables)} tables with {sum(tables.values())} rows: the same as in the dump.")


def _compare_table(table: str, columns: str, rows: Iterator[bytes]) -> tuple[int, list[str]]:
    """Return how many rows the dump has for the table, and what is wrong with it. Reads `rows` to their end."""
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for row in rows:
            if not row:
                raise CommandError(
                    "What came in is no whole dump: it ends within a table. Nothing is proven."
                )
            count += 1
            yield row

    lines = counted()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            empty = f"SELECT {columns} FROM {table} WHERE false"  # noqa: S608 (names of the dump)
            cursor.execute(f"CREATE TEMPORARY TABLE {BESIDE} AS {empty}")
            with cursor.copy(f"COPY {BESIDE} FROM STDIN") as copy:
                for row in lines:
                    copy.write(row)
            lost, added = _differences(cursor, table, columns)
            cursor.execute(f"DROP TABLE {BESIDE}")
    except DatabaseError as error:
        for _ in lines:
            pass
        return count, [f"{table} cannot be compared: {str(error).splitlines()[0]}"]
    words = [f"{table} lacks {lost} of {count} rows of the dump"] if lost else []
    return count, words + ([f"{table} has {added} rows that are not in the dump"] if added else [])


def _differences(cursor: CursorWrapper, table: str, columns: str) -> tuple[int, int]:
    """Return how many rows of the dump the table lacks, and how many it has beyond them; a changed row is one of each."""
    dumped, there = f"SELECT * FROM {BESIDE}", f"SELECT {columns} FROM {table}"  # noqa: S608 - names of our own tables
    counts = []
    for one, other in ((dumped, there), (there, dumped)):
        cursor.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other}) AS rest")  # noqa: S608 - names of our own tables
        counts.append(cursor.fetchone()[0])
    return counts[0], counts[1]


def _compare_number(sequence: str, last: int, called: bool) -> list[str]:
    """Return what is wrong with the number that the next row of a table gets."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - names of our own tables
            there = cursor.fetchone()
    except DatabaseError as error:
        return [f"{sequence} cannot be compared: {str(error).splitlines()[0]}"]
    return [] if there == (last, called) else [f"{sequence} stands at {there[0]}, and in the dump at {last}"]


def _tables_beside(dumped: dict[str, int]) -> list[str]:
    """Return the tables of the database that the dump does not have."""
    names = {name.rpartition(".")[2].strip('"') for name in dumped}
    return [
        f"{table} is not in the dump"
        for table in connection.introspection.table_names()
        if table not in names
    ]
