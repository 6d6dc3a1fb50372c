"""Providers, courses, and the CEU records that trainers claim."""

from ceus.models.catalogue import Course, Provider, Topic
from ceus.models.record import CeuRecord, RecordDocument

__all__ = ["CeuRecord", "Course", "Provider", "RecordDocument", "Topic"]
