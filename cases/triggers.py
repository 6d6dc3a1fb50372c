"""Triggers for changes that need two people: a proposal never changes, and nothing is revoked
without a confirmed one. Also triggers for assignments, snoozes, notes, conflicts of interest, and drafts
of the rules.
"""

from cases.decisions import PendingDecision
from cases.models import PolicyDraft, Proposal
from core.transitions import step_trigger
from core.triggers import Trigger, append_only, columns_fixed, never_removed

_PROPOSAL = "cases_proposal"
_HAS_ENDED = "OLD.ended_at IS NOT NULL"


def not_agreed(kind: str, subject: str) -> str:
    """Return the SQL condition, over OLD, that no proposal of this kind about the row is in the
    state `agreed`. `subject` is the label of the row's model.
    """
    return (
        f"NOT EXISTS (SELECT 1 FROM {_PROPOSAL} p WHERE p.kind = '{kind}' "  # noqa: S608 - our own words
        f"AND p.subject = '{subject}:' || CAST(OLD.id AS TEXT) AND p.state = 'agreed')"
    )


def decision_triggers(model: type[PendingDecision], *columns: str) -> list[Trigger]:
    """Return the triggers of a model of decision: they allow only the steps of its TRANSITIONS,
    refuse changes of what was decided and of the further `columns`, and refuse deletion.
    """
    table = model._meta.db_table
    fixed = ("verdict", "words", "by_id", "decided_at", "effective_at", *columns)
    return [
        step_trigger(model),
        columns_fixed(f"{table}_fixed", table, fixed, "what was decided never changes"),
        never_removed(f"{table}_kept", table, "a decision is never removed"),
    ]


_OF_TWO_PEOPLE = [
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
    Trigger(
        "cases_merged_by_two",
        "core_merge",
        "INSERT",
        "two accounts are merged by two people",
        when=f"NOT EXISTS (SELECT 1 FROM {_PROPOSAL} p WHERE p.kind = 'merge' AND p.state = 'agreed' "  # noqa: S608 - our own words
        "AND p.subject = 'trainers.trainer:' || CAST(NEW.going_id AS TEXT) AND p.trainer_id = NEW.staying_id)",
    ),
]
_OF_THE_DESK = [
    columns_fixed(
        "cases_assignment_fixed",
        "cases_assignment",
        ["subject", "trainer_id", "assignee_id", "by_id", "at"],
        "who was given a case never changes: end it, and add another",
    ),
    columns_fixed(
        "cases_assignment_ended", "cases_assignment", ["ended_at"], "it has ended", once=_HAS_ENDED
    ),
    never_removed("cases_assignment_kept", "cases_assignment", "an assignment is never removed"),
    Trigger(
        "cases_assignment_stranger",
        "cases_assignment",
        "INSERT",
        "who knows a trainer gets no case of theirs",
        when="EXISTS (SELECT 1 FROM cases_conflict c WHERE c.colleague_id = NEW.assignee_id "
        "AND c.trainer_id = NEW.trainer_id)",
    ),
    *append_only("cases_conflict"),
    columns_fixed(
        "cases_snooze_fixed",
        "cases_snooze",
        ["subject", "trainer_id", "by_id", "at", "until_on", "due_on", "reason"],
        "what was snoozed never changes: end it, and add another",
    ),
    columns_fixed(
        "cases_snooze_ended", "cases_snooze", ["ended_at", "ended_how"], "it has ended", once=_HAS_ENDED
    ),
    never_removed("cases_snooze_kept", "cases_snooze", "a snooze is never removed"),
    *append_only("cases_note"),
    columns_fixed(
        "cases_mention_fixed", "cases_mention", ["note_id", "person_id"], "a mention never changes"
    ),
    columns_fixed(
        "cases_mention_read", "cases_mention", ["read_at"], "it is read", once="OLD.read_at IS NOT NULL"
    ),
    never_removed("cases_mention_kept", "cases_mention", "a mention is never removed"),
]


_OF_THE_RULES = [
    step_trigger(PolicyDraft),
    columns_fixed(
        "cases_policydraft_fixed",
        "cases_policydraft",
        ["policy_code", "first_day", "changes", "why", "by_id", "at"],
        "what was drafted never changes: withdraw it, and write another",
    ),
    columns_fixed(
        "cases_policydraft_approved_once",
        "cases_policydraft",
        ["approved_by_id", "approved_at"],
        "who approved it never changes",
        once="OLD.approved_by_id IS NOT NULL",
    ),
    never_removed("cases_policydraft_kept", "cases_policydraft", "a draft is never removed"),
]


TRIGGERS = [*_OF_TWO_PEOPLE, *_OF_THE_DESK, *_OF_THE_RULES]
