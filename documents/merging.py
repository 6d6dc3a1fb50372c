"""What becomes of files when two accounts become one."""

from core.merging import MergedTable

TABLES = [
    MergedTable("documents.Document", "file", "files", moves=("owner",), own=("uploaded_by",), told=True),
    MergedTable("documents.Viewing", path="document__owner", stays=("by",)),
    MergedTable(
        "documents.UploadHour", path="owner", removed=True
    ),  # how many files an hour an account sends
]
