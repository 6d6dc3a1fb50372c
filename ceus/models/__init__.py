"""The models of providers, courses and CEU records."""

from ceus.models.catalogue import Course, Provider, Topic, WordKey
from ceus.models.changes import AffectedRecord, CatalogueChange, ceus_changes_of, course_ceus_on
from ceus.models.corrections import Correction
from ceus.models.held_card import HeldCard
from ceus.models.record import CeuRecord, RecordDocument

__all__ = [
    "AffectedRecord",
    "CatalogueChange",
    "CeuRecord",
    "Correction",
    "Course",
    "HeldCard",
    "Provider",
    "RecordDocument",
    "Topic",
    "WordKey",
    "ceus_changes_of",
    "course_ceus_on",
]
