"""What becomes of charges and money when two accounts become one: every row moves to the account
that stays, and no sum changes.
"""

from core.merging import MergedTable

OF_A_CHARGE = "charge__trainer"
TABLES = [
    MergedTable("payments.Charge", "charge", "charges", moves=("trainer",), told=True),
    MergedTable("payments.CheckoutSession", path=OF_A_CHARGE),
    MergedTable("payments.LedgerEntry", "ledger entry", "ledger entries", moves=("trainer",), stays=("by",)),
    MergedTable("payments.Refund", "refund", "refunds", path=OF_A_CHARGE, stays=("by", "decided_by")),
    MergedTable("payments.Dispute", "dispute", "disputes", path=OF_A_CHARGE),
    MergedTable("payments.FeeDecision", path=OF_A_CHARGE, stays=("by",)),
    MergedTable("payments.ProviderEvent", stays=("handled_by",)),
    MergedTable("payments.Difference", path="entry__trainer", stays=("by",)),
]
