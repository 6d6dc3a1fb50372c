"""How every step of a petition begins and ends: rows locked in one order, and one way to change the state."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction

from core import clock, transitions
from core.faults import faultpoint
from core.history import record_history
from petitions.errors import PetitionRefusal
from petitions.models import LONGEST_TEXT, OPEN_STATES, Petition
from petitions.signals import petition_decided
from rules.policy.model import PolicyVersion
from trainers.models import Credential, Trainer

check_words = partial(transitions.check_words, longest=LONGEST_TEXT, refusal=PetitionRefusal)


def hold(petition: Petition) -> Petition:
    """Read a petition again under lock, its credential first, as renewals and records lock them."""
    if not connection.in_atomic_block:
        raise RuntimeError("rows are locked inside a transaction")
    credentials = Credential.objects.select_for_update(of=("self",)).select_related("trainer")
    credential = credentials.get(pk=petition.credential_id)
    locked = (
        Petition.objects.select_for_update(of=("self",)).select_related("charge", "topic").get(pk=petition.pk)
    )
    locked.credential = credential
    return locked


def day_of(at: datetime, petition: Petition) -> date:
    """The date of a moment in the policy's zone (Q3)."""
    return clock.date_of(at, petition.credential.policy.time_zone)


def terms_of(petition: Petition, at: datetime) -> PolicyVersion:
    """The policy version that decides about the work on a petition: the one of the day it was agreed to, else of `at`."""
    return petition.credential.policy.version_on(petition.received_on or day_of(at, petition))


def check_owner(petition: Petition, by: Trainer | None) -> None:
    if by is None or by.pk != petition.trainer_id:
        raise PetitionRefusal("Only the trainer may do this.", code="not_allowed")


def check_reviewer(petition: Petition, by: Trainer | None) -> None:
    """Only staff with the permission, and nobody about themselves (invariant 14)."""
    if by is None or not by.has_perm("petitions.decide_petition"):
        raise PetitionRefusal("You may not decide about petitions.", code="not_allowed")
    if by.pk == petition.trainer_id:
        raise PetitionRefusal("Somebody else must decide about your own petition.", code="own_case")


def check_step(petition: Petition, state: str, verb: str) -> None:
    """Raise PetitionRefusal unless `state` is one step from where the petition stands."""
    sentence = "A petition that is {state} cannot be {verb}."
    transitions.check_step(petition, state, sentence, verb=verb, refusal=PetitionRefusal)


def move(
    petition: Petition,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Petition:
    """Take one step of the petition's life and write it down. Raises PetitionRefusal when it is no step from here.

    What ends after it was paid is told to the apps above once the transaction is committed.
    """
    check_step(petition, state, verb)
    before, petition.state = petition.state, state
    petition.ended_at = None if state in OPEN_STATES else at
    if state not in Petition.WITH_US:
        petition.answer_due_on = None
    petition.save()
    record_history(
        petition,
        verb,
        trainer=petition.credential.trainer,
        by=by,
        at=at,
        change=(before, state),
        reason=reason,
        detail=detail,
    )
    if before in Petition.HOPED_FOR and not petition.is_open:
        transaction.on_commit(partial(_tell, petition))
    return petition


def _tell(petition: Petition) -> None:
    """A word that is lost here costs time only: whoever needs it also sweeps."""
    faultpoint("petition.decided")
    petition_decided.send_robust(sender=Petition, petition=petition)
