"""The draw: announce, open and close periods, and encrypt their secrets with the newest key; draw
each cycle once, in the open period (Q20).
"""

import logging
import secrets
from dataclasses import replace
from datetime import date, datetime

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import IntegrityError, transaction

from audits.models import Draw, DrawPeriod
from audits.models.draw import SEAL, DrawPeriodQuerySet
from core import clock
from core.constraints import require_value
from core.errors import Refusal
from core.history import record_history
from core.policy_words import fitting_policies
from rules.acts import BY_RATE
from rules.days import add_days
from rules.draw import SECRET_BYTES, DrawDates, commitment_of, draw_dates, draw_number, is_selected, seed_of
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.models import Cycle, Trainer

LONGEST_VALUE = 200
UNREADABLE = "The secret of draw period %s cannot be read: put its key into SECRET_KEY_FALLBACKS."
log = logging.getLogger(__name__)


def announce_period(
    policy: Policy,
    *,
    dates: DrawDates,
    by: Trainer | None,
    at: datetime,
    public_value_name: str = "",
    secret: str = "",
) -> DrawPeriod:
    """Create a period with a secret, and publish the hash of the secret (the commitment).
    Idempotent. Only the demo gives a `secret`.
    """
    known = DrawPeriod.objects.of_policy(policy.code).filter(code=dates.code).first()
    if known:
        return known
    secret = secret or secrets.token_hex(SECRET_BYTES)
    period = DrawPeriod(
        policy_code=policy.code,
        code=dates.code,
        first_on=dates.first_on,
        last_on=dates.last_on,
        rate=policy.version_on(dates.first_on).audit_rate,
        commitment=commitment_of(dates.code, secret),
        sealed_secret=SEAL.seal_text(secret),
        public_value_name=public_value_name,
        announced_at=at,
    )
    try:
        with transaction.atomic():
            period.save(force_insert=True)
            _note(period, "announced", ("", DrawPeriod.State.ANNOUNCED), by=by, at=at)
    except IntegrityError:  # another worker announced it first
        return DrawPeriod.objects.get(policy_code=policy.code, code=dates.code)
    return period


def open_period(
    period: DrawPeriod, *, by: Trainer | None, at: datetime, public_value: str = ""
) -> DrawPeriod:
    """Open a draw period. Its seed depends on `public_value`; "" declares that there is none.
    Idempotent.

    Raises Refusal before the period's first day, after its last day, and when it was opened with
    another value.
    """
    with transaction.atomic():
        period = _lock_period(period)
        public_value = public_value.strip()
        if period.opened_at:
            if period.public_value != public_value:
                raise Refusal("This period is open with another value.", code="opened", field="public_value")
            return period
        if by is not None and not by.has_perm("audits.open_drawperiod"):
            raise Refusal("You may not open a draw period.", code="not_allowed")
        today = _day(period, at)
        if not period.first_on <= today <= period.last_on:
            raise Refusal("A period opens from its first day through its last.", code="not_its_day")
        if len(public_value) > LONGEST_VALUE:
            sentence = f"Use at most {LONGEST_VALUE} characters."
            raise Refusal(sentence, code="length", field="public_value")
        period.public_value, period.opened_at = public_value, at
        period.save(update_fields=["public_value", "opened_at"])
        _note(period, "opened", (DrawPeriod.State.ANNOUNCED, DrawPeriod.State.OPEN), by=by, at=at)
        return period


def close_period(period: DrawPeriod, *, at: datetime) -> DrawPeriod:
    """Close an opened period and reveal its secret. Idempotent. Raises Refusal until its last day
    has ended.
    """
    with transaction.atomic():
        period = _lock_period(period)
        if period.closed_at or not period.opened_at:
            return period
        if _day(period, at) <= period.last_on:
            raise Refusal("A period is closed after its last day.", code="too_early")
        period.secret, period.closed_at = SEAL.unseal_text(period.sealed_secret), at
        period.save(update_fields=["secret", "closed_at"])
        _note(period, "closed", (DrawPeriod.State.OPEN, DrawPeriod.State.CLOSED), by=None, at=at)
        return period


def keep_periods(policy: Policy, *, at: datetime) -> None:
    """Close the periods that have ended, announce the current and the next one, and open the
    current one. Staff open a period that needs a public value.

    Idempotent; several processes may run it at once, and a late run does all that was missed.
    """
    today, name = clock.date_of(at, policy.time_zone), settings.DRAW_PUBLIC_VALUE
    for ended in DrawPeriod.objects.of_policy(policy.code).opened().filter(closed_at=None, last_on__lt=today):
        try:
            close_period(ended, at=at)
        except InvalidToken:
            log.error(UNREADABLE, ended.code)
    running = _announce_period_of(policy, today, at=at, name=name)
    _announce_period_of(policy, add_days(running.last_on, 1), at=at, name=name)
    if not running.public_value_name and not running.opened_at:
        open_period(running, by=None, at=at)


def drawing_policies(at: datetime) -> list[Policy]:
    """Return the policies that have draw periods: those that a certification of the portal may follow and that are
    in force on the day of `at` in their own time zone.
    """
    policies = {one.code: one for one in (*fitting_policies(), load_policy(settings.PORTAL_POLICY))}
    return [
        one for one in policies.values() if clock.date_of(at, one.time_zone) >= one.versions[0].in_force_from
    ]


def closed_draws(at: datetime) -> dict[str, bool]:
    """Return of each policy that has draw periods whether none of them is open at `at`, although one should be."""
    return {
        one.code: not DrawPeriod.objects.of_policy(one.code)
        .open_on(clock.date_of(at, one.time_zone))
        .exists()
        for one in drawing_policies(at)
    }


def draw_cycle(cycle: Cycle, *, at: datetime, chance: str = BY_RATE) -> Draw | None:
    """Return the result of the draw for the cycle, drawn now if there is none (Q20). Returns None
    while no period is open or its secret cannot be decrypted. `chance` is what the policy says about
    the person: audited by the rate, always or never.

    The caller opens the transaction and has locked the credential. The period is locked last, so
    that nothing is drawn in a period that is being closed.
    """
    known = Draw.objects.filter(cycle=cycle).first()
    if known:
        return known
    period = _open_periods(cycle, at).select_for_update().first()
    known = Draw.objects.filter(cycle=cycle).first()  # drawn while this transaction waited for the lock
    if known or period is None:
        return known
    made = _draw_in(period, cycle, at=at, chance=chance)
    if made:
        made.save(force_insert=True)
    return made


def foreseen_draw(cycle: Cycle, *, at: datetime, chance: str = BY_RATE) -> Draw | None:
    """Return the cycle's one draw or, unsaved, the one that `draw_cycle` would make now.

    Returns None when it would make none. Reads only, without a lock.
    """
    known = Draw.objects.filter(cycle=cycle).first()
    if known:
        return known
    period = _open_periods(cycle, at).first()
    return _draw_in(period, cycle, at=at, chance=chance) if period else None


def reseal_period(period: DrawPeriod) -> bool:
    """Encrypt the secret of a draw period with the newest key; return False when it is already
    encrypted with that. Idempotent. The secret itself stays the one whose hash is published.

    Raises cryptography.fernet.InvalidToken when no key of the settings fits.
    """
    with transaction.atomic():
        period = _lock_period(period)
        if SEAL.is_newest(period.sealed_secret):
            return False
        period.sealed_secret = SEAL.seal_text(SEAL.unseal_text(period.sealed_secret))
        period.save(update_fields=["sealed_secret"])
        return True


def _open_periods(cycle: Cycle, at: datetime) -> DrawPeriodQuerySet:
    """Return the period of the cycle's policy that is open on the day of `at`, if any."""
    policy = cycle.policy
    return DrawPeriod.objects.of_policy(policy.code).open_on(clock.date_of(at, policy.time_zone))


def _draw_in(period: DrawPeriod, cycle: Cycle, *, at: datetime, chance: str) -> Draw | None:
    """Return the unsaved draw of a cycle in an open period; None when its secret cannot be read."""
    try:
        seed = seed_of(SEAL.unseal_text(period.sealed_secret), require_value(period.public_value))
    except InvalidToken:
        log.error(UNREADABLE, period.code)
        return None
    x = draw_number(seed, cycle.draw_id)
    selected = is_selected(x, period.rate)
    return Draw(cycle=cycle, period=period, x=x, selected=selected, chance=chance, drawn_at=at)


def _announce_period_of(policy: Policy, day: date, *, at: datetime, name: str) -> DrawPeriod:
    """Return the period that contains `day`, announced now if there is none.

    A period that is announced keeps its days when the policy changes the length of periods. A new
    one begins after all others have ended.
    """
    others = DrawPeriod.objects.of_policy(policy.code).filter(first_on__lte=day).order_by("-last_on")
    newest = others.first()
    if newest and newest.last_on >= day:
        return newest
    dates = draw_dates(day, policy.version_on(day).draw_period)
    if newest and newest.last_on >= dates.first_on:
        dates = replace(dates, first_on=add_days(newest.last_on, 1))
    return announce_period(policy, dates=dates, by=None, at=at, public_value_name=name)


def _lock_period(period: DrawPeriod) -> DrawPeriod:
    return DrawPeriod.objects.select_for_update().get(pk=period.pk)


def _day(period: DrawPeriod, at: datetime) -> date:
    return clock.date_of(at, load_policy(period.policy_code).time_zone)


def _note(
    period: DrawPeriod, verb: str, change: tuple[str, str], *, by: Trainer | None, at: datetime
) -> None:
    record_history(period, verb, trainer=None, by=by, at=at, change=change)
