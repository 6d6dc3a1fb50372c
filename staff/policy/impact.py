"""Whom another policy would affect, and how, in the live database: the standing of each cycle that
can still be renewed is computed under the policy in force and under the other. Nothing is written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ceus.standing import facts_for_all
from core.deadlines import full_day
from rules.answers import Standing
from rules.days import DateOutOfRange
from rules.facts import Facts, FactsError
from rules.policy.model import NoVersion, Policy
from rules.standing import assess
from trainers.models import Credential, Cycle

BATCH = 500
NO_ANSWER = (FactsError, NoVersion, DateOutOfRange)
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
    cycle that they can renew. Two queries for each 500 of them.
    """
    on = max(today, other.versions[-1].in_force_from)
    asked = touched = 0
    counts: Counter[str] = Counter()
    for cycles in _batches(live, on):
        for facts in facts_for_all(cycles).values():
            kinds = set(differences_between(facts, live, other, on))
            asked += 1
            touched += bool(kinds)
            counts.update(kinds)
        if most is not None and asked >= most:
            break
    return Impact(on, asked, touched, dict(counts))


def differences_between(facts: Facts, live: Policy, other: Policy, on: date) -> Iterator[str]:
    """Yield the kinds of change that `other` brings for the facts of one person, on the day `on`."""
    try:
        now, then = assess(facts, on, live), assess(facts, on, other)
    except NO_ANSWER:
        yield UNANSWERED
        return
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


def _batches(live: Policy, on: date) -> Iterator[list[Cycle]]:
    """Yield the cycles that can still be renewed on `on`, in batches and in the order of their keys."""
    rows = Cycle.objects.current().filter(
        credential__policy_code=live.code,
        credential__state=Credential.State.IN_FORCE,
        last_day_to_apply__gte=on,
    )
    last = 0
    while batch := list(rows.filter(pk__gt=last).select_related("credential").order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
