"""The functions that racing processes call on proposals to merge accounts."""

from itertools import count

from cases.merging_accounts import agree_to_merge, propose_merge
from cases.models import Proposal
from cases.two_people import take_back_proposal
from core.errors import Refusal
from tests.renewals.scenes import moment
from trainers.models import Trainer

_turns = count()
AT = moment("2027-03-02")


def confirm_or_take_back(pk: str, proposer: str, second: str) -> str:
    """Confirm the proposal in half of the processes; take it back in the others."""
    proposal = Proposal.objects.get(pk=pk)
    try:
        if next(_turns) % 2:
            by = Trainer.objects.get(email=proposer)
            return take_back_proposal(proposal, by=by, at=AT, reason="Two people.").state
        return agree_to_merge(proposal, by=Trainer.objects.get(email=second), at=AT).state
    except Refusal as refusal:
        return refusal.code


def propose_either_way(one: str, other: str, lead: str) -> str:
    """Propose the merge one way in half of the processes, and the other way in the others."""
    people = [Trainer.objects.get(pk=int(pk)) for pk in (one, other)]
    going, staying = people if next(_turns) % 2 else reversed(people)
    try:
        by = Trainer.objects.get(email=lead)
        return f"going {propose_merge(going, staying, by=by, at=AT, reason='One person.').subject}"
    except Refusal as refusal:
        return refusal.code
