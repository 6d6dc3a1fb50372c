"""Triggers of audits: a last day moves only later, with a named person and a reason (invariants 8,
15).
"""

from audits.models import Audit, Decision, Extension
from cases.triggers import decision_triggers
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed

_AUDIT, _ITEM, _EXTENSION = "audits_audit", "audits_audititem", "audits_extension"

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
