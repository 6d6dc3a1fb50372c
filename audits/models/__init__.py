"""The models of the draw, the audits and the decisions about them."""

from audits.models.audit import OPEN_STATES, WITH_TRAINER, Audit, AuditItem, AuditQuerySet, Extension
from audits.models.decision import Decision
from audits.models.draw import Draw, DrawPeriod

__all__ = [
    "OPEN_STATES",
    "WITH_TRAINER",
    "Audit",
    "AuditItem",
    "AuditQuerySet",
    "Decision",
    "Draw",
    "DrawPeriod",
    "Extension",
]
