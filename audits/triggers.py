"""Triggers of the draw and of audits."""

from audits.case_triggers import CASE_TRIGGERS
from audits.draw_triggers import DRAW_TRIGGERS

TRIGGERS = [*DRAW_TRIGGERS, *CASE_TRIGGERS]
