"""Rows of several tables in one query: an inner query becomes one column, whose value is the list
of its rows.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Generic, TypeVar, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Field,
    GeneratedField,
    JSONField,
    Model,
    QuerySet,
    Subquery,
)
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
FUNCTIONS = {  # of each database: all rows as a list, one row as a list, and a JSON column as it is
    "postgresql": ("jsonb_agg", "jsonb_build_array", "{}"),
    "sqlite": ("json_group_array", "json_array", "json({})"),
}


class Gathered(Subquery, Generic[Row]):
    """The rows of a query as one column of another query. `read` turns the column's value into the
    model objects that the inner query would have returned, in the same order.

    `related` are foreign keys whose rows are read with them, as with `select_related`; `also` are
    annotations to keep on them; `only` are the fields to read, by default all. The inner query may
    refer to the outer row.
    """

    template = "(SELECT COALESCE(%(agg)s(%(array)s(%(values)s)), '[]') FROM (%(subquery)s) gathered)"
    output_field = JSONField()

    def __init__(
        self,
        rows: "QuerySet[Row]",
        *,
        related: Iterable[str] = (),
        also: Iterable[str] = (),
        only: Iterable[str] = (),
    ) -> None:
        self._db = rows.db
        wanted = {"id", *only} if only else None
        own = [one for one in _columns_of(rows.model) if wanted is None or {one.name, one.attname} & wanted]
        self._parts: list[tuple[str, type[Model], list[Field[object, object]]]] = [("", rows.model, own)]
        for path in related:
            model = _model_at(rows.model, path)
            self._parts.append((path, model, _columns_of(model)))
        self._also = tuple(also)
        paths = [
            (f"{path}__{one.attname}" if path else one.attname, one)
            for path, _, columns in self._parts
            for one in columns
        ]
        names = [*(name for name, _ in paths), *self._also]
        self._json = {number for number, (_, one) in enumerate(paths) if isinstance(one, JSONField)}
        self._count = len(names)
        super().__init__(rows.values(**{f"gathered_{number}": F(name) for number, name in enumerate(names)}))

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        template: str | None = None,
        **extra: object,
    ) -> tuple[str, tuple[str | int, ...]]:
        agg, array, as_json = FUNCTIONS[connection.vendor]
        columns = [f"gathered.gathered_{number}" for number in range(self._count)]
        values = ", ".join(
            as_json.format(one) if number in self._json else one for number, one in enumerate(columns)
        )
        return super().as_sql(compiler, connection, template, agg=agg, array=array, values=values, **extra)

    def read(self, found: list[list[object]]) -> list[Row]:
        """Return the model objects in the column's value. Makes no query."""
        return [self._row(iter(values)) for values in found]

    def _row(self, values: Iterator[object]) -> Row:
        made: dict[str, Model | None] = {}
        for path, model, columns in self._parts:
            found = [_value_of(one, next(values)) for one in columns]
            key = found[[one.primary_key for one in columns].index(True)]
            names = [one.attname for one in columns]
            made[path] = None if key is None else model.from_db(self._db, names, found)
            parent, _, name = path.rpartition("__")
            if path and made[parent] is not None:
                setattr(made[parent], name, made[path])
        for name in self._also:
            setattr(made[""], name, next(values))
        return cast(Row, made[""])  # the first part is of the model of `rows`


def moment_of(text: str) -> datetime:
    """Return the moment in a text that a database wrote into JSON. SQLite leaves out the zone,
    which is UTC.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _columns_of(model: type[Model]) -> "list[Field[object, object]]":
    return [one for one in model._meta.concrete_fields if isinstance(one, Field)]


def _model_at(model: type[Model], path: str) -> type[Model]:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]  # a model, not "self"
    return model


def _value_of(field: "Field[object, object]", value: object) -> object:
    """Return a value from JSON as the type that its field has when it is read without JSON."""
    if isinstance(field, GeneratedField):
        return _value_of(field.output_field, value) if field.output_field else value
    if value is None:
        return None
    if isinstance(field, DateTimeField):
        return moment_of(str(value))
    if isinstance(field, DateField):
        return date.fromisoformat(str(value))
    return bool(value) if isinstance(field, BooleanField) else value
