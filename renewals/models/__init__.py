"""Renewal applications, and what people decide about them."""

from renewals.models.application import (
    IN_SHORT,
    LONGEST_REASON,
    OPEN_STATES,
    Application,
    ApplicationQuerySet,
)
from renewals.models.decision import Decision

__all__ = ["IN_SHORT", "LONGEST_REASON", "OPEN_STATES", "Application", "ApplicationQuerySet", "Decision"]
