"""The tables of CEU records that hold personal data."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("ceus.AffectedRecord", "record__credential__trainer"),
    PersonalTable("ceus.CeuRecord", "credential__trainer"),
    PersonalTable("ceus.RecordDocument", "record__credential__trainer"),
]
