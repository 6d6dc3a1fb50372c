"""Triggers of the outbox: a notice ends once, and only a failed one is due again."""

from core.transitions import step_trigger
from outbox.models import Notice

TRIGGERS = [step_trigger(Notice)]
