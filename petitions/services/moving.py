"""The transition of a petition, and the policy version that applies to it."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from cases.locking import day_of
from core import transitions
from core.faults import faultpoint
from petitions.models import Petition
from petitions.signals import petition_decided
from rules.policy.model import PolicyVersion
from trainers.models import Trainer


def figures_for(petition: Petition, at: datetime) -> PolicyVersion:
    """Return the policy version of the day of agreement; before it, the one of `at`."""
    return petition.credential.policy.version_on(petition.received_on or day_of(at, petition))


def move_petition(
    petition: Petition,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Petition:
    """Move a locked petition to `state`, with its history. Raises Refusal for an undeclared transition.

    The end of a paid petition is announced by a signal after commit.
    """
    before = petition.state
    if state not in Petition.WITH_US:
        petition.answer_due_on = None
    trainer = petition.credential.trainer
    transitions.move(petition, state, verb, trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    if before in Petition.HOPED_FOR and not petition.is_open:
        transaction.on_commit(partial(_announce, petition))
    return petition


def _announce(petition: Petition) -> None:
    """Send the signal. A lost one only delays: every listener also sweeps."""
    faultpoint("petition.decided")
    petition_decided.send_robust(sender=Petition, petition=petition)
