"""What becomes of courses when two accounts become one: each stays with its certification, which moves."""

from core.merging import MergedTable

OF_A_RECORD = "record__credential__trainer"
TABLES = [
    MergedTable(
        "ceus.CeuRecord", "course", "courses", path="credential__trainer", own=("logged_by",), told=True
    ),
    MergedTable("ceus.HeldCard", "card", "cards", moves=("trainer",), told=True),
    MergedTable("ceus.RecordDocument", path=OF_A_RECORD),
    MergedTable("ceus.AffectedRecord", path=OF_A_RECORD),
    MergedTable("ceus.Correction", path=OF_A_RECORD, stays=("by",)),
    MergedTable("ceus.CatalogueChange", stays=("by",)),
]
