"""Triggers of the trainers app: history is append-only, cycles follow each other and never move."""

from recert.guards import Guard, append_only

_CYCLES = "trainers_cycle c WHERE c.credential_id = NEW.credential_id"

GUARDS = [
    *append_only("trainers_historyentry"),
    Guard(
        "trainers_cycle_follows",
        "trainers_cycle",
        "INSERT",
        "a cycle begins the day after the one before it ended",
        when=f"EXISTS (SELECT 1 FROM {_CYCLES}) AND NEW.starts_on <> (SELECT date(MAX(c.expires_on), '+1 day') FROM {_CYCLES})",  # noqa: S608 - our own words
        when_postgresql=f"EXISTS (SELECT 1 FROM {_CYCLES}) AND NEW.starts_on <> (SELECT MAX(c.expires_on) + 1 FROM {_CYCLES})",  # noqa: S608 - our own words
    ),
    Guard(
        "trainers_cycle_fixed",
        "trainers_cycle",
        "UPDATE OF credential_id, starts_on, expires_on, draw_id",
        "the dates and the draw id of a cycle never change",
    ),
    Guard("trainers_cycle_kept", "trainers_cycle", "DELETE", "a cycle is never removed"),
    Guard(
        "trainers_notice_ended",
        "trainers_notice",
        "UPDATE OF state",
        "a notice ends once",
        when="OLD.state <> NEW.state AND OLD.state <> 'due' AND NOT (OLD.state = 'failed' AND NEW.state = 'due')",
    ),
]
