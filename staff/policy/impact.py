"""Whom another policy would affect, and how, in the live database: the standing of each cycle that
can still be renewed is computed under the policy in force and under the other. Nothing is written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ceus.standing import facts_for_all
from core.deadlines import full_day
from hardship.standing import extended_through
from rules.answers import Standing
from rules.days import FOR_LIFE_THROUGH, CyclePeriod, DateOutOfRange, add_days, add_months
from rules.facts import APPLICATION, Facts, FactsError
from rules.policy.model import Policy
from rules.standing import assess
from trainers.models import Credential, Cycle

BATCH = 500
ONE_MONTH = 31  # days: a month or a year that begins on another day may be longer
NO_ANSWER = (FactsError, DateOutOfRange)
DEARER, CHEAPER, MORE_NEEDED, LESS_NEEDED, NO_LONGER_READY, NOW_READY, EARLIER, LATER, UNANSWERED = (
    "Pay more",
    "Pay less",
    "Need more",
    "Need less",
    "Ready to renew now, and no longer then",
    "Not ready to renew now, and ready then",
    "Have an earlier last day to apply",
    "Have a later last day to apply",
    "Get no answer from the other policy",
)
KINDS = (DEARER, CHEAPER, MORE_NEEDED, LESS_NEEDED, NO_LONGER_READY, NOW_READY, EARLIER, LATER, UNANSWERED)


@dataclass(frozen=True, slots=True)
class Impact:
    """How many people each kind of change affects. `asked` is how many people were compared,
    `touched` for how many of them anything changes; `on` is the day of the comparison.
    """

    on: date
    asked: int
    touched: int
    counts: dict[str, int]

    def sentences(self) -> list[str]:
        """Return the impact in words, one sentence for each kind of change that affects anybody."""
        head = (
            f"On {full_day(self.on)} people who can still renew: {self.asked}. "
            f"Something changes for: {self.touched}."
        )
        return [head, *(f"{kind}: {self.counts[kind]}." for kind in KINDS if self.counts.get(kind))]


def impact_of(live: Policy, other: Policy, *, today: date, most: int | None = None) -> Impact:
    """Return whom `other` would affect in the place of `live`, on the later of `today` and the
    first day of its newest version.

    Compared are at most `most` people whose credential is in force under `live`, each with the
    cycle that they can renew by one of the two. Two queries for each 500 of them.
    """
    on = max(today, other.versions[-1].in_force_from)
    asked = touched = 0
    counts: Counter[str] = Counter()
    for cycles in _batches(live, other, on):
        for facts in facts_for_all(cycles).values():
            standings = _standings(facts, live, other, on)
            if standings and all(one.dates.last_day_to_apply < on for one in standings):
                continue
            kinds = set(_differences(*standings)) if standings else {UNANSWERED}
            asked += 1
            touched += bool(kinds)
            counts.update(kinds)
        if most is not None and asked >= most:
            break
    return Impact(on, asked, touched, dict(counts))


def _standings(facts: Facts, live: Policy, other: Policy, on: date) -> tuple[Standing, Standing] | None:
    """Return the standing of one person on the day `on`, now and under `other`; None without an answer."""
    try:
        return assess(facts, on, live), assess(facts, on, other)
    except NO_ANSWER:
        return None


def _differences(now: Standing, then: Standing) -> Iterator[str]:
    """Yield the kinds of change between two standings of one person."""
    yield from _between(_cents(then), _cents(now), DEARER, CHEAPER)
    yield from _between(_needed(then), _needed(now), MORE_NEEDED, LESS_NEEDED)
    yield from _between(then.dates.last_day_to_apply, now.dates.last_day_to_apply, LATER, EARLIER)
    yield from _between(_is_ready(then), _is_ready(now), NOW_READY, NO_LONGER_READY)


def _between(then: object, now: object, more: str, less: str) -> Iterator[str]:
    if then != now:
        yield more if then > now else less  # type: ignore[operator]  # two of one kind, both in order


def _cents(standing: Standing) -> int:
    return standing.fees.total_cents if standing.fees else 0


def _needed(standing: Standing) -> int:
    return sum(one.required for one in standing.requirements)


def _is_ready(standing: Standing) -> bool:
    return standing.eligible and standing.accepts_application


def _batches(live: Policy, other: Policy, on: date) -> Iterator[list[Cycle]]:
    """Yield the cycles that may still be renewed on `on` by either policy, in batches and in the order of
    their keys. The rules say of each whether it may: the stored last day is a copy by the policy in force.
    """
    reach = max(_days_after_e(live, on), _days_after_e(other, on))
    rows = Cycle.objects.current().annotate(moved_to=extended_through(APPLICATION))
    rows = rows.filter(
        Q(expires_on__gte=add_days(on, -reach)) | Q(moved_to__gte=on),
        credential__policy_code=live.code,
        credential__state=Credential.State.IN_FORCE,
    ).exclude(expires_on=FOR_LIFE_THROUGH)
    last = 0
    while batch := list(rows.filter(pk__gt=last).select_related("credential").order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _days_after_e(policy: Policy, on: date) -> int:
    """Return how many days after E somebody may apply at most, by any version of the policy."""
    ends = (
        tier.bounds.days_in(CyclePeriod(add_months(on, -version.cycle_months), on))[1]
        for version in policy.versions
        for tier in version.tiers
    )
    return max(0, *((one - on).days for one in ends)) + ONE_MONTH
