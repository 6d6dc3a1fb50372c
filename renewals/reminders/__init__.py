"""The reminders of the calendar: planned by the day stored on each row, rendered from its case
(docs/reminders.md).
"""

from renewals.reminders.kinds import CARD, REMINDER, cancel_reminders
from renewals.reminders.planning import plan_cards, plan_cycles, realign_reminders

__all__ = ["CARD", "REMINDER", "cancel_reminders", "plan_cards", "plan_cycles", "realign_reminders"]
