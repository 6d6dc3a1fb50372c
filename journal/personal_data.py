"""What the journal holds: numbers, days, codes and amounts, and no names (Q33)."""

from core.personal_data import CODE, NUMBER, PersonalTable

TABLES = [
    PersonalTable(
        "journal.JournalEntry",
        keeps={
            **dict.fromkeys(("kind", "currency"), CODE),
            **dict.fromkeys(("certification", "about", "reference"), NUMBER),
        },
    ),
    PersonalTable("journal.JournalBook"),
    PersonalTable(
        "journal.JournalKey",
        keeps={
            "name": "where a program of the certifying body runs",
            **dict.fromkeys(("prefix", "sha256"), NUMBER),
            "scopes": CODE,
        },
    ),
]
