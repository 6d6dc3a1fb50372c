"""The credential: granted once with its current cycle; suspended, reinstated or revoked by a lead (Q24)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refusal
from core.history import record_history, subject_of
from core.policy_words import check_fits
from core.transitions import check_step, check_words, move
from outbox.notices import queue_notice
from rules.cycle import cycle_number
from rules.days import day_in_words
from rules.next_cycles import may_leave_series
from rules.policy.load import load_policy
from trainers.models import Credential, Trainer
from trainers.models.credential import normalise_number
from trainers.notice_codes import STANDING
from trainers.services.cycles import open_cycle, plan_missed_reminder
from trainers.services.policies import birthday_for

LONGEST_REASON = 2000
State = Credential.State


def grant_credential(
    trainer: Trainer,
    *,
    number: str,
    policy_code: str,
    awarded_on: date,
    cycle_expires_on: date,
    by: Trainer | None,
    at: datetime,
) -> Credential:
    """Grant a credential and its current cycle, which ends on `cycle_expires_on`. Idempotent for
    the same trainer and award.

    Raises Refusal when the number belongs to another trainer or award (field "number"), when no
    cycle of the award ends on that day (field "expires_on", Q7), when the policy counts in another
    unit than the portal, and when it counts from a day of birth that is unknown (field "born_on").
    """
    number, policy = normalise_number(number), load_policy(policy_code)
    check_fits(policy)
    born_on = birthday_for(policy, trainer)
    in_series = cycle_number(policy, awarded_on, cycle_expires_on, born_on) is not None
    if not in_series and not (may_leave_series(policy) and awarded_on < cycle_expires_on):
        raise Refusal("No cycle of this award ends on that day.", code="off_series", field="expires_on")
    with transaction.atomic():
        try:
            with transaction.atomic():
                credential = Credential.objects.create(
                    trainer=trainer, number=number, policy_code=policy_code, awarded_on=awarded_on
                )
        except IntegrityError:
            return _granted_before(trainer, number, policy_code, awarded_on)
        detail = {"number": number, "awarded_on": awarded_on.isoformat()}
        record_history(
            credential, "granted", trainer=trainer, by=by, at=at, change=("", State.IN_FORCE), detail=detail
        )
        open_cycle(credential, expires_on=cycle_expires_on, by=by, at=at)
    return credential


def suspend_credential(
    credential: Credential, *, by: Trainer | None, at: datetime, on: date, reason: str
) -> Credential:
    """Suspend a credential from the day `on`: its trainer is not certified and may not apply (Q24).
    Raises Refusal when `by` is not a lead, or gives no reason.
    """
    return _move(credential, State.SUSPENDED, "suspended", by=by, at=at, on=on, reason=reason)


def suspend_by_rules(credential: Credential, *, at: datetime, reason: str) -> Credential:
    """Suspend a credential from the day of `at`, because its policy says so and nobody decides about it,
    such as after an audit that was not passed. Idempotent; only a lead reinstates it.
    """
    with transaction.atomic():
        credential = Credential.objects.select_for_update().select_related("trainer").get(pk=credential.pk)
        if not credential.in_force:
            return credential
        on = clock.date_of(at, credential.policy.time_zone)
        return _store_state(credential, State.SUSPENDED, "suspended", by=None, at=at, on=on, reason=reason)


def reinstate_credential(
    credential: Credential, *, by: Trainer | None, at: datetime, on: date, reason: str
) -> Credential:
    """Reinstate a credential from the day `on`; its expiration date does not change (Q24). Raises
    Refusal when `by` is not a lead, or gives no reason.
    """
    return _move(credential, State.IN_FORCE, "reinstated", by=by, at=at, on=on, reason=reason)


def revoke_credential(
    credential: Credential, *, by: Trainer | None, at: datetime, on: date, reason: str
) -> Credential:
    """Revoke a credential from the day `on` (Q24). Raises Refusal when `by` is not a lead, or gives
    no reason.

    Called only by `cases/revoking.py`, in the transaction in which a second lead confirms the
    proposal: the database refuses a revocation without a confirmed proposal.
    """
    return _move(credential, State.REVOKED, "revoked", by=by, at=at, on=on, reason=reason)


def _move(
    credential: Credential, state: str, verb: str, *, by: Trainer | None, at: datetime, on: date, reason: str
) -> Credential:
    with transaction.atomic():
        credential = Credential.objects.select_for_update().select_related("trainer").get(pk=credential.pk)
        _check_lead(credential, by)
        if credential.state == state:
            return credential
        check_standing_change(credential, state, verb, by=by, at=at, on=on)
        reason = check_words(reason, field="reason", mailed=True, longest=LONGEST_REASON)
        return _store_state(credential, state, verb, by=by, at=at, on=on, reason=reason)


def _store_state(
    credential: Credential, state: str, verb: str, *, by: Trainer | None, at: datetime, on: date, reason: str
) -> Credential:
    """Store the state of a locked credential from the day `on`, with its history and its mail."""
    credential.state_on = on
    detail = {"on": on.isoformat()}
    move(credential, state, verb, trainer=credential.trainer, by=by, at=at, reason=reason, detail=detail)
    _queue_standing_notice(credential, at=at, reason=reason)
    if credential.in_force:
        plan_missed_reminder(credential, at=at)
    return credential


def check_standing_change(
    credential: Credential, state: str, verb: str, *, by: Trainer | None, at: datetime, on: date
) -> None:
    """Raise Refusal unless `by` is a lead who may change the credential's state to `state` from the
    day `on`.
    """
    _check_lead(credential, by)
    check_step(credential, state, verb)
    _check_day(credential, on, at)


def _queue_standing_notice(credential: Credential, *, at: datetime, reason: str) -> None:
    """Queue the mail that names the new state, its day and the reason."""
    payload = {"state": credential.state, "on": str(credential.state_on), "reason": reason}
    queue_notice(
        STANDING,
        subject=subject_of(credential),
        event=f"{credential.state} {at.isoformat()}",
        trainer=credential.trainer,
        send_at=at,
        payload=payload,
    )


def _granted_before(trainer: Trainer, number: str, policy_code: str, awarded_on: date) -> Credential:
    credential = Credential.objects.filter(number=number).first()
    same = credential and (credential.trainer_id, credential.policy_code, credential.awarded_on)
    if credential is None or same != (trainer.pk, policy_code, awarded_on):
        raise Refusal("This number was given to another award.", code="number_taken", field="number")
    return credential


def _check_lead(credential: Credential, by: Trainer | None) -> None:
    if by is None or not by.has_perm("trainers.suspend_credential"):
        raise Refusal("Only a lead may do this.", code="not_allowed")
    if by.pk == credential.trainer_id:
        raise Refusal("Another lead must decide about your own certification.", code="own_case")


def _check_day(credential: Credential, on: date, at: datetime) -> None:
    """Raise Refusal for a day before the last change of state (or the award) or after today, in the
    policy's zone.
    """
    earliest = credential.state_on or credential.awarded_on
    if not earliest <= on <= clock.date_of(at, credential.policy.time_zone):
        raise Refusal(
            f"Choose a day from {day_in_words(earliest)} to today.", code="day_out_of_range", field="on"
        )
