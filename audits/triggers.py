"""Triggers of the audits app: of the draw, and of the audits that it opens."""

from audits.case_triggers import CASE_TRIGGERS
from audits.draw_triggers import DRAW_TRIGGERS

TRIGGERS = [*DRAW_TRIGGERS, *CASE_TRIGGERS]
