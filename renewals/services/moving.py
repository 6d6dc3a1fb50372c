"""Lock a renewal, move it to another state, queue its notices, and find the policy version that
applies to it.
"""

from collections.abc import Mapping
from datetime import datetime

from cases.locking import lock_cycle
from cases.services.snoozing import follow_case_step
from core import transitions
from core.history import subject_of
from outbox.notices import queue_notice
from renewals.models import OPEN_STATES, Application
from rules.policy.model import PolicyVersion
from trainers.models import Cycle, Trainer


def lock_renewal_of(cycle: Cycle) -> tuple[Cycle, Application | None]:
    """Return a cycle, after locking its credential, and its open application under lock; None when
    there is none.
    """
    cycle = lock_cycle(cycle)
    application = Application.objects.select_for_update().filter(cycle=cycle, state__in=OPEN_STATES).first()
    if application:
        application.cycle = cycle
    return cycle, application


def figures_for(application: Application) -> PolicyVersion:
    """Return the policy version in force on the day of receipt (Q14)."""
    return application.cycle.policy.version_on(application.submission.received_on)


def move_application(
    application: Application,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> Application:
    """Move a locked application to `state`, with its history. Raises Refusal for a step that is not
    in TRANSITIONS.
    """
    trainer = application.cycle.credential.trainer
    transitions.move(application, state, verb, trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    follow_case_step(application, by=by, at=at)
    return application


def queue_renewal_notice(
    code: str, application: Application, *, event: str, at: datetime, send_at: datetime | None = None
) -> None:
    """Queue the notice `code` about an application, once for each `event`, to be sent from
    `send_at` on (by default `at`).
    """
    queue_notice(
        code,
        subject=subject_of(application),
        event=event,
        trainer=application.trainer,
        send_at=send_at or at,
    )
