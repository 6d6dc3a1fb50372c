"""The table of renewal applications."""

from core.personal_data import PersonalTable

TABLES = [PersonalTable("renewals.Application", "trainer")]
