"""Checks of changes that need two people, for `verify_invariants`."""

from collections.abc import Iterator

from cases.models import Proposal
from core.invariants import Check, forbidden_steps, states_unlike_history

AT_ONCE = (Proposal.Kind.REVOKE, Proposal.Kind.REOPEN, Proposal.Kind.MERGE)


def _agreed_and_not_done() -> Iterator[str]:
    """Yield a sentence for each confirmed proposal whose change is missing; both are made in one
    transaction.
    """
    for pk in Proposal.objects.filter(state=Proposal.State.AGREED, kind__in=AT_ONCE).values_list(
        "pk", flat=True
    ):
        yield f"proposal {pk} is agreed and was not carried out"


CHECKS = [
    Check(11, "A proposal is in the state that its history tells", lambda: states_unlike_history(Proposal)),
    Check(14, "What two people agreed to is carried out", _agreed_and_not_done),
    Check(15, "A proposal takes only the steps that there are", lambda: forbidden_steps(Proposal)),
]
