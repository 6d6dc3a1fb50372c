"""Triggers of CEU records: declared transitions only."""

from ceus.models import CeuRecord
from core.transitions import step_trigger

TRIGGERS = [step_trigger(CeuRecord)]
