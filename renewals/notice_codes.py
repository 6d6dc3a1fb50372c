"""The codes of the notices about renewals. Services queue by code.

`notices.py` words the notices about an application, `reminders/` the reminders.
"""

RENEWED = "renewals.renewed"
UNPAID = "renewals.unpaid"
LAPSED = "renewals.lapsed"
RETURNED = "renewals.returned"
CORRECTION_ENDS = "renewals.correction_ends"
DENIED = "renewals.denied"
REOPENED = "renewals.reopened"
REMINDER = "renewals.reminder"
CARD = "renewals.card"
FEE_DECIDED = "renewals.fee_decided"
DUE_FEE = "renewals.due_fee"
BADGE_KEY = "renewals.badge_key"
