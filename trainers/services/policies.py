"""Which policy a credential follows. Another one is followed from the first day of the next cycle on."""

from datetime import date, datetime

from django.db import transaction

from core import clock
from core.errors import Refusal
from core.history import record_history, subject_of
from core.policy_words import check_fits
from core.transitions import check_words
from outbox.notices import queue_notice
from rules.asking import needs_birthday
from rules.days import add_days
from rules.next_cycles import follows_e
from rules.policy.load import load_policy, policy_names
from rules.policy.model import Policy
from trainers.circumstances import wrong_birthday
from trainers.models import Credential, Cycle, Trainer
from trainers.notice_codes import POLICY

LEAD = "trainers.suspend_credential"
LONGEST_REASON = 2000


def switch_policy(
    credential: Credential,
    *,
    policy: str,
    reason: str,
    by: Trainer | None,
    at: datetime,
    born_on: date | None = None,
) -> Credential:
    """Let a credential follow another policy from its next cycle on. The policy that it follows
    now, given as `policy`, takes such a switch back. Idempotent.

    The running cycle stays under the policy that it began with, with its days, requirements and
    prices. `born_on` is stored where the policy counts from the day of birth and none is known.
    Raises Refusal when `by` is not a lead or gives no reason, for a certification for life, for a policy
    that does not exist, for one that counts in another unit or currency, and without a day of birth that the policy
    counts from.
    """
    with transaction.atomic():
        credential = Credential.objects.select_for_update().select_related("trainer").get(pk=credential.pk)
        _check_lead(credential, by)
        if Cycle.objects.latest_of(credential).is_for_life:
            raise Refusal("It is for life: no next cycle begins.", code="for_life", field="policy")
        if policy not in policy_names():
            raise Refusal("Choose a policy of the list.", code="no_policy", field="policy")
        check_fits(load_policy(policy))
        chosen = "" if policy == credential.policy_code else policy
        if chosen == credential.next_policy_code:
            return credential
        reason = check_words(reason, field="reason", mailed=True, longest=LONGEST_REASON)
        _store_birthday(credential, born_on, load_policy(policy), by=by, at=at, reason=reason)
        before = credential.next_policy_code or credential.policy_code
        credential.next_policy_code = chosen
        credential.save(update_fields=["next_policy_code"])
        _record(credential, "policy_planned", before, policy, by=by, at=at, reason=reason)
        _queue_mail(credential, policy, reason, at=at)
    return credential


def _queue_mail(credential: Credential, policy: str, reason: str, *, at: datetime) -> None:
    begins_on = first_day_of_next(credential)
    queue_notice(
        POLICY,
        subject=subject_of(credential),
        event=f"{policy} {at.isoformat()}",
        trainer=credential.trainer,
        send_at=at,
        payload={"policy": policy, "on": begins_on.isoformat() if begins_on else "", "reason": reason},
    )


def follow_next_policy(credential: Credential, *, by: Trainer | None, at: datetime) -> None:
    """Make the policy that was chosen for the next cycle the credential's own. Idempotent. The
    caller has locked the credential and opens the cycle in the same transaction.
    """
    if not credential.next_policy_code:
        return
    before, credential.policy_code = credential.policy_code, credential.next_policy_code
    Cycle.objects.filter(credential=credential, policy_code="").update(policy_code=before)
    credential.next_policy_code = ""
    credential.save(update_fields=["policy_code", "next_policy_code"])
    _record(credential, "policy_switched", before, credential.policy_code, by=by, at=at)


def drop_next_policy(credential: Credential, *, by: Trainer | None, at: datetime, reason: str) -> None:
    """Let a credential stay under its policy, such as one that was renewed for life. Idempotent. The caller
    has locked the credential and opens the cycle in the same transaction.
    """
    if not credential.next_policy_code:
        return
    before, credential.next_policy_code = credential.next_policy_code, ""
    credential.save(update_fields=["next_policy_code"])
    _record(credential, "policy_planned", before, credential.policy_code, by=by, at=at, reason=reason)


def birthday_for(policy: Policy, trainer: Trainer) -> date | None:
    """Return the day of birth, if the policy counts cycles from it; raises Refusal when it is unknown."""
    if not needs_birthday(policy):
        return None
    if trainer.born_on is None:
        sentence = f"{policy.title} counts from the day of birth. Enter it first."
        raise Refusal(sentence, code="no_birthday", field="born_on")
    return trainer.born_on


def _store_birthday(
    credential: Credential,
    born_on: date | None,
    policy: Policy,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str,
) -> None:
    """Store the day of birth, if the policy counts from it and it is unknown. Raises Refusal without
    one: no cycle could be opened under the policy.
    """
    trainer = Trainer.objects.select_for_update().get(pk=credential.trainer_id)
    if born_on and needs_birthday(policy) and trainer.born_on is None:
        if sentence := wrong_birthday(born_on, clock.date_of(at, policy.time_zone)):
            raise Refusal(sentence, code="impossible", field="born_on")
        trainer.born_on = born_on
        trainer.save(update_fields=["born_on"])
        detail = {"Day of birth": ["", born_on.isoformat()]}
        record_history(credential, "facts_set", trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    birthday_for(policy, trainer)


def policies_without_a_file() -> list[str]:
    """Return the codes of policies that certifications or cycles follow, now or next, and that have no
    file. Three queries.
    """
    known = ("", *policy_names())
    stored = (
        Credential.objects.exclude(policy_code__in=known).values_list("policy_code", flat=True),
        Credential.objects.exclude(next_policy_code__in=known).values_list("next_policy_code", flat=True),
        Cycle.objects.exclude(policy_code__in=known).values_list("policy_code", flat=True),
    )
    return sorted({code for rows in stored for code in rows.order_by().distinct()})


def first_day_of_next(credential: Credential) -> date | None:
    """Return the first day of the next cycle, the day after the running one ends; None where the rules of
    the running one count it from the day on which a renewal is received or approved, or may do so.
    """
    cycle = Cycle.objects.latest_of(credential)
    return add_days(cycle.expires_on, 1) if follows_e(cycle.policy, cycle.starts_on) else None


def _record(
    credential: Credential,
    verb: str,
    before: str,
    after: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
) -> None:
    detail = {"policy": [before, after]}
    record_history(credential, verb, trainer=credential.trainer, by=by, at=at, reason=reason, detail=detail)


def _check_lead(credential: Credential, by: Trainer | None) -> None:
    if by is None or not by.has_perm(LEAD):
        raise Refusal("Only a lead may do this.", code="not_allowed")
    if by.pk == credential.trainer_id:
        raise Refusal("Another lead must decide about your own certification.", code="own_case")
    if not credential.in_force:
        raise Refusal("Reinstate the certification first.", code="not_in_force")
