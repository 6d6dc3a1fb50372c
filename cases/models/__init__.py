"""What the desk stores about cases, and the changes that wait for a second person."""

from cases.models.case import CaseModel
from cases.models.desk import LONGEST_NOTE, LONGEST_WHY, Assignment, Conflict, Mention, Note, Snooze
from cases.models.policy_draft import PolicyDraft
from cases.models.proposal import LONGEST_REASON, Proposal

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_REASON",
    "LONGEST_WHY",
    "Assignment",
    "CaseModel",
    "Conflict",
    "Mention",
    "Note",
    "PolicyDraft",
    "Proposal",
    "Snooze",
]
