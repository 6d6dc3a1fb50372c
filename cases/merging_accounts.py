"""Merging two accounts of one person: one lead proposes it, another confirms it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cases.models import Proposal
from cases.two_people import accounts_in, agree_to_proposal, propose_change
from core.errors import Refusal
from core.history import subject_of
from trainers.models import Trainer
from trainers.services.merging import check_can_merge, lock_accounts, merge_accounts

KIND = Proposal.Kind.MERGE


def propose_merge(
    going: Trainer, staying: Trainer, *, by: Trainer | None, at: datetime, reason: str
) -> Proposal:
    """Propose that the account `going` becomes part of `staying`. Nothing changes yet. When one
    person proposes it twice, there is one proposal.

    Raises Refusal when `by` is no lead or gives no reason, when one of the accounts has something
    that prevents a merge, and while another proposed merge of either account waits.
    """
    with transaction.atomic():
        going, staying = lock_accounts(going, staying)
        check_can_merge(going, staying, at=at)
        _check_no_other(going, staying)
        answers = {"staying": staying.pk}
        return propose_change(going, KIND, trainer=staying, by=by, at=at, reason=reason, answers=answers)


def agree_to_merge(proposal: Proposal, *, by: Trainer | None, at: datetime) -> Proposal:
    """Confirm a proposed merge as a second lead: the accounts become one, and a mail goes to both
    addresses. Idempotent.

    Raises Refusal for the lead who proposed it, and when one of the accounts has something that
    prevents a merge.
    """

    def merge(agreed: Proposal) -> None:
        merge_accounts(accounts_in(agreed)[0], agreed.trainer, by=by, at=at, reason=agreed.reason)

    return agree_to_proposal(proposal, by=by, at=at, carry_out=merge)


def _check_no_other(going: Trainer, staying: Trainer) -> None:
    """Raise Refusal while another proposed merge would make `going` the account that stays, or
    `staying` the one that goes.
    """
    waits = Proposal.objects.open().filter(kind=KIND)
    other = waits.filter(Q(subject=subject_of(staying)) | Q(trainer=going)).select_related("by").first()
    if other:
        raise Refusal(
            f"{other.by.name} has proposed another merge of one of these accounts. Decide about that first.",
            code="exists",
        )
