"""The cycles of a credential: the rules give their dates. Each begins on the day after the one before
it (S1, Q7), or as the policy says on the day of receipt or approval.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction

from core import clock
from core.history import record_history
from rules.answers import Standing
from rules.cycle import next_cycle
from rules.cycle_ends import E, NoBirthday
from rules.days import FOR_LIFE, CyclePeriod
from rules.facts import NO_CIRCUMSTANCES, Circumstances, Facts
from rules.given_status import path_codes, path_giving_status, status_words
from rules.next_cycles import cycle_counted_from
from rules.policy.load import load_policy
from rules.policy.model import Policy
from rules.reminders import next_reminder_on, reminders_due, renewal_marks
from rules.standing import assess
from trainers.circumstances import born_on_of
from trainers.models import Credential, Cycle, Trainer
from trainers.services.policies import drop_next_policy, follow_next_policy


class CycleDates(NamedTuple):
    """The dates that a cycle stores, all inclusive."""

    starts_on: date
    expires_on: date
    opens_on: date
    completion_deadline: date
    last_day_to_apply: date


# Kept by the policy itself, not by its code: once a version is approved, the code means another policy.
@lru_cache(maxsize=16_384)
def cycle_dates(
    policy: Policy,
    awarded_on: date,
    expires_on: date,
    born_on: date | None = None,
    starts_on: date | None = None,
) -> CycleDates:
    """Return every stored date of the cycle that ends on `expires_on`, as the rules compute them on
    that day (Q2, Q4, Q7, Q8). Only a policy that counts cycles from the day of birth needs `born_on`.
    Without `starts_on` the cycle begins on the day after the one before it.
    """
    more = Circumstances(born_on=born_on) if born_on else NO_CIRCUMSTANCES
    facts = Facts(expires_on=expires_on, starts_on=starts_on, awarded_on=awarded_on, more=more)
    standing = assess(facts, expires_on, policy)
    dates = standing.dates
    return CycleDates(
        standing.cycle.starts_on,
        expires_on,
        dates.opens_on,
        dates.completion_deadline,
        dates.last_day_to_apply,
    )


@lru_cache(maxsize=16_384)
def first_reminder_on(policy: Policy, starts_on: date, expires_on: date, today: date) -> date | None:
    """Return the date of the first reminder after `today`, None without one. Earlier reminders are
    not sent for a cycle that is added late.
    """
    marks = renewal_marks(policy, CyclePeriod(starts_on, expires_on))
    return next_reminder_on(marks, after=today)


def open_cycle(
    credential: Credential,
    *,
    expires_on: date,
    starts_on: date | None = None,
    counted_from: str = E,
    renewed_by: str = "",
    by: Trainer | None,
    at: datetime,
) -> Cycle:
    """Write one cycle and its history; `renewed_by` is the code of the way by which a renewal opened it. The
    caller opens the transaction and has locked the credential.
    """
    policy = credential.policy
    born_on = born_on_of(credential, policy)
    dates = cycle_dates(policy, credential.awarded_on, expires_on, born_on, starts_on)
    today = clock.date_of(at, policy.time_zone)
    remind_on = first_reminder_on(policy, dates.starts_on, dates.expires_on, today)
    version = policy.version_on(dates.starts_on)
    cycle = Cycle.objects.create(
        credential=credential,
        remind_on=remind_on,
        policy_code=policy.code,
        policy_from=version.in_force_from,
        counted_from=counted_from,
        renewed_by=renewed_by,
        **dates._asdict(),
    )
    detail = {"starts_on": dates.starts_on.isoformat(), "expires_on": dates.expires_on.isoformat()}
    if cycle.is_for_life:
        detail["expires_on"] = FOR_LIFE
    if path := cycle.status_path:
        detail["status"] = str(path.status)
    record_history(cycle, "cycle_opened", trainer=credential.trainer, by=by, at=at, detail=detail)
    return cycle


def plan_missed_reminder(credential: Credential, *, at: datetime) -> None:
    """Plan for today the latest reminder that came due while the credential was not in force, if
    any.
    """
    cycle, policy = Cycle.objects.latest_of(credential), credential.policy
    today = clock.date_of(at, policy.time_zone)
    if reminders_due(renewal_marks(policy, CyclePeriod(cycle.starts_on, cycle.expires_on)), today):
        Cycle.objects.filter(pk=cycle.pk).update(remind_on=today)


def open_next_cycle(
    cycle: Cycle, *, standing: Standing | None = None, by: Trainer | None, at: datetime
) -> Cycle:
    """Open the cycle after `cycle` that `standing`, by which its renewal is approved, gives; without
    it the usual one. Idempotent: an existing next cycle is returned (Q7).
    """
    with transaction.atomic():
        credential = Credential.objects.select_for_update().get(pk=cycle.credential_id)
        opened = Cycle.objects.opened_after(cycle)
        if opened:
            return opened
        Cycle.objects.filter(pk=cycle.pk).update(remind_on=None)
        period, counted_from = _following(credential, cycle, standing)
        if reason := why_policy_stays(credential, standing):
            drop_next_policy(credential, by=by, at=at, reason=reason)
        else:
            follow_next_policy(credential, by=by, at=at)
        return open_cycle(
            credential,
            expires_on=period.expires_on,
            starts_on=period.starts_on,
            counted_from=counted_from,
            renewed_by=_kept_path(credential.policy, standing),
            by=by,
            at=at,
        )


def foreseen_next_cycle(cycle: Cycle, standing: Standing | None = None) -> Cycle:
    """Return the cycle that `open_next_cycle` would open after `cycle`, unsaved. No query."""
    credential, policy = cycle.credential, _policy_of_next(cycle.credential, standing)
    period, counted_from = _following(credential, cycle, standing)
    born_on = born_on_of(credential, policy)
    dates = cycle_dates(policy, credential.awarded_on, period.expires_on, born_on, period.starts_on)
    return Cycle(
        credential=credential,
        policy_code=policy.code,
        counted_from=counted_from,
        renewed_by=_kept_path(policy, standing),
        **dates._asdict(),
    )


def foreseen_period(cycle: Cycle, standing: Standing) -> CyclePeriod:
    """Return the days of the cycle that `open_next_cycle` would open after `cycle`. No query."""
    return _following(cycle.credential, cycle, standing)[0]


def next_last_day(cycle: Cycle, *, received_on: date, approved_on: date) -> date | None:
    """Return the last day of the cycle that `open_next_cycle` would open after `cycle`, if a renewal that
    is received and approved on these days is; None while that takes a day of birth that nobody stated.
    No query: what only some policies ask about a person is not.
    """
    policy = cycle.policy
    day = max(received_on, policy.versions[0].in_force_from)
    try:
        born_on = born_on_of(cycle.credential, policy)
        more = Circumstances(born_on=born_on, path=cycle.path or None, approved_on=approved_on)
        facts = Facts(cycle.expires_on, cycle.starts_on, cycle.credential.awarded_on, day, more=more)
        return _following(cycle.credential, cycle, assess(facts, day, policy))[0].expires_on
    except NoBirthday:
        return None


def why_policy_stays(credential: Credential, standing: Standing | None) -> str:
    """Return why the policy that was chosen for the next cycle is not followed after a renewal by `standing`;
    "" when it is. It is not where no next cycle ends, and where it does not know the status that the renewal
    gives: nobody would be told that its holder is inactive.
    """
    if standing is None or not credential.next_policy_code:
        return ""
    if standing.dates.next_cycle.is_for_life:
        return "It was renewed for life."
    status, policy = (
        standing.more.next_status if standing.more else None,
        load_policy(credential.next_policy_code),
    )
    if status is None or _kept_path(policy, standing):
        return ""
    return f"It was renewed as {status_words(status)}, which {policy.title} does not know."


def _kept_path(policy: Policy, standing: Standing | None) -> str:
    """Return the code of the way by which `standing` renews, where `policy`, that of the next cycle, has it and
    means the same by it; else "".
    """
    more = standing.more if standing else None
    if standing is None or more is None or not more.path or more.path not in path_codes(policy):
        return ""
    path = path_giving_status(policy, standing.dates.next_cycle.starts_on, more.path)
    return more.path if (path.status if path else None) == more.next_status else ""


def _policy_of_next(credential: Credential, standing: Standing | None) -> Policy:
    stays = why_policy_stays(credential, standing)
    return load_policy((not stays and credential.next_policy_code) or credential.policy_code)


def _following(credential: Credential, cycle: Cycle, standing: Standing | None) -> tuple[CyclePeriod, str]:
    """Return the next cycle and from which day it is counted. Where another policy is followed from
    then on, that one gives its length. A renewal never gives an earlier end: then the cycle is counted
    from E.
    """
    policy = _policy_of_next(credential, standing)
    born_on = born_on_of(credential, policy)
    usual = next_cycle(policy, credential.awarded_on, cycle.expires_on, born_on)
    if standing is None:
        return usual, E
    given, counted_from = standing.dates.next_cycle, standing.more.next_from if standing.more else E
    if not given.is_for_life and policy.code != cycle.policy.code:
        counts_from = born_on or cycle.expires_on
        given = usual if counted_from == E else cycle_counted_from(policy, given.starts_on, counts_from)
    later = given.starts_on > cycle.starts_on and given.expires_on > cycle.expires_on
    return (given, counted_from) if later else (usual, E)
