"""Lock a renewal, move it to another state, queue its notices, and find the policy version that
applies to it.
"""

from collections.abc import Mapping
from datetime import datetime

from cases.locking import lock_case, lock_cycle
from cases.services.snoozing import follow_case_step
from core import transitions
from core.history import subject_of
from outbox.notices import queue_notice
from renewals.models import OPEN_STATES, Application
from rules.policy.model import PolicyVersion
from trainers.models import Credential, Cycle, Trainer

# What a decision about a renewal writes, and those that go with it hold as well.
DECIDED_TOGETHER = (
    *("returned_reason", "returned_on", "correct_through", "correction_days_spent", "decided_by_id"),
    "end_reason",
)


def lock_renewal(application: Application) -> Application:
    """Return an application read again under lock, with its credential and trainer, after locking
    every certification that it may renew. Of one that is renewed with another one it is that other
    one, which decides for both.
    """
    lock_certifications_with(application.cycle)
    return lock_case(application.renewed_with or application)


def joined_with(application: Application) -> list[Application]:
    """Return the renewals that are paid and decided with this one, by certification, each with its
    cycle, credential and trainer. None where the policy lets a renewal be about one alone.
    """
    if not says_several(application.cycle):
        return []
    rows = Application.objects.filter(renewed_with=application.pk, covered=False)
    return list(rows.select_related("cycle__credential__trainer").order_by("cycle__credential"))


def says_several(cycle: Cycle) -> bool:
    """Return whether a version of the cycle's policy says something to people with several."""
    policy = cycle.policy
    return policy.wide and any(version.families.several for version in policy.versions)


def lock_certifications_with(cycle: Cycle) -> None:
    """Lock every certification of the cycle's trainer, in the order of their primary keys, where a
    version of its policy says something to people with several: a renewal may renew the others.
    """
    if says_several(cycle):
        rows = Credential.objects.select_for_update().filter(trainer=cycle.credential.trainer_id)
        list(rows.order_by("pk").values_list("pk"))


def lock_renewal_of(cycle: Cycle) -> tuple[Cycle, Application | None]:
    """Return a cycle, after locking its credential, and its open application under lock; None when
    there is none.
    """
    lock_certifications_with(cycle)
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
    """Move a locked application to `state`, with its history, and those that are renewed with it; but
    an approval is each one's own. Raises Refusal for a step that is not in TRANSITIONS.
    """
    before, trainer = application.state, application.cycle.credential.trainer
    transitions.move(application, state, verb, trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    follow_case_step(application, by=by, at=at)
    if state != Application.State.APPROVED:
        for one in joined_with(application):
            if one.state == before:
                follow_renewal(one, application, verb, by=by, at=at, reason=reason)
    return application


def follow_renewal(
    joined: Application, leader: Application, verb: str, *, by: Trainer | None, at: datetime, reason: str = ""
) -> None:
    """Move a renewal into the state of the one that it goes with, with what was decided about both."""
    for name in DECIDED_TOGETHER:
        setattr(joined, name, getattr(leader, name))
    trainer = joined.cycle.credential.trainer
    transitions.move(joined, leader.state, verb, trainer=trainer, by=by, at=at, reason=reason)


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
