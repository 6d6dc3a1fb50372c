"""Triggers of the draw: published values are fixed; a cycle is drawn once, in an open period
(invariants 7, 11).
"""

from core.triggers import Trigger, append_only

_PERIOD, _DRAW = "audits_drawperiod", "audits_draw"

DRAW_TRIGGERS = [
    *append_only(_DRAW),
    Trigger(
        "audits_draw_in_open_period",
        _DRAW,
        "INSERT",
        "a cycle is drawn in a period that is open",
        when="NOT EXISTS (SELECT 1 FROM audits_drawperiod p WHERE p.id = NEW.period_id "
        "AND p.opened_at IS NOT NULL AND p.closed_at IS NULL)",
    ),
    Trigger(
        "audits_period_fixed",
        _PERIOD,
        "UPDATE",
        "what was published about a draw period never changes",
        when=" OR ".join(
            f"NEW.{name} <> OLD.{name}"
            for name in (
                *("policy_code", "code", "first_on", "last_on", "rate", "commitment"),
                # Not sealed_secret: its encryption is renewed. The commitment holds the secret itself.
                *("public_value_name", "announced_at"),
            )
        ),
    ),
    Trigger(
        "audits_period_opened_once",
        _PERIOD,
        "UPDATE",
        "a draw period is opened once, with one value",
        when="OLD.opened_at IS NOT NULL AND (NEW.opened_at IS NULL OR NEW.opened_at <> OLD.opened_at "
        "OR NEW.public_value IS NULL OR NEW.public_value <> OLD.public_value)",
    ),
    Trigger(
        "audits_period_closed_once",
        _PERIOD,
        "UPDATE",
        "a draw period is closed once, with its own secret",
        when="OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.closed_at <> OLD.closed_at "
        "OR NEW.secret <> OLD.secret)",
    ),
    Trigger(
        "audits_period_apart",
        _PERIOD,
        "INSERT",
        "draw periods of a policy do not overlap",
        when="EXISTS (SELECT 1 FROM audits_drawperiod p WHERE p.policy_code = NEW.policy_code "
        "AND p.first_on <= NEW.last_on AND p.last_on >= NEW.first_on)",
    ),
    Trigger("audits_period_kept", _PERIOD, "DELETE", "a draw period is never removed"),
]
