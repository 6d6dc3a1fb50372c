"""Write many rows at once, as fast as each database takes them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

Value = str | int | date | datetime | None
_MARKED = re.compile(r"[\\\t\n\r]")  # what has a meaning of its own in the text that COPY reads
_MARKS = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_PIECE = 1 << 16  # characters that are sent at once


def load_rows(
    cursor: CursorWrapper,
    table: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[Value, ...]],
) -> None:
    """Insert `rows` into a table of ours that has these `columns`. PostgreSQL uses COPY."""
    if connection.vendor == "postgresql":
        _copy(cursor, table, columns, ("\t".join(map(_copied, row)) for row in rows))
    else:
        _insert(cursor, table, columns, (tuple(map(_inserted, row)) for row in rows))


def load_models(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Value, ...]], **same: object
) -> list[int]:
    """Insert a row of `model` for each of `rows`, and return their primary keys in this order.

    A row has the values of `columns`, as the database stores them. `same` are the fields that have one
    value in all of them; every other field has its default. Inside a transaction, because SQLite's keys
    are free only as long as nobody else writes. Raises IntegrityError as `bulk_create` does.
    """
    if not rows:
        return []
    keys = _reserved_keys(model, len(rows))
    others = _others(model, columns, same)
    table = model._meta.db_table
    names = ("id", *(_column_of(model, name) for name in columns), *others)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rest = "".join(f"\t{_copied(value)}" for value in others.values())
            told = zip(keys, rows, strict=True)
            _copy(cursor, table, names, (f"{pk}\t" + "\t".join(map(_copied, row)) + rest for pk, row in told))
        else:
            last = tuple(map(_inserted, others.values()))
            told = zip(keys, rows, strict=True)
            _insert(cursor, table, names, ((pk, *map(_inserted, row), *last) for pk, row in told))
    return keys


def _copy(cursor: CursorWrapper, table: str, columns: Iterable[str], lines: Iterable[str]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for piece in _pieces(lines):
            copy.write(piece)


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines joined, in pieces of some size: each call of psycopg costs more than a line."""
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size > _PIECE:
            yield "\n".join([*kept, ""])
            kept, size = [], 0
    if kept:
        yield "\n".join([*kept, ""])


def _insert(
    cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    places = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", list(rows))  # noqa: S608 - names of our own columns


def _copied(value: object) -> str:
    if value.__class__ is str:
        text: str = value
        return text.translate(_MARKS) if _MARKED.search(text) else text
    if value is None:
        return r"\N"
    if value.__class__ is int:
        return str(value)
    return _as_text(value) if isinstance(value, date) else str(value)


def _inserted(value: object) -> object:
    return _as_text(value) if isinstance(value, date) else value


def _as_text(moment: date) -> str:
    """Return a date, or a moment in UTC, as both databases read it."""
    return str(_moment(moment)) if isinstance(moment, datetime) else _day(moment)


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return day.isoformat()


def _moment(moment: datetime) -> datetime:
    return moment.astimezone(connection.timezone).replace(tzinfo=None) if moment.tzinfo else moment


def _reserved_keys(model: type[models.Model], number: int) -> list[int]:
    """Return as many primary keys that no row has, nor will have."""
    if not connection.in_atomic_block:
        raise RuntimeError("rows are loaded in the transaction of what they belong to")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, number],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + number))


def _others(model: type[models.Model], columns: Iterable[str], same: Mapping[str, object]) -> dict[str, Any]:
    """Return the stored values of all other columns than the primary key and `columns`."""
    told = {_column_of(model, name): value for name, value in same.items()}
    varying = {_column_of(model, name) for name in columns}
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        column = field.get_attname_column()[1]
        if column and column not in varying and not field.primary_key:
            found[column] = _stored(field, told[column] if column in told else field.get_default())
    return found


def _stored(field: "models.Field[Any, Any]", value: object) -> Any:
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    value = value.pk if isinstance(value, models.Model) else value
    return field.get_db_prep_save(value, connection)


def _column_of(model: type[models.Model], name: str) -> str:
    column: str = model._meta.get_field(name).column  # type: ignore[union-attr, assignment]  # of a concrete field
    return column
