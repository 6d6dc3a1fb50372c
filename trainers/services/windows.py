"""The stored windows of cycles are a copy of what the rules answer, for questions in SQL: a version
with other days moves them, from this floor's sweep on.
"""

import logging
from collections.abc import Sequence
from datetime import date

from django.db.models import Case, F, QuerySet, When

from rules.asking import needs_birthday
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.models import Cycle
from trainers.services.cycles import cycle_dates

log = logging.getLogger(__name__)
WINDOWS = ("opens_on", "completion_deadline", "last_day_to_apply")
DATES = ("starts_on", "expires_on", *WINDOWS)
AWARDED_ON, BORN_ON = "credential__awarded_on", "credential__trainer__born_on"


def realign_stored_windows() -> int:
    """Compute the stored windows of every cycle again after the rules changed; return how many
    cycles moved. Its first and its last day never change.

    Cycles with equal dates have equal windows, so the rules are asked once for all of them. A policy
    without a file, or an error at one group, does not stop the others.
    """
    followed = Case(When(policy_code="", then=F("credential__policy_code")), default=F("policy_code"))
    cycles = Cycle.objects.annotate(followed=followed).order_by()
    total = 0
    for code in list(cycles.values_list("followed", flat=True).distinct()):
        try:
            total += _realign(load_policy(code), cycles.filter(followed=code))
        except Exception:
            log.exception("the windows of the cycles under %s were not computed again", code)
    return total


def _realign(policy: Policy, cycles: "QuerySet[Cycle]") -> int:
    total, columns = 0, (AWARDED_ON, *((BORN_ON,) if needs_birthday(policy) else ()), *DATES)
    for values in list(cycles.values_list(*columns).distinct()):
        stored: dict[str, date | None] = dict(zip(columns, values, strict=True))
        try:
            total += _realign_group(policy, cycles, stored)
        except Exception:
            log.exception(
                "the windows of cycles that end on %s were not computed again", stored["expires_on"]
            )
    return total


def _realign_group(policy: Policy, cycles: "QuerySet[Cycle]", stored: dict[str, date | None]) -> int:
    asked: Sequence[date | None] = (
        stored[AWARDED_ON],
        stored["expires_on"],
        stored.get(BORN_ON),
        stored["starts_on"],
    )
    dates = cycle_dates(policy, *asked)
    ruled = {name: getattr(dates, name) for name in WINDOWS}
    if all(stored[name] == day for name, day in ruled.items()):
        return 0
    return Cycle.objects.filter(pk__in=cycles.filter(**stored).values("pk")).update(**ruled)
