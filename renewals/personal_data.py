"""The tables of renewals that hold personal data."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("renewals.Application", "trainer"),
    # A pending decision is not disclosed.
    PersonalTable(
        "renewals.Decision",
        "application__trainer",
        only=lambda rows, person: rows.filter(state="released"),
    ),
]
