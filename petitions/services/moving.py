"""Move a petition to another state, and find the policy version that applies to it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from cases.locking import day_of
from cases.services.snoozing import follow_case_step
from core import transitions
from core.faults import faultpoint
from core.history import subject_of
from outbox.notices import queue_notice, supersede_notices
from petitions.models import Petition
from petitions.notice_codes import LONGER, QUESTION, QUESTION_ENDS, UNDECIDED
from petitions.signals import petition_decided
from rules.policy.model import PolicyVersion
from trainers.models import Trainer

State = Petition.State
WHILE_OPEN = (LONGER, QUESTION, QUESTION_ENDS)
# What each state makes untrue of the notices that are still queued. A denied petition may be looked at again.
UNTRUE = {
    State.QUESTION: (LONGER,),
    State.ANSWERED: (QUESTION, QUESTION_ENDS),
    State.STOPPED: WHILE_OPEN,
    State.DENIED: WHILE_OPEN,
    **dict.fromkeys((State.APPROVED, State.CLOSED, State.WITHDRAWN), (*WHILE_OPEN, UNDECIDED)),
}


def figures_for(petition: Petition, at: datetime) -> PolicyVersion:
    """Return the policy version in force on the day on which the trainer agreed to the fee; before
    that, the version on the day of `at`.
    """
    return petition.credential.policy.version_on(petition.received_on or day_of(at, petition))


def move_petition(
    petition: Petition,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> Petition:
    """Move a locked petition to `state`, with its history, and supersede queued notices that are no
    longer true.

    Raises Refusal for a step that is not in TRANSITIONS. The end of a paid petition sends a signal
    after the commit.
    """
    before = petition.state
    if state not in Petition.WITH_US:
        petition.answer_due_on = None
    trainer = petition.credential.trainer
    transitions.move(petition, state, verb, trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    follow_case_step(petition, by=by, at=at)
    for kind in UNTRUE.get(State(state), ()):
        supersede_notices(kind, subject=subject_of(petition), at=at)
    if before in Petition.HOPED_FOR and not petition.is_open:
        transaction.on_commit(partial(_announce, petition))
    return petition


def _announce(petition: Petition) -> None:
    """Send the signal. If it is lost, the sweep of each listener finds the petition later."""
    faultpoint("petition.decided")
    petition_decided.send_robust(sender=Petition, petition=petition)


def queue_petition_notice(kind: str, petition: Petition, *, event: str, at: datetime) -> None:
    """Queue a notice about a petition to its trainer; once for each `event`."""
    queue_notice(kind, subject=subject_of(petition), event=event, trainer=petition.trainer, send_at=at)
