"""Triggers of the outbox: a notice ends once, and only a failed one becomes due again; a letter's
words are fixed once it is proposed.
"""

from core.transitions import step_trigger
from core.triggers import columns_fixed, never_removed
from outbox.models import Letter, LetterRecipient, Notice

_LETTER, _RECIPIENT = Letter._meta.db_table, LetterRecipient._meta.db_table
TRIGGERS = [
    step_trigger(Notice),
    step_trigger(Letter),
    columns_fixed(
        f"{_LETTER}_fixed",
        _LETTER,
        ("title", "words", "audience", "audience_value", "urgency", "written_by_id", "written_at"),
        "a letter changes only while it is a draft",
        once="OLD.state <> 'draft'",
    ),
    columns_fixed(
        f"{_LETTER}_counted",
        _LETTER,
        ("counted", "approved_by_id", "approved_at"),
        "a letter is approved once",
        once="OLD.counted IS NOT NULL",
    ),
    never_removed(f"{_LETTER}_kept", _LETTER, "letters are kept"),
    columns_fixed(
        f"{_RECIPIENT}_fixed",
        _RECIPIENT,
        ("letter_id", "trainer_id", "queued_at"),
        "who got a letter never changes",
        once="OLD.queued_at IS NOT NULL",
    ),
    never_removed(f"{_RECIPIENT}_kept", _RECIPIENT, "the recipients of a letter are kept"),
]
