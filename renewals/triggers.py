"""Triggers of renewals: fees that the trainer agreed to are fixed and add up, an ended renewal
stays ended, and nothing is approved without the draw.
"""

from cases.triggers import decision_triggers, not_agreed
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from payments.triggers import FEE_KEPT, FEE_WENT_BACK
from renewals.models import Application, Badge, Decision

_APPLICATION = "renewals_application"
_AGREED_TO = (
    *("received_at", "received_on", "fee_total_cents", "fee_currency", "attestation_text", "fee_lines"),
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
    "NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT NEW.covered AND ("
    "NOT EXISTS (SELECT 1 FROM audits_draw d WHERE d.cycle_id = NEW.cycle_id) "
    "OR EXISTS (SELECT 1 FROM audits_audit a WHERE a.cycle_id = NEW.cycle_id AND a.ended_at IS NULL) "
    "OR (EXISTS (SELECT 1 FROM audits_draw d WHERE d.cycle_id = NEW.cycle_id "
    "AND (d.chance = 'always' OR (d.chance = 'rate' AND d.selected))) "
    "AND NOT EXISTS (SELECT 1 FROM audits_audit a WHERE a.cycle_id = NEW.cycle_id AND a.state = 'passed')))"
)
_WITHOUT_ITS_FEE = (
    f"NEW.state = 'approved' AND OLD.state <> 'approved' AND {FEE_WENT_BACK} AND NOT EXISTS "  # noqa: S608 - our own words
    "(SELECT 1 FROM payments_feedecision f WHERE f.charge_id = NEW.charge_id AND f.verdict = 'keep' "
    f"AND f.kept_cents <= {FEE_KEPT})"
)
_TAKEN_BACK_BY_NOBODY = (
    f"OLD.state = 'denied' AND NEW.state = 'in_review' AND {not_agreed('reopen', 'renewals.application')} "  # noqa: S608 - our own words
    "AND NOT EXISTS (SELECT 1 FROM audits_audit a WHERE a.renewal IN (SELECT j.reference FROM renewals_application j "
    "WHERE j.id = OLD.id OR j.renewed_with_id = OLD.id) AND a.state = 'passed' AND a.another_look_at IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM renewals_application w WHERE w.id = OLD.renewed_with_id AND w.state = 'in_review')"
)
_NOT_LED = (
    "NEW.renewed_with_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM renewals_application w "
    "WHERE w.id = NEW.renewed_with_id AND w.renewed_with_id IS NULL AND w.trainer_id = NEW.trainer_id "
    "AND w.cycle_id <> NEW.cycle_id)"
)
_BEFORE_ITS_LEADER = (
    "NEW.state = 'approved' AND NEW.renewed_with_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM renewals_application w WHERE w.id = NEW.renewed_with_id AND w.state = 'approved')"
)
_LEADS = "a renewal goes with one of the same person that goes with no other"
_LEADER_FIRST = "what is renewed with another renewal is approved once that one is"
_ADDS_UP = "the total is the sum of the fee lines"

TRIGGERS = [
    columns_fixed(
        "renewals_fees_fixed",
        _APPLICATION,
        _AGREED_TO,
        "what was agreed to at submission never changes",
        once="OLD.received_at IS NOT NULL",
    ),
    Trigger("renewals_fees_sum_new", _APPLICATION, "INSERT", _ADDS_UP, _SUM_SQLITE, _SUM_POSTGRESQL),
    Trigger("renewals_fees_sum", _APPLICATION, "UPDATE", _ADDS_UP, _SUM_SQLITE, _SUM_POSTGRESQL),
    step_trigger(Application),
    Trigger(
        "renewals_cleared",
        _APPLICATION,
        "UPDATE OF state",
        "a renewal is approved once it was drawn, and if it was chosen with a passed audit",
        when=_NOT_CLEARED,
    ),
    Trigger(
        "renewals_fee_kept",
        _APPLICATION,
        "UPDATE OF state",
        "a renewal whose fee went back is approved once finance has decided that it stands",
        when=_WITHOUT_ITS_FEE,
    ),
    Trigger(
        "renewals_correction_not_shortened",
        _APPLICATION,
        "UPDATE OF correct_through",
        "the last day to correct is never moved earlier",
        when="OLD.state = 'returned' AND NEW.state = 'returned' AND NEW.correct_through < OLD.correct_through",
    ),
    Trigger(
        "renewals_reopened_by_two",
        _APPLICATION,
        "UPDATE OF state",
        "a denial is taken back by two people, or by an audit that passed at its second look",
        when=_TAKEN_BACK_BY_NOBODY,
    ),
    Trigger("renewals_led", _APPLICATION, "INSERT", _LEADS, when=_NOT_LED),
    columns_fixed(
        "renewals_led_fixed",
        _APPLICATION,
        ["renewed_with_id", "covered"],
        "with which renewal another one is decided never changes",
    ),
    Trigger("renewals_leader_first", _APPLICATION, "UPDATE OF state", _LEADER_FIRST, when=_BEFORE_ITS_LEADER),
    Trigger("renewals_leader_first_new", _APPLICATION, "INSERT", _LEADER_FIRST, when=_BEFORE_ITS_LEADER),
    never_removed("renewals_kept", _APPLICATION, "an application is never removed"),
    columns_fixed(
        "renewals_badge_fixed",
        Badge._meta.db_table,
        ["credential_id", "list_number", "position", "made_at"],
        "where the status of a badge is published never changes",
    ),
    never_removed("renewals_badge_kept", Badge._meta.db_table, "a badge is never removed: its files name it"),
    *decision_triggers(Decision, "reason_code", "record_id"),
]
