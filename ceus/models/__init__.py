"""The models of providers, courses and CEU records."""

from ceus.models.catalogue import Course, Provider, Topic
from ceus.models.record import CeuRecord, RecordDocument

__all__ = ["CeuRecord", "Course", "Provider", "RecordDocument", "Topic"]
