"""The reminders that a calendar asks for: planned by the day stored on each row, written from its case (docs/reminders.md)."""

from renewals.notice_codes import CARD, REMINDER
from renewals.reminders import kinds  # noqa: F401  (registers them)
from renewals.reminders.planning import plan_cards, plan_cycles, realign_reminders

__all__ = ["CARD", "REMINDER", "plan_cards", "plan_cycles", "realign_reminders"]
