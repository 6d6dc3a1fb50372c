"""The tables of petitions that hold personal data."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("petitions.Petition", "trainer"),
    PersonalTable("petitions.PetitionDocument", "petition__trainer"),
    PersonalTable("petitions.Question", "petition__trainer"),
    # A pending decision is not disclosed.
    PersonalTable(
        "petitions.Decision",
        "petition__trainer",
        only=lambda rows, person: rows.filter(state="released"),
    ),
]
