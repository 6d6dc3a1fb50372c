"""Triggers of what two people do: a proposal never changes, and without an agreed one nothing is revoked."""

from cases.models import Proposal
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed

_PROPOSAL = "cases_proposal"


def not_agreed(kind: str, subject: str) -> str:
    """Return, in SQL over OLD, that no proposal of this kind about the row is agreed. `subject` is a model's label."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {_PROPOSAL} p WHERE p.kind = '{kind}' "  # noqa: S608 - our own words
        f"AND p.subject = '{subject}:' || CAST(OLD.id AS TEXT) AND p.state = 'agreed')"
    )


TRIGGERS = [
    step_trigger(Proposal),
    columns_fixed(
        "cases_proposal_fixed",
        _PROPOSAL,
        ["kind", "subject", "trainer_id", "answers", "reason", "by_id", "at"],
        "what was proposed never changes",
    ),
    columns_fixed(
        "cases_proposal_agreed_once",
        _PROPOSAL,
        ["agreed_by_id", "agreed_at"],
        "who confirmed it never changes",
        once="OLD.agreed_by_id IS NOT NULL",
    ),
    never_removed("cases_proposal_kept", _PROPOSAL, "a proposal is never removed"),
    Trigger(
        "cases_revoked_by_two",
        "trainers_credential",
        "UPDATE OF state",
        "a certification is revoked by two people",
        when=f"NEW.state = 'revoked' AND OLD.state <> 'revoked' AND {not_agreed('revoke', 'trainers.credential')}",
    ),
]
