"""The reminders of the calendar: planned by the date stored on each row, rendered from its case.

They are described in docs/reminders.md.
"""

from renewals.notice_codes import CARD, REMINDER
from renewals.reminders import kinds  # noqa: F401  (registers them)
from renewals.reminders.planning import plan_cards, plan_cycles, realign_reminders

__all__ = ["CARD", "REMINDER", "plan_cards", "plan_cycles", "realign_reminders"]
