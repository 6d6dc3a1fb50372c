"""Triggers of CEU records and the catalogue: states change only by TRANSITIONS, and no CEUs change
without a decision (Q32).
"""

from ceus.models import CeuRecord, HeldCard
from core.transitions import step_trigger
from core.triggers import Trigger, append_only, columns_fixed, never_removed

_CHANGE, _AFFECTED, _CORRECTION = "ceus_cataloguechange", "ceus_affectedrecord", "ceus_correction"
_NEWEST_OF_COURSE = (
    "SELECT MAX(id) FROM ceus_cataloguechange WHERE course_id = NEW.id AND hundredths_after IS NOT NULL"
)
_CORRECTED = (  # the newest correction of the record says exactly this change
    f"EXISTS (SELECT 1 FROM {_CORRECTION} k WHERE "  # noqa: S608 - names of our own tables
    f"k.id = (SELECT MAX(id) FROM {_CORRECTION} WHERE record_id = NEW.id) "
    "AND k.credential_before_id = OLD.credential_id AND k.credential_after_id = NEW.credential_id "
    "AND COALESCE(k.course_before_id, 0) = COALESCE(OLD.course_id, 0) "
    "AND COALESCE(k.course_after_id, 0) = COALESCE(NEW.course_id, 0) "
    "AND k.completed_on_before = OLD.completed_on AND k.completed_on_after = NEW.completed_on "
    "AND k.hundredths_before = OLD.hundredths AND k.hundredths_after = NEW.hundredths "
    "AND k.approved_before = OLD.approved AND k.approved_after = NEW.approved)"
)
_REPORTED = (  # the provider reports it, or takes its report back
    "NEW.reported_by_provider <> OLD.reported_by_provider AND NEW.approved = OLD.approved "
    "AND NEW.claimed_for_id IS NULL"
)
_NEWEST_OF_RECORD = "SELECT MAX(id) FROM ceus_affectedrecord WHERE record_id = NEW.id"

TRIGGERS = [
    step_trigger(
        CeuRecord,
        only_if={("accepted", "pending"): "OLD.reported_by_provider AND NOT NEW.reported_by_provider"},
    ),
    step_trigger(HeldCard),
    columns_fixed(
        "ceus_heldcard_fixed",
        "ceus_heldcard",
        ["kind", "format", "valid_from", "valid_through", "document_id", "added_at"],
        "what a kept card says never changes",
    ),
    never_removed("ceus_heldcard_kept", "ceus_heldcard", "a card is never removed"),
    *append_only(_CHANGE),
    *append_only(_AFFECTED),
    *append_only(_CORRECTION),
    Trigger(
        "ceus_course_dated",
        "ceus_course",
        "UPDATE",
        "CEUs change from a day on, with a row that says so",
        when=f"NEW.hundredths <> OLD.hundredths AND NOT EXISTS (SELECT 1 FROM {_CHANGE} c WHERE "  # noqa: S608 - names of our own tables
        f"c.id = ({_NEWEST_OF_COURSE}) AND c.hundredths_before = OLD.hundredths "
        "AND c.hundredths_after = NEW.hundredths)",
    ),
    Trigger(
        "ceus_ceurecord_decided",
        "ceus_ceurecord",
        "UPDATE",
        "what a completion counts changes by a decision only",
        when="NEW.completed_on = OLD.completed_on AND "  # noqa: S608 - names of our own tables
        "(NEW.hundredths <> OLD.hundredths OR NEW.approved <> OLD.approved) AND NOT EXISTS "
        f"(SELECT 1 FROM {_AFFECTED} a WHERE a.id = ({_NEWEST_OF_RECORD}) "
        "AND a.hundredths_before = OLD.hundredths AND a.hundredths_after = NEW.hundredths "
        "AND a.approved_before = OLD.approved AND a.approved_after = NEW.approved) "
        f"AND NOT {_CORRECTED} AND NOT ({_REPORTED})",
    ),
    Trigger(
        "ceus_ceurecord_described",
        "ceus_ceurecord",
        "UPDATE",
        "what a completed course was changes only with the course",
        when="(NEW.provider_code <> OLD.provider_code OR NEW.topics <> OLD.topics OR NEW.format <> OLD.format) "
        "AND COALESCE(NEW.course_id, 0) = COALESCE(OLD.course_id, 0)",
    ),
    Trigger(
        "ceus_correction_true",
        _CORRECTION,
        "INSERT",
        "a correction tells what the record said",
        when="NOT EXISTS (SELECT 1 FROM ceus_ceurecord r WHERE r.id = NEW.record_id "
        "AND r.credential_id = NEW.credential_before_id AND r.completed_on = NEW.completed_on_before "
        "AND COALESCE(r.course_id, 0) = COALESCE(NEW.course_before_id, 0) "
        "AND r.hundredths = NEW.hundredths_before AND r.approved = NEW.approved_before "
        "AND r.claimed_for_id IS NULL)",
    ),
    Trigger(
        "ceus_ceurecord_corrected",
        "ceus_ceurecord",
        "UPDATE",
        "whose a completion is, and of which course, changes by a correction only",
        when="(NEW.credential_id <> OLD.credential_id OR COALESCE(NEW.course_id, 0) <> OLD.course_id) "
        f"AND NOT {_CORRECTED}",
    ),
    Trigger(
        "ceus_affectedrecord_true",
        _AFFECTED,
        "INSERT",
        "a change tells what the record counted, and keeps it unless a lead decided otherwise",
        when="NOT EXISTS (SELECT 1 FROM ceus_ceurecord r WHERE r.id = NEW.record_id "  # noqa: S608 - names of our own tables
        "AND r.hundredths = NEW.hundredths_before AND r.approved = NEW.approved_before) "
        f"OR ((NEW.hundredths_before <> NEW.hundredths_after OR NEW.approved_before <> NEW.approved_after) "
        f"AND NOT EXISTS (SELECT 1 FROM {_CHANGE} c WHERE c.id = NEW.change_id AND c.records = 'changed'))",
    ),
]
