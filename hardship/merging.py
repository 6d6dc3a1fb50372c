"""What becomes of relief in hardship when two accounts become one: it stays with its cycle."""

from core.merging import MergedTable

TABLES = [
    MergedTable(
        "hardship.Relief",
        "request for relief",
        "requests for relief",
        path="cycle__credential__trainer",
        stays=("proposed_by", "decided_by"),
    ),
    MergedTable("hardship.ReliefDocument", path="relief__cycle__credential__trainer"),
]
