"""Decisions about renewals that took effect: made at a moment, and released ten minutes later as the schedule would."""

from datetime import date, datetime
from typing import Any

from renewals.models import Application
from renewals.services import (
    agree_to_reopening,
    decide_application,
    propose_reopening,
    release_renewal_decision,
)
from tests.cast import colleague
from trainers.models import Trainer


def approve_application(application: Application, *, by: Trainer, at: datetime) -> Application:
    return decide_and_release(application, "approve", by=by, at=at)


def return_application(
    application: Application, *, by: Trainer, at: datetime, reason: str, **about: Any
) -> Application:
    return decide_and_release(application, "return", by=by, at=at, words=reason, **about)


def deny_application(application: Application, *, by: Trainer, at: datetime, reason: str) -> Application:
    return decide_and_release(application, "deny", by=by, at=at, words=reason)


def decide_and_release(
    application: Application, verdict: str, *, by: Trainer, at: datetime, **said: Any
) -> Application:
    """Decide, and release the decision ten minutes later. `said` holds the words, the code of the
    reason, and the record that the decision is about.
    """
    decision = decide_application(application, verdict=verdict, by=by, at=at, **said)
    release_renewal_decision(decision, at=decision.effective_at)
    return Application.objects.get(pk=application.pk)


def reopen_application(
    application: Application, *, by: Trainer, at: datetime, reason: str, through: date | None = None
) -> Application:
    """Reopen a denial: `by` proposes it, and another lead of the cast confirms it."""
    proposal = propose_reopening(application, by=by, at=at, reason=reason, through=through)
    second = next(one for one in map(colleague, ("second_lead", "lead")) if one != by)
    agree_to_reopening(proposal, by=second, at=at)
    return Application.objects.get(pk=application.pk)
