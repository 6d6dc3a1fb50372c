"""What becomes of the journal when two accounts become one: its rows are about numbers, not accounts."""

from core.merging import MergedTable

TABLES = [MergedTable("journal.JournalKey", stays=("made_by", "revoked_by"))]
