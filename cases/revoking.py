"""Revoking a credential: one lead proposes it, another confirms it (Q24)."""

from datetime import date, datetime

from django.db import transaction

from cases.locking import lock_credential
from cases.models import Proposal
from cases.two_people import agree_to_proposal, propose_change
from core.history import subject_pk
from trainers.models import Credential, Trainer
from trainers.services.credentials import check_standing_change, revoke_credential

KIND = Proposal.Kind.REVOKE


def propose_revocation(
    credential: Credential, *, by: Trainer | None, at: datetime, on: date, reason: str
) -> Proposal:
    """Propose to revoke a credential from the day `on`. Nothing changes yet. When one person
    proposes it twice, there is one proposal.

    Raises Refusal when `by` is no lead or gives no reason, and for a day or a state of the
    credential in which it cannot be revoked.
    """
    with transaction.atomic():
        credential = lock_credential(credential.pk)
        check_standing_change(credential, Credential.State.REVOKED, "revoked", by=by, at=at, on=on)
        answers = {"on": on.isoformat()}
        trainer = credential.trainer
        return propose_change(credential, KIND, trainer=trainer, by=by, at=at, reason=reason, answers=answers)


def agree_to_revocation(proposal: Proposal, *, by: Trainer | None, at: datetime) -> Proposal:
    """Confirm the proposal as a second lead: the credential is revoked, and its trainer gets a
    mail. Idempotent.

    Raises Refusal when `by` may not confirm the proposal, or when somebody has confirmed or taken
    it back already.
    """

    def revoke(agreed: Proposal) -> None:
        credential = Credential.objects.get(pk=subject_pk(agreed.subject))
        on = date.fromisoformat(agreed.answers["on"])
        revoke_credential(credential, by=by, at=at, on=on, reason=agreed.reason)

    return agree_to_proposal(proposal, by=by, at=at, carry_out=revoke)
