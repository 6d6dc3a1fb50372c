"""The tables of messages that lead to a person."""

from core.personal_data import PersonalTable

TABLES = [
    # A private notice held a code to sign in with.
    PersonalTable("outbox.Notice", "trainer", only=lambda rows, person: rows.filter(private=False)),
    PersonalTable("outbox.MailEvent", "notice__trainer"),
]
