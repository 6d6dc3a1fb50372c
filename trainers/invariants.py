"""Checks of credentials and cycles for `verify_invariants`."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F
from django.db.models.expressions import Window
from django.db.models.functions import Lag

from core.invariants import Check, forbidden_steps, states_unlike_history
from rules.cycle import cycle_number, next_cycle
from rules.cycle_ends import E, end_beside
from rules.for_life import may_be_for_life
from rules.next_cycles import cycle_counted_from, may_leave_series
from trainers.circumstances import born_on_of
from trainers.models import Credential, Cycle, EmailChange, Roster
from trainers.services.cycles import cycle_dates
from trainers.services.policies import policies_without_a_file


def _gaps_and_overlaps() -> Iterator[str]:
    def of_the_one_before(field: str) -> Window:
        return Window(Lag(field), partition_by=F("credential_id"), order_by=F("starts_on").asc())

    rows = Cycle.objects.annotate(
        began_on=of_the_one_before("starts_on"), ended_on=of_the_one_before("expires_on")
    )
    fields = ("pk", "starts_on", "expires_on", "counted_from", "began_on", "ended_on")
    for row in rows.order_by("credential_id", "starts_on").values_list(*fields, named=True).iterator():
        if not row.ended_on:
            continue
        follows = row.starts_on == row.ended_on + timedelta(days=1)
        if row.counted_from != E:
            follows = row.starts_on > row.began_on and row.expires_on > row.ended_on
        if not follows:
            yield f"cycle {row.pk} starts on {row.starts_on}, and the one before it ends on {row.ended_on}"


def _credentials_without_a_cycle() -> Iterator[str]:
    for number in (
        Credential.objects.filter(cycles=None).order_by("pk").values_list("number", flat=True).iterator()
    ):
        yield f"credential {number} has no cycle"


def _policies_without_a_file() -> Iterator[str]:
    for code in policies_without_a_file():
        yield f"certifications or cycles follow the policy {code}, which has no file"


def _ends_by_the_rules(cycle: Cycle) -> bool:
    """Return whether the rules give this last day: counted from the award, or from the cycle before, or
    from the day on which this one begins; or never, where a way to renew is for life.
    """
    policy, awarded_on = cycle.policy, cycle.credential.awarded_on
    paths = {path.code: path for one in policy.versions for path in one.families.paths}.values()
    if cycle.is_for_life:
        return may_be_for_life(policy)
    born_on = born_on_of(cycle.credential, policy)
    if cycle_number(policy, awarded_on, cycle.expires_on, born_on) is not None:
        return True
    before = Cycle.objects.filter(credential=cycle.credential_id, starts_on__lt=cycle.starts_on)
    ended_on = before.order_by("-starts_on").values_list("expires_on", flat=True).first()
    if ended_on is None:
        return may_leave_series(policy)
    lengths = [None, *(one.next_months for one in paths if one.next_months)]
    return any(cycle.expires_on == _end_of(cycle, ended_on, months, born_on) for months in lengths)


def _end_of(cycle: Cycle, ended_on: date, months: int | None, born_on: date | None) -> date:
    """Return the last day of the cycle after the one that ended on `ended_on`, when it has this length
    or, without one, the usual length.
    """
    policy = cycle.policy
    if cycle.counted_from != E:
        return cycle_counted_from(policy, cycle.starts_on, born_on or ended_on, months).expires_on
    if months is None:
        return next_cycle(policy, cycle.credential.awarded_on, ended_on, born_on).expires_on
    version = cycle.version
    return end_beside(version.families.ends, ended_on, months, born_on or ended_on)


def _dates_that_the_rules_do_not_give() -> Iterator[str]:
    without_a_file = set(policies_without_a_file())
    fields = ("starts_on", "expires_on", "opens_on", "completion_deadline", "last_day_to_apply")
    for cycle in Cycle.objects.select_related("credential").order_by("pk").iterator(chunk_size=2000):
        credential = cycle.credential
        if (cycle.policy_code or credential.policy_code) in without_a_file:
            continue
        if not _ends_by_the_rules(cycle):
            yield f"cycle {cycle.pk} ends on {cycle.expires_on}, which is no end of a cycle of its award"
            continue
        born_on = born_on_of(credential, cycle.policy)
        in_series = cycle.counted_from == E and cycle_number(
            cycle.policy, credential.awarded_on, cycle.expires_on, born_on
        )
        dates = cycle_dates(
            cycle.policy,
            credential.awarded_on,
            cycle.expires_on,
            born_on,
            None if in_series and not may_leave_series(cycle.policy) else cycle.starts_on,
        )
        for field in fields:
            if getattr(cycle, field) != getattr(dates, field):
                yield f"cycle {cycle.pk}: {field} is {getattr(cycle, field)}, by the rules {getattr(dates, field)}"


CHECKS = [
    Check(2, "Cycles of a credential follow each other as their policy counts them", _gaps_and_overlaps),
    Check(2, "Every credential has a cycle", _credentials_without_a_cycle),
    Check(2, "Every policy that is followed has a file", _policies_without_a_file),
    Check(2, "The stored dates of a cycle are the rules' own", _dates_that_the_rules_do_not_give),
    Check(
        11, "A credential is in the state that its history tells", lambda: states_unlike_history(Credential)
    ),
    Check(
        11,
        "A change of address is in the state that its history tells",
        lambda: states_unlike_history(EmailChange),
    ),
    Check(
        15, "A change of address takes only the steps that there are", lambda: forbidden_steps(EmailChange)
    ),
    Check(11, "A roster is in the state that its history tells", lambda: states_unlike_history(Roster)),
    Check(15, "A roster takes only the steps that there are", lambda: forbidden_steps(Roster)),
    Check(15, "A credential takes only the steps that there are", lambda: forbidden_steps(Credential)),
]
