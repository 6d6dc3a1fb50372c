"""The tables of accounts, credentials and sessions that lead to a person."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("trainers.Trainer", "pk"),
    PersonalTable("account.EmailAddress", "user"),
    PersonalTable("trainers.Credential", "trainer"),
    PersonalTable("trainers.Cycle", "credential__trainer"),
    PersonalTable("usersessions.UserSession", "user"),
]
