"""Constraints that several apps share."""

from typing import TypeVar

from django.db.models import CheckConstraint, F
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

Value = TypeVar("Value")


def at_most(field: str, characters: int) -> CheckConstraint:
    """Return a check constraint that a text has at most `characters`: SQLite stores what PostgreSQL
    would refuse (F13).
    """
    return CheckConstraint(
        condition=LessThanOrEqual(Length(F(field)), characters),
        name=f"%(app_label)s_%(class)s_{field}_length",
    )


def require_value(value: Value | None) -> Value:
    """Return `value`, which is not None because a constraint of its table says so for the row's
    state. Raises ValueError when it is None all the same.
    """
    if value is None:
        raise ValueError("a row in this state has this value")
    return value
