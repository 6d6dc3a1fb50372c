"""Constraints that several apps share."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import CheckConstraint, F, Q
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


def one_end(open_states: str | Collection[str], end_states: str | Collection[str] = ()) -> CheckConstraint:
    """Return a check constraint that a row has `ended_at` exactly when its state is not one of
    `open_states`. With `end_states`, these are its only other states.
    """
    if end_states:
        ended = Q(**_state_in(end_states), ended_at__isnull=False)
    else:
        ended = ~Q(**_state_in(open_states)) & Q(ended_at__isnull=False)
    return CheckConstraint(
        condition=Q(**_state_in(open_states), ended_at__isnull=True) | ended,
        name="%(app_label)s_%(class)s_one_end",
    )


def _state_in(states: str | Collection[str]) -> dict[str, object]:
    return {"state": states} if isinstance(states, str) else {"state__in": states}


def require_value(value: Value | None) -> Value:
    """Return `value`, which is not None because a constraint of its table says so for the row's
    state. Raises ValueError when it is None all the same.
    """
    if value is None:
        raise ValueError("a row in this state has this value")
    return value
