"""Illegal changes of one row of the database, and the refusals that the database answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, models, transaction

from tests.guards.database import guards


@dataclass(frozen=True)
class Illegal:
    """A change that exactly the trigger or constraint of this name refuses."""

    guard: str
    row: models.Model
    act: str
    values: dict[str, Any] = field(default_factory=dict)
    same: tuple[str, ...] = ()

    def attempt(self) -> None:
        """Make the change, behind the services' back."""
        rows = type(self.row)._base_manager.filter(pk=self.row.pk)
        if self.act == "change":
            rows.update(**self.values)
        elif self.act == "remove":
            rows._raw_delete(using="default")
        else:
            _copy_of(self.row, self.values, self.same).save(force_insert=True)


def change(guard: str, row: models.Model, **values: Any) -> Illegal:
    """Return the change of these columns of the row."""
    return Illegal(guard, row, "change", values)


def change_each(guard: str, row: models.Model, **values: Any) -> list[Illegal]:
    """Return the change of each of these columns of the row alone."""
    return [Illegal(guard, row, "change", {name: value}) for name, value in values.items()]


def remove(guard: str, row: models.Model) -> Illegal:
    """Return the removal of the row."""
    return Illegal(guard, row, "remove")


def copy(guard: str, row: models.Model, *same: str, **values: Any) -> Illegal:
    """Return a further row like this one with other values; its unique texts are new, but for those named in `same`."""
    return Illegal(guard, row, "copy", values, same)


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    """Expect that the trigger or constraint of this name refuses what the block does."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        yield
    said = str(refused.value)
    assert guards()[name].is_named_in(said), said


def refusal_of(illegal: Illegal) -> str:
    """Return the error of the database for the change, which is rolled back; "" when the database
    accepts it.
    """
    try:
        with transaction.atomic():
            illegal.attempt()
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


def refusal_without(illegal: Illegal, drop: str) -> str:
    """Return the error of the database for the change after `drop` removed a trigger or constraint;
    both are rolled back.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(drop)
        said = refusal_of(illegal)
        transaction.set_rollback(True)
    return said


def _copy_of(row: models.Model, values: dict[str, Any], same: tuple[str, ...]) -> models.Model:
    made = {
        one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key
    }
    for one in row._meta.concrete_fields:
        if one.unique and isinstance(one, models.CharField) and one.name not in same and made[one.attname]:
            made[one.attname] = uuid4().hex[: one.max_length]
    named = {name for name in values for one in [row._meta.get_field(name)] if one.is_relation}
    for name in named:
        made.pop(row._meta.get_field(name).attname)
    return type(row)(**{**made, **values})
