"""The models of renewal applications and of the decisions about them."""

from renewals.models.application import (
    IN_SHORT,
    LONGEST_REASON,
    OPEN_STATES,
    Application,
    ApplicationQuerySet,
)
from renewals.models.decision import Decision

__all__ = ["IN_SHORT", "LONGEST_REASON", "OPEN_STATES", "Application", "ApplicationQuerySet", "Decision"]
