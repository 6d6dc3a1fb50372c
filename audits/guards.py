"""Triggers of the audits app: of the draw, and of the audits that it opens."""

from audits.case_guards import CASE_GUARDS
from audits.draw_guards import DRAW_GUARDS

GUARDS = [*DRAW_GUARDS, *CASE_GUARDS]
