"""The one way to write history."""

from datetime import datetime
from typing import Any

from django.db import connection, models

from core.models import HistoryEntry


def subject_of(row: models.Model) -> str:
    """How history, notices and charges name a row: "renewals.application:12"."""
    return f"{row._meta.label_lower}:{row.pk}"


def record_history(
    row: models.Model,
    verb: str,
    *,
    trainer: Any | None,
    by: Any | None,
    at: datetime,
    change: tuple[str, str] = ("", ""),
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> HistoryEntry:
    """Write that `by` did `verb` to `row` at `at`; `change` is (state before, state after). Only inside a transaction."""
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
