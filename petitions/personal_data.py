"""The tables of petitions that lead to a person."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("petitions.Petition", "trainer"),
    PersonalTable("petitions.PetitionDocument", "petition__trainer"),
    PersonalTable("petitions.Question", "petition__trainer"),
    # A decision that can still be taken back is not told to anybody.
    PersonalTable(
        "petitions.Decision",
        "petition__trainer",
        only=lambda rows, person: rows.filter(state="released"),
    ),
]
