"""What is done about the journal: writing its rows, and its keys."""

from journal.services.keys import make_journal_key, revoke_journal_key, rotate_journal_key
from journal.services.writing import write_entries

__all__ = ["make_journal_key", "revoke_journal_key", "rotate_journal_key", "write_entries"]
