"""What becomes of renewals when two accounts become one."""

from core.merging import MergedTable

TABLES = [
    MergedTable(
        "renewals.Application", "renewal", "renewals", moves=("trainer",), stays=("decided_by",), told=True
    ),
    MergedTable("renewals.Decision", path="application__trainer", stays=("by",)),
    MergedTable("renewals.YearlyFee", "yearly fee", "yearly fees", path="cycle__credential__trainer"),
]
