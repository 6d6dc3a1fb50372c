"""Erase the personal columns of one person's rows. Append-only tables allow this change, and
otherwise only a merge of accounts (Q33).
"""

import json
from datetime import datetime
from functools import cache

from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from core.people import Person
from core.personal_data import MOMENT, OfRow, PersonalTable, personal_modules, personal_tables

ERASURES = "core_erasure"


def empty_rows(person: Person, *, at: datetime) -> int:
    """Empty every personal column of every row about `person`; return how many updates changed a
    row.

    Only inside a transaction, while the person's erasure is confirmed. Safe to repeat.
    """
    highest_first = reversed(
        personal_tables().values()
    )  # what is found by an address comes before the address
    return sum(_empty_table(table, person, at=at) for table in list(highest_first))


def clear_the_rest(person: Person) -> None:
    """Delete what the portal keeps about `person` outside the tables, such as files: call every
    app's `AFTER_THE_ROWS`. Safe to repeat.
    """
    for module in personal_modules():
        for clear in getattr(module, "AFTER_THE_ROWS", ()):
            clear(person)


def columns_not_emptied(person: Person) -> list[str]:
    """Return the personal columns, as "app.Model.column", that still hold something about
    `person`.
    """
    left = []
    for table in personal_tables().values():
        rows = table.about(person)
        if table.removed:
            left += [table.model] if rows.exists() else []
        else:
            left += [
                f"{table.model}.{one}" for one, to in table.empties.items() if _full(rows, one, to).exists()
            ]
    return left


def _empty_table(table: PersonalTable, person: Person, *, at: datetime) -> int:
    if table.removed:
        return table.about(person).delete()[0]
    # Found once: a column that is emptied may be the one by which they are found.
    found = list(table.about(person).values_list("pk", flat=True)) if table.empties else []
    rows = table.rows._base_manager.filter(pk__in=found)
    return sum(_empty_column(rows, column, becomes, at=at) for column, becomes in table.empties.items())


def _empty_column(
    rows: "models.QuerySet[models.Model]", column: str, becomes: object, *, at: datetime
) -> int:
    value = at if becomes is MOMENT else becomes
    if isinstance(becomes, OfRow):
        before, after = becomes.split("{}")
        value = Concat(Value(before), Cast(F("pk"), CharField()), Value(after))
    return _full(rows, column, becomes).update(**{column: value})


def _full(
    rows: "models.QuerySet[models.Model]", column: str, becomes: object
) -> "models.QuerySet[models.Model]":
    """Return those of `rows` whose `column` does not have yet what an erasure makes of it, `becomes`."""
    if becomes is MOMENT:
        return rows.filter(**{f"{column}__isnull": True})
    if becomes is None:
        return rows.exclude(**{f"{column}__isnull": True})
    if isinstance(becomes, OfRow):
        before, after = becomes.split("{}")
        return rows.exclude(Q(**{f"{column}__startswith": before, f"{column}__endswith": after}))
    if isinstance(becomes, str):
        rows = rows.exclude(**{column: ""})
    return rows.exclude(**{column: becomes})


# --- the exception of the triggers


@cache
def spared_update(table_name: str) -> str:
    """Return, as SQL over NEW and OLD, when an append-only trigger of this table lets an update
    pass; "" when it never does.

    It lets an update pass while the row's person is being erased, if each column is unchanged, or
    is listed as personal and becomes the constant of that list.
    """
    found = [table for table in personal_tables().values() if table.rows._meta.db_table == table_name]
    if not found or not found[0].empties:
        return ""
    table = found[0]
    columns = [_as_it_was_or_empty(table, field) for field in table.rows._meta.concrete_fields]
    return f"({_is_being_erased(table)}) AND {' AND '.join(columns)}"


def _is_being_erased(table: PersonalTable) -> str:
    ways = [table.also_sql] if table.also_sql else []
    if table.path:
        owner = _owner(table.rows, table.path.split("__"), "OLD")
        ways.append(
            f"EXISTS (SELECT 1 FROM {ERASURES} e WHERE e.trainer_id = {owner} AND e.state IN ('confirmed', 'erased'))"  # noqa: S608 - our own words
        )
    return " OR ".join(ways)


def _owner(model: type[models.Model], steps: list[str], row: str) -> str:
    """Return, as SQL, the primary key of the person to whom the relations `steps` lead from the row
    aliased `row`.
    """
    field = model._meta.get_field(steps[0]) if steps[0] != "pk" else model._meta.pk
    if not isinstance(field, models.Field):
        raise TypeError(f"{model._meta.label}.{steps[0]} is no column.")
    column = f"{row}.{field.column}"
    if len(steps) == 1:
        return column
    above: type[models.Model] = field.related_model  # type: ignore[assignment]  # a model, not "self"
    inner = _owner(above, steps[1:], f"o{len(steps)}")
    return f"(SELECT {inner} FROM {above._meta.db_table} o{len(steps)} WHERE o{len(steps)}.id = {column})"  # noqa: S608 - our own words


def _as_it_was_or_empty(table: PersonalTable, field: "models.Field[object, object]") -> str:
    column = str(field.column)
    new = f"NEW.{column}"
    if field.name not in table.empties:
        return f"({as_it_was(column)})"
    return f"({as_it_was(column)} OR {_is_constant(new, table.empties[field.name])})"


def as_it_was(column: str) -> str:
    """Return, as SQL over NEW and OLD, the condition that an update leaves `column` unchanged; NULL
    counts as equal to NULL.
    """
    return f"COALESCE(CAST(NEW.{column} AS TEXT), '') = COALESCE(CAST(OLD.{column} AS TEXT), '')"


def _is_constant(column: str, becomes: object) -> str:
    if becomes is None:
        return f"{column} IS NULL"
    if isinstance(becomes, OfRow):
        parts = " || CAST(NEW.id AS TEXT) || ".join(f"'{part}'" for part in becomes.split("{}"))
        return f"{column} = {parts}"
    if isinstance(becomes, str):
        return f"{column} = '{becomes}'"
    return f"CAST({column} AS TEXT) = '{json.dumps(becomes)}'"
