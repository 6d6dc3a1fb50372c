"""What staff do with cases besides deciding: assign and snooze them, and write notes to each
other.
"""

from cases.services.assigning import (
    assign_case,
    end_lost_assignment,
    hand_on_case,
    record_conflict,
    take_case,
    unassign_case,
)
from cases.services.noting import add_note, mark_mention_read
from cases.services.snoozing import snooze_case, wake_case, wake_due_case

__all__ = [
    "add_note",
    "assign_case",
    "end_lost_assignment",
    "hand_on_case",
    "mark_mention_read",
    "record_conflict",
    "snooze_case",
    "take_case",
    "unassign_case",
    "wake_case",
    "wake_due_case",
]
