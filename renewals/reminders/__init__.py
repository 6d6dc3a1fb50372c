"""The reminders that a calendar asks for: planned by the day stored on each row, written from its case (UX §4)."""

from renewals.notice_codes import CARD, REMINDER
from renewals.reminders import kinds  # noqa: F401  (registers them)
from renewals.reminders.planning import plan_cards, plan_cycles, realign

__all__ = ["CARD", "REMINDER", "plan_cards", "plan_cycles", "realign"]
