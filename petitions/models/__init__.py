"""The models of petitions, their evidence, questions and decisions."""

from petitions.models.decision import Decision, Question
from petitions.models.evidence import PetitionDocument
from petitions.models.petition import (
    LONGEST_TEXT,
    OPEN_STATES,
    Petition,
    PetitionQuerySet,
)

__all__ = [
    "LONGEST_TEXT",
    "OPEN_STATES",
    "Decision",
    "Petition",
    "PetitionDocument",
    "PetitionQuerySet",
    "Question",
]
