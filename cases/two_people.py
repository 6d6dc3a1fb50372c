"""Changes that need two people: one proposes the change with a reason, another confirms it, and the
change is then made at once.

Both need the permission for this kind of change. Neither may be the person whom the change is
about, and nobody may both propose and confirm, whatever their roles (invariant 14). The database
refuses that as well, and refuses the change when no proposal was confirmed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import IntegrityError, models, transaction

from cases.models import LONGEST_REASON, Proposal
from cases.reviewers import require_another_person
from core.errors import Refusal
from core.history import record_history, subject_of, subject_pk
from core.transitions import check_words, move
from trainers.models import Credential, Trainer
from trainers.services.merging import lock_accounts

State = Proposal.State
DECIDED = "{who} has decided about this already."


def propose_change(
    row: models.Model,
    kind: str,
    *,
    trainer: Trainer,
    by: Trainer | None,
    at: datetime,
    reason: str,
    answers: Mapping[str, object] | None = None,
) -> Proposal:
    """Save what `by` proposes about `row`; a second person confirms it. When one person proposes
    the same twice, there is one proposal.

    Raises Refusal when `by` lacks the permission or gives no reason, for a proposal about oneself,
    and while another proposal waits. The caller opens the transaction, and has checked that the
    change is possible now.
    """
    proposal = Proposal(
        kind=kind, subject=subject_of(row), trainer=trainer, answers=answers or {}, by=by, at=at
    )
    _check_may(proposal, by)
    waiting = open_proposal(row, kind)
    if waiting is None:
        proposal.reason = check_words(reason, mailed=True, longest=LONGEST_REASON)
        try:
            with transaction.atomic():
                proposal.save(force_insert=True)
        except IntegrityError:
            waiting = open_proposal(row, kind)
            if waiting is None:
                raise
    if waiting:
        if (waiting.by, waiting.answers) == (by, proposal.answers):
            return waiting
        raise Refusal(
            f"{waiting.by.name} has proposed this already. It waits for a second person.", code="exists"
        )
    change = ("", State.WAITING)
    record_history(proposal, "proposed", trainer=trainer, by=by, at=at, change=change, reason=proposal.reason)
    return proposal


def agree_to_proposal(
    proposal: Proposal, *, by: Trainer | None, at: datetime, carry_out: Callable[[Proposal], object]
) -> Proposal:
    """Confirm a proposal as the second person, and make its change, `carry_out`, in the same
    transaction. Idempotent.

    Raises Refusal for the person who proposed it, and when somebody has confirmed or taken it back
    already. Whatever `carry_out` raises undoes the confirmation too.
    """
    with transaction.atomic():
        proposal = lock_proposal(proposal)
        who = _check_may(proposal, by)
        if proposal.state == State.DONE and proposal.agreed_by_id == who.pk:
            return proposal
        _check_waits(proposal)
        require_another_person(proposal.by_id, who, "You proposed this, so somebody else must confirm it.")
        proposal.agreed_by, proposal.agreed_at = who, at
        move(proposal, State.AGREED, "agreed", trainer=proposal.trainer, by=who, at=at)
        carry_out(proposal)
        return move(proposal, State.DONE, "done", trainer=proposal.trainer, by=who, at=at)


def take_back_proposal(proposal: Proposal, *, by: Trainer | None, at: datetime, reason: str) -> Proposal:
    """Take back a proposal that still waits. Idempotent. Its author may do so, and everybody who
    could confirm it. Raises Refusal for anybody else, and for a confirmed proposal.
    """
    with transaction.atomic():
        proposal = lock_proposal(proposal)
        who = _check_may(proposal, by)
        if proposal.state == State.DROPPED:
            return proposal
        _check_waits(proposal)
        reason = check_words(reason, longest=LONGEST_REASON)
        return move(
            proposal, State.DROPPED, "dropped", trainer=proposal.trainer, by=who, at=at, reason=reason
        )


def open_proposal(row: models.Model, kind: str) -> Proposal | None:
    """Return the proposal of this kind about `row` that waits or is being carried out, or None."""
    found = Proposal.objects.open().filter(kind=kind, subject=subject_of(row))
    return found.select_related("by", "trainer").first()


def lock_proposal(proposal: Proposal) -> Proposal:
    """Return a proposal, locked and read again. Before it, the credentials of the person it is
    about are locked; for a merge, both accounts before those.
    """
    if proposal.kind == Proposal.Kind.MERGE:
        lock_accounts(*accounts_in(proposal))
    list(Credential.objects.select_for_update().filter(trainer=proposal.trainer_id).order_by("pk"))
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("trainer", "by")
    return rows.get(pk=proposal.pk)


def accounts_in(proposal: Proposal) -> tuple[Trainer, Trainer]:
    """Return the two accounts in a proposal to merge them: first the account that is closed, then
    the account that stays.
    """
    return Trainer.objects.get(pk=subject_pk(proposal.subject)), proposal.trainer


def _check_may(proposal: Proposal, by: Trainer | None) -> Trainer:
    if by is None or not by.has_perm(proposal.permission):
        raise Refusal("Only a lead may do this.", code="not_allowed")
    if by.pk == proposal.trainer_id:
        raise Refusal("Others must decide about what is your own.", code="own_case")
    return by


def _check_waits(proposal: Proposal) -> None:
    if proposal.state != State.WAITING:
        who = proposal.agreed_by.name if proposal.agreed_by else "Somebody"
        raise Refusal(DECIDED.format(who=who), code="out_of_order")
