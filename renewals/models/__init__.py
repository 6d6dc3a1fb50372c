"""The models of renewal applications, of the decisions about them, of digital badges and of yearly fees."""

from renewals.models.application import IN_SHORT, Application, ApplicationQuerySet
from renewals.models.application_rules import LONGEST_REASON, OPEN_STATES
from renewals.models.badge import Badge
from renewals.models.decision import Decision
from renewals.models.yearly_fee import YearlyFee

__all__ = [
    "IN_SHORT",
    "LONGEST_REASON",
    "OPEN_STATES",
    "Application",
    "ApplicationQuerySet",
    "Badge",
    "Decision",
    "YearlyFee",
]
