"""Triggers of the audit case: its last day only moves later with who and why, what is decided is fixed (invariants 8, 15)."""

from core.triggers import Trigger

_AUDIT, _ITEM, _EXTENSION, _DECISION = (
    "audits_audit",
    "audits_audititem",
    "audits_extension",
    "audits_decision",
)

CASE_TRIGGERS = [
    Trigger(
        "audits_told_once",
        _AUDIT,
        "UPDATE",
        "the day on which the time began never changes",
        when="OLD.notified_on IS NOT NULL AND (NEW.notified_on IS NULL OR NEW.notified_on <> OLD.notified_on)",
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
    Trigger(
        "audits_facts_fixed",
        _AUDIT,
        "UPDATE",
        "what an audit is about never changes",
        when="NEW.cycle_id <> OLD.cycle_id OR NEW.kind <> OLD.kind OR NEW.received_on <> OLD.received_on "
        "OR NEW.renewal <> OLD.renewal OR NEW.reference <> OLD.reference",
    ),
    Trigger(
        "audits_ended",
        _AUDIT,
        "UPDATE OF state",
        "a closed audit stays closed",
        when="OLD.state IN ('passed', 'failed', 'expired', 'ended') AND NEW.state <> OLD.state "
        "AND NOT (OLD.state = 'failed' AND NEW.state = 'sent') AND NOT (OLD.state = 'expired' AND NEW.state = 'open')",
    ),
    Trigger("audits_kept", _AUDIT, "DELETE", "an audit is never removed"),
    Trigger("audits_item_kept", _ITEM, "DELETE", "a document of an audit is never removed from it"),
    Trigger(
        "audits_item_fixed",
        _ITEM,
        "UPDATE",
        "a row of an audit stays about its record",
        when="NEW.audit_id <> OLD.audit_id OR NEW.record_id <> OLD.record_id",
    ),
    Trigger(
        "audits_extension_fixed",
        _EXTENSION,
        "UPDATE",
        "more time that was decided on never changes",
        when="OLD.state <> 'asked'",
    ),
    Trigger("audits_extension_kept", _EXTENSION, "DELETE", "a wish for more time is never removed"),
    Trigger(
        "audits_decision_fixed",
        _DECISION,
        "UPDATE",
        "a decision is released or taken back, and never changed",
        when="NEW.verdict <> OLD.verdict OR NEW.words <> OLD.words OR NEW.by_id <> OLD.by_id "
        "OR (OLD.state <> 'held' AND NEW.state <> OLD.state)",
    ),
    Trigger("audits_decision_kept", _DECISION, "DELETE", "a decision is never removed"),
]
