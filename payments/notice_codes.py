"""The codes of the notices to payers. Services queue by code; `notices.py` has the wording."""

RECEIPT = "payments.receipt"
CONFIRMING = "payments.confirming"
DECLINED = "payments.declined"
RETURNED = "payments.returned"
RETURN_FAILED = "payments.return_failed"
