"""Triggers of the journal: its rows are only ever added, and what a key opens never changes."""

from api.triggers import key_triggers
from core.triggers import append_only, never_removed
from journal.models import JournalBook, JournalEntry, JournalKey

_BOOK, _ENTRY = (model._meta.db_table for model in (JournalBook, JournalEntry))

TRIGGERS = [
    *append_only(_ENTRY),
    never_removed(f"{_BOOK}_kept", _BOOK, "the book of numbers is kept"),
    *key_triggers(JournalKey),
]
