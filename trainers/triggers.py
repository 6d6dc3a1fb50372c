"""Triggers of the trainers app: cycles follow each other and never move."""

from core.models import Erasure
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from trainers.models import Credential

_CYCLES = "trainers_cycle c WHERE c.credential_id = NEW.credential_id"

TRIGGERS = [
    step_trigger(Credential),
    Trigger(
        "trainers_cycle_follows",
        "trainers_cycle",
        "INSERT",
        "a cycle begins the day after the one before it ended",
        when=f"EXISTS (SELECT 1 FROM {_CYCLES}) AND NEW.starts_on <> (SELECT date(MAX(c.expires_on), '+1 day') FROM {_CYCLES})",  # noqa: S608 - our own words
        when_postgresql=f"EXISTS (SELECT 1 FROM {_CYCLES}) AND NEW.starts_on <> (SELECT MAX(c.expires_on) + 1 FROM {_CYCLES})",  # noqa: S608 - our own words
    ),
    columns_fixed(
        "trainers_cycle_fixed",
        "trainers_cycle",
        ["credential_id", "starts_on", "expires_on", "draw_id"],
        "the dates and the draw id of a cycle never change",
    ),
    never_removed("trainers_cycle_kept", "trainers_cycle", "a cycle is never removed"),
    # Of the table in core: its steps are made by what core's own triggers are part of.
    step_trigger(Erasure),
    columns_fixed(
        "core_erasure_fixed",
        "core_erasure",
        ["trainer_id", "numbers", "asked_at"],
        "what an erasure is about never changes",
    ),
    never_removed("core_erasure_kept", "core_erasure", "an erasure is never removed"),
    columns_fixed(
        "trainers_erased_stays",
        "trainers_trainer",
        ["name", "email", "password", "is_active", "is_staff", "is_superuser"],
        "an erased account stays nobody's",
        once="EXISTS (SELECT 1 FROM core_erasure x WHERE x.trainer_id = OLD.id AND x.state = 'erased')",
    ),
]
