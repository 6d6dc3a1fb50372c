"""How every step of a renewal begins and ends: rows locked in one order, and one way to change the state."""

from datetime import datetime
from typing import Any

from django.db import connection

from core import transitions
from core.constraints import given
from core.history import record_history
from renewals.errors import RenewalRefusal
from renewals.models import OPEN_STATES, Application
from rules.policy.model import PolicyVersion
from trainers.models import Credential, Cycle, Trainer


def hold_cycle(cycle: Cycle) -> tuple[Cycle, Application | None]:
    """Read the credential, the cycle and its open application again under lock, in this order."""
    cycle = _locked_cycle(cycle.pk, cycle.credential_id)
    application = Application.objects.select_for_update().filter(cycle=cycle, state__in=OPEN_STATES).first()
    if application:
        application.cycle = cycle
    return cycle, application


def hold(application: Application) -> Application:
    """Read an application again under lock, its credential and its cycle first."""
    credential_id = Cycle.objects.values_list("credential_id", flat=True).get(pk=application.cycle_id)
    cycle = _locked_cycle(application.cycle_id, credential_id)
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.cycle = cycle
    return application


def terms_of(application: Application) -> PolicyVersion:
    """The policy version that decides about the work on an application: the one of its day of receipt (Q14)."""
    return application.cycle.credential.policy.version_on(given(application.received_on))


def check_step(application: Application, state: str, verb: str) -> None:
    """Raise RenewalRefusal unless `state` is one step from where the application stands."""
    sentence = "A renewal that is {state} cannot be {verb}."
    transitions.check_step(application, state, sentence, verb=verb, refusal=RenewalRefusal)


def move(
    application: Application,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Application:
    """Take one step of the application's life and write it down. Raises RenewalRefusal when it is no step from here."""
    check_step(application, state, verb)
    before, application.state = application.state, state
    application.ended_at = None if state in OPEN_STATES else at
    application.save()
    record_history(
        application,
        verb,
        trainer=application.cycle.credential.trainer,
        by=by,
        at=at,
        change=(before, state),
        reason=reason,
        detail=detail,
    )
    return application


def _locked_cycle(cycle_id: int, credential_id: int) -> Cycle:
    if not connection.in_atomic_block:
        raise RuntimeError("rows are locked inside a transaction")
    credentials = Credential.objects.select_for_update(of=("self",)).select_related("trainer")
    credential = credentials.get(pk=credential_id)
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    cycle.credential = credential
    return cycle
