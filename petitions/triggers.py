"""Triggers of the petitions app: what was agreed to is fixed, nothing is reviewed before its fee is settled (invariant 6)."""

from core.triggers import Trigger

_PETITION, _DECISION, _QUESTION = "petitions_petition", "petitions_decision", "petitions_question"
_FACTS = (
    "title",
    "provider_name",
    "completed_on",
    "asked_hundredths",
    "learned",
    "instructor",
    "received_at",
    "terms_text",
)
_CHANGED = (
    "OLD.received_at IS NOT NULL AND ("
    + " OR ".join(
        f"COALESCE(CAST(NEW.{fact} AS TEXT), '') <> COALESCE(CAST(OLD.{fact} AS TEXT), '')" for fact in _FACTS
    )
    + " OR NEW.credential_id <> OLD.credential_id OR NEW.trainer_id <> OLD.trainer_id)"
)
_UNPAID = (
    "NEW.state IN ('submitted', 'question', 'answered', 'approved', 'denied', 'closed') AND NOT EXISTS "
    "(SELECT 1 FROM payments_charge c WHERE c.id = NEW.charge_id AND c.state = 'paid')"
)
_BEFORE_THE_FEE = "a petition is not reviewed before its fee is settled"

TRIGGERS = [
    Trigger("petitions_facts_fixed", _PETITION, "UPDATE", "what was agreed to never changes", when=_CHANGED),
    Trigger("petitions_fee_first_new", _PETITION, "INSERT", _BEFORE_THE_FEE, when=_UNPAID),
    Trigger("petitions_fee_first", _PETITION, "UPDATE OF state", _BEFORE_THE_FEE, when=_UNPAID),
    Trigger(
        "petitions_ended",
        _PETITION,
        "UPDATE OF state",
        "an ended petition stays ended",
        when="OLD.state IN ('approved', 'denied', 'withdrawn', 'closed') AND NEW.state <> OLD.state "
        "AND NOT (OLD.state = 'denied' AND NEW.state = 'submitted' AND NEW.another_look_at IS NOT NULL)",
    ),
    Trigger("petitions_kept", _PETITION, "DELETE", "a petition is never removed"),
    Trigger(
        "petitions_question_later_only",
        _QUESTION,
        "UPDATE OF answer_through",
        "the last day to answer only moves later",
        when="NEW.answer_through < OLD.answer_through",
    ),
    Trigger("petitions_question_kept", _QUESTION, "DELETE", "a question is never removed"),
    Trigger(
        "petitions_decision_fixed",
        _DECISION,
        "UPDATE",
        "a decision is released or taken back, and never changed",
        when="NEW.verdict <> OLD.verdict OR COALESCE(NEW.hundredths, 0) <> COALESCE(OLD.hundredths, 0) "
        "OR NEW.words <> OLD.words OR NEW.by_id <> OLD.by_id OR (OLD.state <> 'held' AND NEW.state <> OLD.state)",
    ),
    Trigger("petitions_decision_kept", _DECISION, "DELETE", "a decision is never removed"),
]
