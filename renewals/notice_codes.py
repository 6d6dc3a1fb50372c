"""The code of each kind of message that a trainer gets about a renewal: services queue by it,
wording is elsewhere.

`notices.py` words those about an application, `reminders/` those of the calendar.
"""

RENEWED = "renewals.renewed"
UNPAID = "renewals.unpaid"
LAPSED = "renewals.lapsed"
RETURNED = "renewals.returned"
DENIED = "renewals.denied"
REMINDER = "renewals.reminder"
CARD = "renewals.card"
