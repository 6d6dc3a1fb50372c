"""Renew the lower certifications together with a higher one, without needs or a fee of their own, where
the policies of both say that the highest renews the lower ones.
"""

from collections.abc import Iterator
from datetime import date, datetime

from core import clock
from core.history import record_history
from core.references import new_reference
from renewals.models import OPEN_STATES, Application
from renewals.ranks import is_renewed_by, renews_lower
from renewals.services.moving import move_application
from renewals.services.reminders import cancel_reminders
from renewals.standing import approved_standing, standing_without_a_way
from rules.answers import standing_as_dict
from rules.days import FOR_LIFE_THROUGH
from trainers.last_days import last_day_to_apply
from trainers.models import Credential, Cycle, Trainer
from trainers.services.cycles import open_next_cycle

State = Application.State
TAKEN = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.APPROVED)
WITHDRAWN_FOR = "It was renewed together with {number}."


def approve_lower_certifications(
    application: Application, *, by: Trainer | None, at: datetime
) -> list[Application]:
    """Renew the current cycle of each certification of the trainer that is renewed with the one of
    `application`, which has just been approved, and return these renewals.

    The caller has locked the trainer's certifications (`lock_renewal`).
    """
    opened = Cycle.objects.latest_of(application.cycle.credential)
    found = list(lower_cycles(application, through=opened.expires_on))
    return [_approve_lower(cycle, application, by=by, at=at) for cycle in found]


def lower_cycles(application: Application, *, through: date) -> Iterator[Cycle]:
    """Yield the current cycle of each other certification in force that both policies rank lower and
    that is not for life.

    It ends on or before `through`, the last day of the higher one's next cycle; its last day to
    apply, as it may have been moved (Q34), was not over on the day of receipt; and no renewal of its own is being decided or was
    approved.
    """
    if not renews_lower(application.cycle.policy):
        return
    credential = application.cycle.credential
    others = Credential.objects.filter(trainer=credential.trainer_id, state=Credential.State.IN_FORCE)
    cycles = (
        Cycle.objects.current()
        .filter(credential__in=others.exclude(pk=credential.pk), expires_on__lte=through)
        .exclude(expires_on=FOR_LIFE_THROUGH)
    )
    taken = Application.objects.filter(state__in=TAKEN, cycle__in=cycles)
    rows = cycles.exclude(pk__in=taken.values("cycle")).select_related("credential__trainer")
    for cycle in rows.order_by("credential"):
        day = clock.date_of(application.submission.received_at, cycle.policy.time_zone)
        if is_renewed_by(application, cycle, through=through) and day <= last_day_to_apply(cycle):
            yield cycle


def _approve_lower(cycle: Cycle, leader: Application, *, by: Trainer | None, at: datetime) -> Application:
    number = leader.cycle.credential.display_number
    for draft in Application.objects.filter(cycle=cycle, state__in=OPEN_STATES):
        draft.cycle = cycle
        reason = WITHDRAWN_FOR.format(number=number)
        move_application(draft, State.WITHDRAWN, "withdrawn", by=by, at=at, reason=reason)
    received_on = clock.date_of(leader.submission.received_at, cycle.policy.time_zone)
    standing = approved_standing(cycle, standing_without_a_way(cycle, received_on), at=at)
    renewal = Application.objects.create(
        reference=new_reference("R"),
        cycle=cycle,
        trainer=leader.trainer,
        renewed_with=leader,
        covered=True,
        state=State.APPROVED,
        started_at=at,
        ended_at=at,
        received_at=leader.received_at,
        received_on=received_on,
        fee_total_cents=0,
        fee_currency=leader.fee_currency,
        attestation_text=leader.attestation_text,
        attestation_version=leader.attestation_version,
        tier=standing.tier,
        policy_version=cycle.policy.version_name(received_on),
        pay_through=leader.pay_through,
        assessment=standing_as_dict(standing),
        decided_by=leader.decided_by,
    )
    detail = {"certification": number, "renewal": leader.reference}
    change = ("", State.APPROVED)
    trainer = cycle.credential.trainer
    record_history(renewal, "renewed with", trainer=trainer, by=by, at=at, change=change, detail=detail)
    open_next_cycle(cycle, standing=standing, by=by, at=at)
    cancel_reminders(cycle, at=at)
    return renewal
