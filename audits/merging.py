"""What becomes of audits when two accounts become one: each audit stays with its cycle."""

from core.merging import MergedTable

OF_AN_AUDIT = "audit__cycle__credential__trainer"
TABLES = [
    MergedTable("audits.Draw", path="cycle__credential__trainer"),
    MergedTable(
        "audits.Audit", "audit", "audits", path="cycle__credential__trainer", stays=("asked_by", "agreed_by")
    ),
    MergedTable("audits.AuditItem", path=OF_AN_AUDIT, stays=("reviewed_by", "suspected_by")),
    MergedTable("audits.Extension", path=OF_AN_AUDIT, stays=("by",)),
    MergedTable("audits.Decision", path=OF_AN_AUDIT, stays=("by",)),
]
