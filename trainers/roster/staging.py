"""Temporary tables for a roster's rows and for what is wrong with them, so that memory does not
grow with the file.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.loading import load_rows
from trainers.roster.cells import Staged
from trainers.roster.reading import COLUMNS, Flaw

BATCH = 2000
TABLES = ("roster_row", "roster_fact", "roster_flaw", "roster_judged", "roster_fact_change")
DROP = tuple(f"DROP TABLE IF EXISTS {table}" for table in TABLES)
CREATE = (
    *DROP,
    """CREATE TEMPORARY TABLE roster_row (
        line integer PRIMARY KEY, number text NOT NULL, bare text NOT NULL, name text NOT NULL, email text NOT NULL,
        time_zone text NOT NULL, awarded_on date NOT NULL, expires_on date NOT NULL, starts_on date NOT NULL,
        opens_on date NOT NULL, completion_deadline date NOT NULL, last_day_to_apply date NOT NULL, remind_on date,
        draw_id text NOT NULL, password text NOT NULL, renewed_by text NOT NULL)""",
    "CREATE TEMPORARY TABLE roster_fact (line integer NOT NULL, code text NOT NULL, value text NOT NULL)",
    """CREATE TEMPORARY TABLE roster_flaw (
        line integer NOT NULL, place smallint NOT NULL, field text NOT NULL, value text NOT NULL, sentence text NOT NULL)""",
)
INDEX = (
    "CREATE INDEX roster_row_number ON roster_row (number, line)",
    "CREATE INDEX roster_row_bare ON roster_row (bare, number, line)",
    "CREATE INDEX roster_row_email ON roster_row (email, line)",
    "CREATE INDEX roster_fact_line ON roster_fact (line)",
    "CREATE INDEX roster_flaw_line ON roster_flaw (line)",
)


@contextmanager
def staging_tables() -> Iterator[CursorWrapper]:
    """Create the temporary tables, which only this connection sees, and drop them at the end of the
    block.
    """
    with connection.cursor() as cursor:
        run_statements(cursor, CREATE)
        yield cursor
        run_statements(cursor, DROP)


def fill_staging(
    cursor: CursorWrapper, rows: Iterable[Staged | list[Flaw]], progress: Callable[[int], object]
) -> None:
    """Stream `rows` into the tables; `progress` gets the number of rows read so far."""
    done, source = 0, iter(rows)
    while batch := list(islice(source, BATCH)):
        staged = [row for row in batch if isinstance(row, Staged)]
        load_rows(cursor, "roster_row", Staged._fields[:-1], (row[:-1] for row in staged))
        facts = ((row.line, code, value) for row in staged for code, value in row.facts)
        load_rows(cursor, "roster_fact", ("line", "code", "value"), facts)
        flaws = [flaw for row in batch if not isinstance(row, Staged) for flaw in row]
        load_rows(cursor, "roster_flaw", ("line", "place", "field", "value", "sentence"), map(_flaw, flaws))
        done += len(batch)
        progress(done)
    run_statements(cursor, INDEX)
    if connection.vendor == "postgresql":
        cursor.execute("ANALYZE roster_row")  # a temporary table has no statistics until it is asked for


def run_statements(cursor: CursorWrapper, statements: Iterable[str]) -> None:
    """Execute one statement after the other."""
    for statement in statements:
        cursor.execute(statement)


def _flaw(flaw: Flaw) -> tuple[int, int, str, str, str]:
    place = (*COLUMNS, flaw.column).index(flaw.column) if flaw.column else -1
    return flaw.line, place, flaw.column, flaw.value, flaw.sentence
