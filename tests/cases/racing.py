"""The functions that racing processes call on a proposal."""

from itertools import count

from cases.models import Proposal
from cases.revoking import agree_to_revocation
from cases.two_people import take_back_proposal
from core.errors import Refusal
from tests.renewals.scenes import moment
from trainers.models import Trainer

_turns = count()


def confirm_or_take_back(pk: str, proposer: str, second: str) -> str:
    """Confirm the proposal in half of the processes; take it back in the others."""
    proposal, at = Proposal.objects.get(pk=pk), moment("2027-03-02")
    try:
        if next(_turns) % 2:
            by = Trainer.objects.get(email=proposer)
            return take_back_proposal(proposal, by=by, at=at, reason="It was another trainer.").state
        return agree_to_revocation(proposal, by=Trainer.objects.get(email=second), at=at).state
    except Refusal as refusal:
        return refusal.code
