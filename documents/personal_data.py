"""What uploaded evidence holds about people. The row is marked first, then its files are
removed.
"""

from core.personal_data import CODE, ERASED, MOMENT, PersonalTable
from documents.forgetting import remove_files_of

TABLES = [
    PersonalTable(
        "documents.Document",
        "owner",
        empties={
            "original_name": ERASED,
            "sha256": "",
            "sent_sha256": "",
            "pages": [],
            "erased_at": MOMENT,
        },
        keeps={
            "media_type": CODE,
            "sent_type": CODE,
            "stored_as": "the random name of files that are gone",
        },
    ),
    PersonalTable("documents.Viewing", "document__owner"),
    PersonalTable("documents.UploadHour", "owner", removed=True),
]
AFTER_THE_ROWS = [remove_files_of]
