"""Checks of changes that need two people, for `verify_invariants`."""

from collections.abc import Iterator
from datetime import date

from cases.models import PolicyDraft, Proposal
from cases.policy_overlay import file_text, texts_with
from cases.policy_text import first_days
from core.invariants import Check, forbidden_steps, states_unlike_history
from rules.policy.parse import PolicyError

AT_ONCE = (Proposal.Kind.REVOKE, Proposal.Kind.REOPEN, Proposal.Kind.MERGE)


def _agreed_and_not_done() -> Iterator[str]:
    """Yield a sentence for each confirmed proposal whose change is missing; both are made in one
    transaction.
    """
    for pk in Proposal.objects.filter(state=Proposal.State.AGREED, kind__in=AT_ONCE).values_list(
        "pk", flat=True
    ):
        yield f"proposal {pk} is agreed and was not carried out"


def _drafts_without_effect() -> Iterator[str]:
    """Yield the approved versions that no longer fit the file of their policy, and so do not count."""
    approved = list(PolicyDraft.objects.approved())
    texts = texts_with(approved)
    for one in approved:
        if one.first_day not in _days_that_count(texts.get(one.policy_code), one.policy_code):
            yield f"the approved version of {one.policy_code} from {one.first_day} no longer fits its file"


def _days_that_count(text: str | None, code: str) -> list[date]:
    try:
        return first_days(text or file_text(code))
    except (PolicyError, OSError):
        return []


CHECKS = [
    Check(11, "A proposal is in the state that its history tells", lambda: states_unlike_history(Proposal)),
    Check(14, "What two people agreed to is carried out", _agreed_and_not_done),
    Check(15, "A proposal takes only the steps that there are", lambda: forbidden_steps(Proposal)),
    Check(
        11,
        "A draft of the rules is in the state that its history tells",
        lambda: states_unlike_history(PolicyDraft),
    ),
    Check(
        15, "A draft of the rules takes only the steps that there are", lambda: forbidden_steps(PolicyDraft)
    ),
    Check(14, "Every approved version of the rules counts", _drafts_without_effect),
]
