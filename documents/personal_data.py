"""The tables of uploaded evidence."""

from core.personal_data import PersonalTable

TABLES = [PersonalTable("documents.Document", "owner"), PersonalTable("documents.UploadHour", "owner")]
