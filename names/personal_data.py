"""The table of requests for another name."""

from core.personal_data import PersonalTable

TABLES = [PersonalTable("names.NameRequest", "trainer")]
