"""Our append-only history, as the pages of the staff side show it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet

from core.history import subject_of
from core.models import HistoryEntry


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One row of history in words, for the template `admin/history_lines.html`."""

    what: str
    who: str
    at: datetime
    reason: str


def history_line(entry: HistoryEntry) -> HistoryLine:
    """Return a row of history in words."""
    what = entry.verb.replace("_", " ").capitalize()
    return HistoryLine(what, entry.by.name if entry.by else "the system", entry.at, entry.reason)


def history_of(*rows: Model) -> "QuerySet[HistoryEntry]":
    """Return what happened to any of `rows`, newest first."""
    subjects = [subject_of(row) for row in rows]
    return HistoryEntry.objects.filter(subject__in=subjects).select_related("by").order_by("-pk")
