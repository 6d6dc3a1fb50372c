"""Triggers of the draw and of audits: published values never change; a cycle is drawn once, in an
open period; a last day moves only later, with a person and a reason (invariants 7, 8, 11, 15).
"""

from audits.models import Audit, Decision, Extension
from cases.triggers import decision_triggers
from core.transitions import step_trigger
from core.triggers import Trigger, append_only, columns_fixed, never_removed

_PERIOD, _DRAW = "audits_drawperiod", "audits_draw"
_AUDIT, _ITEM, _EXTENSION = "audits_audit", "audits_audititem", "audits_extension"

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

CASE_TRIGGERS = [
    step_trigger(Audit),
    columns_fixed(
        "audits_notified_once",
        _AUDIT,
        ["notified_on"],
        "the day on which the time began never changes",
        once="OLD.notified_on IS NOT NULL",
    ),
    Trigger(
        "audits_due_later_only",
        _AUDIT,
        "UPDATE",
        "the last day of an audit only moves later",
        when="OLD.due_on IS NOT NULL AND (NEW.due_on IS NULL OR NEW.due_on < OLD.due_on)",
    ),
    Trigger(
        "audits_due_with_who",
        _AUDIT,
        "UPDATE",
        "the last day of an audit moves with who and why",
        when="OLD.due_on IS NOT NULL AND NEW.due_on > OLD.due_on AND NOT EXISTS "
        "(SELECT 1 FROM audits_extension e WHERE e.audit_id = NEW.id AND e.state = 'granted' AND e.through = NEW.due_on)",
    ),
    columns_fixed(
        "audits_facts_fixed",
        _AUDIT,
        ["cycle_id", "kind", "received_on", "renewal", "reference"],
        "what an audit is about never changes",
    ),
    never_removed("audits_kept", _AUDIT, "an audit is never removed"),
    never_removed("audits_item_kept", _ITEM, "a document of an audit is never removed from it"),
    columns_fixed(
        "audits_item_fixed", _ITEM, ["audit_id", "record_id"], "a row of an audit stays about its record"
    ),
    step_trigger(Extension),
    Trigger(
        "audits_extension_fixed",
        _EXTENSION,
        "UPDATE",
        "more time that was decided on never changes",
        when="OLD.state <> 'asked'",
        spares=True,
    ),
    never_removed("audits_extension_kept", _EXTENSION, "a wish for more time is never removed"),
    *decision_triggers(Decision, "reason_code"),
]

TRIGGERS = [*DRAW_TRIGGERS, *CASE_TRIGGERS]
