"""Write the history of changes, and name a row as text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models
from django.db.models.options import Options

from core.models import HistoryEntry
from core.people import Person


class StoredRow(Protocol):
    """What names a row of any model. The protocols of rows build on it, because none can build on
    `Model`.
    """

    @property
    def pk(self) -> Any: ...  # Django's own type of a primary key

    @property
    def _meta(self) -> "Options[Any]": ...


def subject_of(row: StoredRow) -> str:
    """Return the text by which history, notices and charges name a row, such as
    "renewals.application:12".
    """
    return join_subject(row._meta.label_lower, row.pk)  # a lazy `request.user` has `_meta` but another type


def join_subject(kind: str, pk: object) -> str:
    """Return the subject of the row of a model, such as "renewals.application", with this primary key."""
    return f"{kind}:{pk}"


def subject_prefix(model: type[models.Model]) -> str:
    """Return what the subjects of all rows of `model` begin with, such as "renewals.application:"."""
    return join_subject(model._meta.label_lower, "")


def subject_kind(subject: str) -> str:
    """Return the label of the model in a subject: "renewals.application" in "renewals.application:12"."""
    return subject.partition(":")[0]


def subject_pk(subject: str) -> int:
    """Return the primary key in a subject: 12 in "renewals.application:12"."""
    return int(subject.rpartition(":")[2])


def record_history(
    row: StoredRow,
    verb: str,
    *,
    trainer: Person | None,
    by: Person | None,
    at: datetime,
    change: tuple[str, str] = ("", ""),
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> HistoryEntry:
    """Record that `by` did `verb` to `row` at `at`; `change` is (state before, state after).

    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history is written in the transaction of the change")
    return HistoryEntry.objects.create(
        subject=subject_of(row),
        trainer=trainer,
        verb=verb,
        by=by,
        at=at,
        from_state=change[0],
        to_state=change[1],
        reason=reason,
        detail=detail or {},
    )
