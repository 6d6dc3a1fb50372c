"""Sentences about what staff do with cases besides deciding: assignments, snoozes, notes."""

from staff.sentences.wording import NOTES, word_history

word_history(
    "cases.assignment",
    {"assigned": "{who} gave the case to {it}.", "unassigned": "The case is not with {it} any more."},
    kind="Case",
    noun="a colleague",
)
word_history(
    "cases.conflict",
    {"known": "{who} knows this person, so somebody else decides."},
    kind="Case",
    noun="this person",
)
word_history(
    "cases.snooze",
    {"snoozed": "{who} put the case off until {on}.", "woken": "The case waits for us again."},
    kind="Case",
    noun="this case",
)
word_history("cases.note", {"noted": "{who} wrote a note."}, kind="Note", noun="this note", group=NOTES)
