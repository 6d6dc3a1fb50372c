"""Triggers of the outbox: a notice ends once."""

from core.triggers import Trigger

TRIGGERS = [
    Trigger(
        "outbox_notice_ended",
        "outbox_notice",
        "UPDATE OF state",
        "a notice ends once",
        when="OLD.state <> NEW.state AND OLD.state <> 'due' AND NOT (OLD.state = 'failed' AND NEW.state = 'due')",
    ),
]
