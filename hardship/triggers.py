"""Triggers of hardship: a granted relief never changes, a last day only moves later, and nobody
decides about their own relief.
"""

from core.transitions import step_trigger
from core.triggers import Trigger, append_only, columns_fixed, never_removed
from hardship.models import Relief

_TABLE = "hardship_relief"
_ASKED = ("cycle_id", "what", "case_ref", "why", "asked_through", "asked_at", "made_at")
_GRANTED = (
    *("kind", "through", "limit_on", "fee_code", "amount_cents", "charge_id", "needs_two"),
    *("note", "proposed_by_id", "proposed_at", "words", "decided_by_id", "decided_at"),
)
_DECIDED = "OLD.state IN ('granted', 'declined', 'withdrawn', 'taken_back')"
_OWN = (
    "(SELECT k.trainer_id FROM trainers_cycle c JOIN trainers_credential k ON k.id = c.credential_id "
    "WHERE c.id = NEW.cycle_id)"
)
_EARLIER = (
    "NEW.state = 'granted' AND NEW.what IN ('completion', 'application', 'both') AND NEW.through <= "
    "(SELECT CASE NEW.what WHEN 'completion' THEN c.completion_deadline ELSE c.last_day_to_apply END "
    "FROM trainers_cycle c WHERE c.id = NEW.cycle_id)"
)
_SHORTER = (
    "NEW.state = 'granted' AND NEW.through IS NOT NULL AND EXISTS (SELECT 1 FROM hardship_relief r "
    "WHERE r.cycle_id = NEW.cycle_id AND r.id <> NEW.id AND r.state = 'granted' "
    "AND r.what = NEW.what AND r.case_ref = NEW.case_ref AND r.through >= NEW.through)"
)
_CHARGE_OF_ANOTHER = (
    "NEW.charge_id IS NOT NULL AND "  # noqa: S608 - our own words
    f"(SELECT h.trainer_id FROM payments_charge h WHERE h.id = NEW.charge_id) <> {_OWN}"
)
_LATER_ONLY = "an extension moves a last day only later"


def _on_both(name: str, when: str, sentence: str) -> list[Trigger]:
    """Return two triggers that refuse the condition `when`: one for a new row, one for a change of state."""
    return [
        Trigger(f"{name}_new", _TABLE, "INSERT", sentence, when=when),
        Trigger(name, _TABLE, "UPDATE OF state", sentence, when=f"NEW.state <> OLD.state AND {when}"),
    ]


TRIGGERS = [
    step_trigger(Relief, only_if={("granted", "taken_back"): "NEW.what = 'fee' AND NEW.charge_id IS NULL"}),
    columns_fixed(
        "hardship_relief_asked_fixed",
        _TABLE,
        _ASKED,
        "what was asked for never changes",
    ),
    columns_fixed(
        "hardship_relief_fixed",
        _TABLE,
        _GRANTED,
        "what was granted never changes",
        once=_DECIDED,
    ),
    *_on_both(
        "hardship_relief_of_another",
        f"NEW.state IN ('granted', 'declined') AND NEW.decided_by_id = {_OWN}",
        "nobody decides about their own hardship",
    ),
    *_on_both(
        "hardship_relief_own_charge", _CHARGE_OF_ANOTHER, "a fee is waived of a charge of the same person"
    ),
    *_on_both("hardship_relief_later", f"({_EARLIER})", _LATER_ONLY),
    *_on_both("hardship_relief_longer", f"({_SHORTER})", _LATER_ONLY),
    never_removed("hardship_relief_kept", _TABLE, "a request for relief is never removed"),
    *append_only("hardship_reliefdocument"),
]
