"""The tables of renewals that lead to a person."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("renewals.Application", "trainer"),
    # A decision that can still be taken back is not told to anybody.
    PersonalTable(
        "renewals.Decision",
        "application__trainer",
        only=lambda rows, person: rows.filter(state="released"),
    ),
]
