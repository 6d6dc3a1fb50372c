"""Triggers of petitions: what the trainer agreed to never changes, and no review begins before the
fee is settled (invariant 6).
"""

from cases.triggers import decision_triggers
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from payments.triggers import FEE_WENT_BACK
from petitions.models import Decision, Petition

_PETITION, _QUESTION = "petitions_petition", "petitions_question"
_FACTS = (
    *("title", "provider_name", "completed_on", "asked_hundredths", "learned", "instructor"),
    *("received_at", "attestation_text", "credential_id", "trainer_id"),
)
_UNPAID = (
    "NEW.state IN ('submitted', 'question', 'answered', 'approved', 'denied', 'closed', 'stopped') AND NOT EXISTS "
    "(SELECT 1 FROM payments_charge c WHERE c.id = NEW.charge_id AND c.state = 'paid')"
)
_BEFORE_THE_FEE = "a petition is not reviewed before its fee is settled"

TRIGGERS = [
    step_trigger(Petition, only_if={("denied", "submitted"): "NEW.another_look_at IS NOT NULL"}),
    columns_fixed(
        "petitions_facts_fixed",
        _PETITION,
        _FACTS,
        "what was agreed to never changes",
        once="OLD.received_at IS NOT NULL",
    ),
    Trigger("petitions_fee_first_new", _PETITION, "INSERT", _BEFORE_THE_FEE, when=_UNPAID),
    Trigger("petitions_fee_first", _PETITION, "UPDATE OF state", _BEFORE_THE_FEE, when=_UNPAID),
    Trigger(
        "petitions_fee_kept",
        _PETITION,
        "UPDATE OF state",
        "a petition whose fee went back is not approved",
        when=f"NEW.state = 'approved' AND OLD.state <> 'approved' AND {FEE_WENT_BACK}",
    ),
    never_removed("petitions_kept", _PETITION, "a petition is never removed"),
    Trigger(
        "petitions_question_later_only",
        _QUESTION,
        "UPDATE OF answer_through",
        "the last day to answer only moves later",
        when="NEW.answer_through < OLD.answer_through",
    ),
    never_removed("petitions_question_kept", _QUESTION, "a question is never removed"),
    *decision_triggers(Decision, "hundredths", "reason_code"),
]
