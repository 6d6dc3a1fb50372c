"""Our append-only history, as the pages of the staff side show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from core.history import StoredRow, subject_kind, subject_of
from core.models import HistoryEntry
from staff.sentences import (
    RECORD,
    EntryInWords,
    MentionedRow,
    Sentence,
    history_sentence,
    places_of,
    sentence_of,
)

# A verb that nobody has worded: tests refuse it, and a page must not fail on it.
UNWORDED = Sentence("Change", "{who} changed {it}.", RECORD, "this")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One row of history in words, for the template `admin/history_lines.html` and for the timeline
    of a person. `who` is empty when the sentence already names the person.
    """

    kind: str
    sentence: SafeString
    at: datetime
    who: str = ""
    reason: str = ""
    notes: tuple[str, ...] = field(default=())
    undo_url: str = ""  # where the reader takes a pending decision back


def history_line(entry: HistoryEntry, things: Mapping[str, MentionedRow] | None = None) -> HistoryLine:
    """Return a row of history in words; `things` has the names of rows, by subject."""
    sentence = sentence_of(subject_kind(entry.subject), entry.verb) or UNWORDED
    told = EntryInWords(entry, sentence, things or {})
    unsaid = "who" not in places_of(sentence.text) and entry.by is not None
    who = entry.by.name if unsaid and entry.by else ""
    return HistoryLine(sentence.kind, history_sentence(told), entry.at, who, entry.reason)


def history_of(*rows: StoredRow) -> "QuerySet[HistoryEntry]":
    """Return the history of all `rows` together, newest first."""
    subjects = [subject_of(row) for row in rows]
    return HistoryEntry.objects.filter(subject__in=subjects).select_related("by").order_by("-pk")
