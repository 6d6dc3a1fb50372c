"""Queries of pages that are asked all the time: each is compiled once, and PostgreSQL prepares it once for a connection."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from threading import Lock
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, QuerySet, prefetch_related_objects
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from psycopg import ClientCursor, Cursor

AnyField: TypeAlias = "Field[Any, Any]"
Row = TypeVar("Row")


class PreparedQuery(Generic[Row]):
    """A query whose shape never changes. `build` gets a placeholder for each of `values`, which are
    named with their fields, and returns the query set; that happens once for each kind of database.

    It returns what the query set would return. Building a query set and its SQL costs several times
    what the database needs to answer it. Where the best plan depends on the values, `planned_anew`
    lets PostgreSQL make one for each.
    """

    def __init__(
        self,
        build: Callable[..., "QuerySet[Any, Row]"],
        *,
        planned_anew: bool = False,
        **values: AnyField,
    ) -> None:
        self._build = build
        self._cursor = _plain_cursor if planned_anew else _cursor_of
        self._values = values
        self._compiled: dict[str, _Compiled] = {}
        self._lock = Lock()

    def all(self, **values: object) -> list[Row]:
        """Return every row for these values. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled_for(connection)
        with self._cursor(connection) as cursor:
            cursor.execute(compiled.sql, _params_of(compiled.params, self._values, values, connection))
            found = cursor.fetchall()
        return compiled.read(found, connection) if found else []

    def first(self, **values: object) -> Row | None:
        """Return the first row for these values, None without one. One query, which `build` limits to one row."""
        return next(iter(self.all(**values)), None)

    def _compiled_for(self, connection: BaseDatabaseWrapper) -> "_Compiled":
        with self._lock:
            if connection.vendor not in self._compiled:
                rows = self._build(**_placeholders(self._values))
                compiler = rows.query.get_compiler(connection=connection)
                sql, params = compiler.as_sql()
                converters = compiler.get_converters([column for column, *_ in compiler.select])
                self._compiled[connection.vendor] = _Compiled(sql, tuple(params), compiler, converters, rows)
            return self._compiled[connection.vendor]


class PreparedUpdate:
    """An UPDATE whose shape never changes: of the rows that `build` returns for `values`, as in
    `PreparedQuery`, it sets the fields named in `changed`.
    """

    def __init__(
        self,
        build: Callable[..., "QuerySet[Any, Any]"],
        changed: Iterable[str],
        **values: AnyField,
    ) -> None:
        self._build = build
        self._changed = tuple(changed)
        self._values = values
        self._compiled: dict[str, tuple[str, tuple[object, ...], dict[str, AnyField]]] = {}

    def run(self, changes: Mapping[str, object], **values: object) -> int:
        """Set the fields to `changes`; return how many rows there were."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, params, fields = self._compiled_for(connection)
        with transaction.mark_for_rollback_on_error(connection.alias), _cursor_of(connection) as cursor:
            cursor.execute(sql, _params_of(params, fields, {**changes, **values}, connection))
            return int(cursor.rowcount)

    def _compiled_for(
        self, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[object, ...], dict[str, AnyField]]:
        if connection.vendor not in self._compiled:
            rows = self._build(**_placeholders(self._values))
            fields = {name: rows.model._meta.get_field(name) for name in self._changed}
            query: Any = rows.query.chain(UpdateQuery)
            query.add_update_values(_placeholders(fields))
            sql, params = query.get_compiler(connection=connection).as_sql()
            self._compiled[connection.vendor] = (sql, tuple(params), {**fields, **self._values})
        return self._compiled[connection.vendor]


def _placeholders(fields: Mapping[str, AnyField]) -> dict[str, "_Placeholder"]:
    return {name: _Placeholder(name, field) for name, field in fields.items()}


def _params_of(
    params: Iterable[object],
    fields: Mapping[str, AnyField],
    values: Mapping[str, object],
    connection: BaseDatabaseWrapper,
) -> list[Any]:
    """Return the parameters of a statement with `values` in their places, as the database takes them."""
    said = {name: field.get_db_prep_value(values[name], connection) for name, field in fields.items()}
    return [said[one.name] if isinstance(one, _Placeholder) else one for one in params]


class _Placeholder(Expression):
    """A placeholder in a prepared query; its value is supplied at each execution."""

    def __init__(self, name: str, field: AnyField) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [self]


class _Compiled(NamedTuple):
    """A query as text for one kind of database, with what Django knows of its columns."""

    sql: str
    params: tuple[object, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]
    rows: Any  # the query set, of which nothing is ever asked

    def read(self, found: list[tuple[object, ...]], connection: BaseDatabaseWrapper) -> list[Any]:
        """Return the objects that the query set makes of these rows.

        Django's own iterables make them. They ask a compiler for the rows, and get them from this one.
        """
        compiler: Any = copy(self.compiler)  # which belongs to the connection of the thread that compiled it
        compiler.connection = connection
        compiler.execute_sql = lambda *_, **__: [found]
        compiler.get_converters = lambda _: self.converters
        answered = SimpleNamespace(
            db=connection.alias,
            model=self.rows.model,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        made: list[Any] = list(self.rows._iterable_class(answered))
        prefetch_related_objects(made, *self.rows._prefetch_related_lookups)
        return made


class _PreparingCursor(Cursor[Any]):
    """A cursor that has PostgreSQL prepare what it executes, unless `PREPARED_STATEMENTS` is off."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "_PreparingCursor":
        return super().execute(query, params, **{"prepare": True, **more})


class _ReadableCursor(_PreparingCursor):
    """The same for a connection whose statements are logged: Django reads `_query` for the text with
    its values, and of a prepared statement psycopg keeps none.
    """

    def execute(self, query: Any, params: Any = None, **more: Any) -> "_ReadableCursor":
        super().execute(query, params, **more)
        text = ClientCursor(self.connection).mogrify(query, params)
        self._query = SimpleNamespace(query=text.encode())  # type: ignore[assignment]  # only this is read
        return self


def _plain_cursor(connection: BaseDatabaseWrapper) -> CursorWrapper:
    return connection.cursor()


def _cursor_of(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """Return a cursor in Django's wrapper, which counts and logs what is asked."""
    cursor = connection.cursor()
    if connection.vendor == "postgresql":
        cursor.close()
        kind = _ReadableCursor if connection.queries_logged else _PreparingCursor
        cursor.cursor = kind(connection.connection)
    return cursor
