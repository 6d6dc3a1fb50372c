"""What becomes of proposals, assignments, snoozes, notes and conflicts when two accounts become one."""

from datetime import datetime

from cases.desk import colleagues_who_know
from cases.models import Assignment
from cases.services.assigning import end_assignment
from core.merging import MergedTable
from trainers.models import Trainer

TABLES = [
    MergedTable("cases.Proposal", "proposal", "proposals", moves=("trainer",), stays=("by", "agreed_by")),
    MergedTable(
        "cases.Assignment", "assignment", "assignments", moves=("trainer",), stays=("assignee", "by")
    ),
    MergedTable(
        "cases.Conflict",
        "conflict of interest",
        "conflicts of interest",
        moves=("trainer",),
        stays=("colleague",),
        once=("colleague",),
    ),
    MergedTable("cases.Snooze", "snooze", "snoozes", moves=("trainer",), stays=("by",)),
    MergedTable("cases.Note", "note of staff", "notes of staff", moves=("trainer",), stays=("by",)),
    MergedTable("cases.PolicyDraft", stays=("by", "approved_by")),
    MergedTable("cases.Mention", path="note__trainer", stays=("person",)),
]


def finish_rows(staying: Trainer, *, by: Trainer, at: datetime) -> None:
    """End assignments of the merged person's cases to colleagues who have declared to know one of
    the two accounts.
    """
    held = Assignment.objects.standing().filter(trainer=staying, assignee__in=colleagues_who_know(staying))
    for one in held.select_related("trainer"):
        end_assignment(one, by=by, at=at)
