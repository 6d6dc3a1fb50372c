"""The code of each kind of message that a payer gets: services queue by it, `notices.py` words it."""

RECEIPT = "payments.receipt"
CONFIRMING = "payments.confirming"
DECLINED = "payments.declined"
RETURNED = "payments.returned"
