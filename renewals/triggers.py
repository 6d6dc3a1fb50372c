"""Triggers of the renewals app: the fee snapshot is fixed and adds up, an ended application stays ended, nobody is spared the draw."""

from core.triggers import Trigger

_APPLICATION = "renewals_application"
_CHANGED = (
    "OLD.received_at IS NOT NULL AND (NEW.received_at <> OLD.received_at OR NEW.received_at IS NULL OR NEW.received_on <> OLD.received_on "
    "OR NEW.fee_total_cents <> OLD.fee_total_cents OR NEW.fee_currency <> OLD.fee_currency OR NEW.statement_text <> OLD.statement_text "
    "OR CAST(NEW.fee_lines AS TEXT) <> CAST(OLD.fee_lines AS TEXT))"
)
_SUM_SQLITE = (
    "NEW.fee_total_cents IS NOT NULL AND NEW.fee_total_cents <> "
    "(SELECT COALESCE(SUM(json_extract(value, '$.amount_cents')), 0) FROM json_each(NEW.fee_lines))"
)
_SUM_POSTGRESQL = (
    "NEW.fee_total_cents IS NOT NULL AND NEW.fee_total_cents <> "
    "(SELECT COALESCE(SUM((line->>'amount_cents')::bigint), 0) FROM jsonb_array_elements(NEW.fee_lines) AS line)"
)
_NOT_CLEARED = (
    "NEW.state = 'approved' AND OLD.state <> 'approved' AND ("
    "NOT EXISTS (SELECT 1 FROM audits_draw d WHERE d.cycle_id = NEW.cycle_id) "
    "OR EXISTS (SELECT 1 FROM audits_audit a WHERE a.cycle_id = NEW.cycle_id AND a.ended_at IS NULL) "
    "OR (EXISTS (SELECT 1 FROM audits_draw d WHERE d.cycle_id = NEW.cycle_id AND d.selected) "
    "AND NOT EXISTS (SELECT 1 FROM audits_audit a WHERE a.cycle_id = NEW.cycle_id AND a.state = 'passed')))"
)
_ADDS_UP = "the total is the sum of the fee lines"

TRIGGERS = [
    Trigger(
        "renewals_fees_fixed",
        _APPLICATION,
        "UPDATE",
        "what was agreed to at submission never changes",
        when=_CHANGED,
    ),
    Trigger("renewals_fees_sum_new", _APPLICATION, "INSERT", _ADDS_UP, _SUM_SQLITE, _SUM_POSTGRESQL),
    Trigger("renewals_fees_sum", _APPLICATION, "UPDATE", _ADDS_UP, _SUM_SQLITE, _SUM_POSTGRESQL),
    Trigger(
        "renewals_ended",
        _APPLICATION,
        "UPDATE",
        "an ended application stays ended",
        when="OLD.state IN ('approved', 'lapsed', 'withdrawn', 'denied') AND NEW.state <> OLD.state "
        "AND NOT (OLD.state = 'denied' AND NEW.state = 'in_review')",
    ),
    Trigger(
        "renewals_cleared",
        _APPLICATION,
        "UPDATE OF state",
        "a renewal is approved once it was drawn, and if it was chosen with a passed audit",
        when=_NOT_CLEARED,
    ),
    Trigger("renewals_kept", _APPLICATION, "DELETE", "an application is never removed"),
]
