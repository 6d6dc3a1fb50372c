"""Checks of credentials and cycles for `verify_invariants`."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F
from django.db.models.expressions import Window
from django.db.models.functions import Lag

from core.invariants import Check, forbidden_steps, states_unlike_history
from rules.cycle import cycle_number, next_cycle
from rules.days import add_days
from trainers.circumstances import born_on_of
from trainers.models import Credential, Cycle, EmailChange, Roster
from trainers.services.cycles import cycle_dates
from trainers.services.policies import policies_without_a_file


def _gaps_and_overlaps() -> Iterator[str]:
    before = Window(Lag("expires_on"), partition_by=F("credential_id"), order_by=F("starts_on").asc())
    rows = Cycle.objects.annotate(before=before).order_by("credential_id", "starts_on")
    for pk, starts_on, ended_on in rows.values_list("pk", "starts_on", "before").iterator():
        if ended_on and starts_on != ended_on + timedelta(days=1):
            yield f"cycle {pk} starts on {starts_on}, and the one before it ends on {ended_on}"


def _credentials_without_a_cycle() -> Iterator[str]:
    for number in (
        Credential.objects.filter(cycles=None).order_by("pk").values_list("number", flat=True).iterator()
    ):
        yield f"credential {number} has no cycle"


def _policies_without_a_file() -> Iterator[str]:
    for code in policies_without_a_file():
        yield f"certifications or cycles follow the policy {code}, which has no file"


def _ends_by_the_rules(cycle: Cycle) -> bool:
    """Return whether the rules give this last day: counted from the award, or from the cycle
    before. After a switch to another policy only the second may be so.
    """
    policy, awarded_on = cycle.policy, cycle.credential.awarded_on
    born_on = born_on_of(cycle.credential, policy)
    if cycle_number(policy, awarded_on, cycle.expires_on, born_on) is not None:
        return True
    before = Cycle.objects.filter(credential=cycle.credential_id, starts_on__lt=cycle.starts_on)
    if before.exclude(policy_code__in=("", policy.code)).exists():
        day_before = add_days(cycle.starts_on, -1)
        return next_cycle(policy, awarded_on, day_before, born_on).expires_on == cycle.expires_on
    return False


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
        dates = cycle_dates(cycle.policy, credential.awarded_on, cycle.expires_on, born_on)
        for field in fields:
            if getattr(cycle, field) != getattr(dates, field):
                yield f"cycle {cycle.pk}: {field} is {getattr(cycle, field)}, by the rules {getattr(dates, field)}"


CHECKS = [
    Check(2, "Cycles of a credential neither overlap nor leave a gap", _gaps_and_overlaps),
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
