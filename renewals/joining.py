"""Which other certifications of a person one application may renew, at the price that the policy in force
states for each, and what the whole costs.

The application is that of the certification that ends first; each other one that joins has met its own
needs. What was paid and is decided for the first one is paid and decided for all.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.text import get_text_list

from ceus.standing import facts_for
from core.clock import date_of
from renewals.models import Application
from renewals.standing import standing_with_petitions, what_is_missing
from rules.answers import Standing
from rules.days import day_in_words
from rules.facts import Circumstances, Facts, OtherCredential
from rules.fees import FeeLine, Fees
from rules.policy.model import PolicyVersion
from rules.pricing import is_covered_by
from rules.standing import assess
from trainers.lookups import cycles_of_several
from trainers.models import Cycle

PER_FURTHER = "further_credential"
PRICED = (PER_FURTHER, "credential")
UNDER_WAY = (Application.State.SUBMITTED, Application.State.IN_REVIEW, Application.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another certification of the person, and why the application cannot renew it, too; "" when it can."""

    cycle: Cycle
    standing: Standing
    why_not: str

    @property
    def number(self) -> str:
        return self.cycle.credential.number


def may_join(version: PolicyVersion) -> bool:
    """Return whether one application may renew several certifications by this version: it says so, and
    states a price for each further one.
    """
    several = version.families.several
    return (
        several is not None
        and several.one_application
        and any(fee.terms.per in PRICED for fee in version.fees)
    )


def candidates_for(cycle: Cycle, *, received_at: datetime) -> list[Candidate]:
    """Return the other certifications of the trainer of `cycle`, the one that ends first coming first,
    whose renewal an application for `cycle` received at that moment might pay for. None where the policy
    does not permit it.
    """
    received_on = date_of(received_at, cycle.policy.time_zone)
    version = cycle.policy.version_on(received_on)
    if not may_join(version):
        return []
    others = [one for one in cycles_of_several(cycle.credential.trainer) if one.pk != cycle.pk]
    rows = Application.objects.filter(cycle__in=others, state__in=UNDER_WAY)
    sent = dict(rows.values_list("cycle", "reference"))
    return [_candidate(one, cycle, version, received_at, sent.get(one.pk, "")) for one in others]


def _candidate(
    other: Cycle, cycle: Cycle, version: PolicyVersion, received_at: datetime, sent: str
) -> Candidate:
    standing = standing_with_petitions(other, received_at=received_at)
    reasons = _obstacles(other, cycle, version, standing, sent)
    return Candidate(other, standing, next(reasons, ""))


def _obstacles(
    other: Cycle, cycle: Cycle, version: PolicyVersion, standing: Standing, sent: str
) -> Iterator[str]:
    """Yield each reason why the application for `cycle` cannot renew `other`, the first one first."""
    theirs = other.policy.version_on(standing.received_on).families.several
    if not other.credential.in_force:
        yield "It is not active."
    if sent:
        yield f"Its own renewal {sent} is under way."
    if is_covered_by(cycle.policy.code, other.policy.code, version.families.several):
        yield "It is renewed with this one, without a fee of its own."
    same = (other.policy.currency, other.policy.time_zone) == (cycle.policy.currency, cycle.policy.time_zone)
    if theirs is None or not theirs.one_application or not same:
        yield "Its rules ask for an application of its own."
    if other.expires_on < cycle.expires_on:
        yield f"It ends earlier, on {day_in_words(other.expires_on)}. Begin with that one, and add this one to it."
    if not standing.accepts_application and standing.dates.opens_on > standing.received_on:
        yield f"You can renew it from {day_in_words(standing.dates.opens_on)}."
    if not standing.eligible:
        yield what_is_missing(standing)


def fees_with(
    cycle: Cycle, joined: Collection[Cycle], *, received_on: date, facts: Facts | None = None
) -> Fees | None:
    """Return what an application for `cycle` that also renews `joined` costs, received on that day, with a
    line for each of them that has a price; None when none is accepted. Two queries, unless `facts` of
    the cycle are given.
    """
    facts = facts or facts_for(cycle, received_on=received_on)
    fees = _fees(cycle, facts, joined, received_on)
    if fees is None or not joined:
        return fees
    alone = _fees(cycle, facts, list(joined)[:1], received_on)
    return replace(fees, lines=tuple(_named_lines(fees, alone, cycle.policy.version_on(received_on), joined)))


def _fees(cycle: Cycle, facts: Facts, joined: Iterable[Cycle], received_on: date) -> Fees | None:
    more = replace(facts.more, also=tuple(_marked(facts.more, joined)))
    return assess(replace(facts, more=more), received_on, cycle.policy).fees


def _marked(more: Circumstances, joined: Iterable[Cycle]) -> Iterator[OtherCredential]:
    """Yield the other credentials that the rules know of; those in `joined` are renewed as well."""
    left: list[tuple[str, date | None]] = [(one.policy.code, one.expires_on) for one in joined]
    for one in more.also:
        if (one.code, one.expires_on) in left:
            left.remove((one.code, one.expires_on))
            yield replace(one, renewed=True)
        else:
            yield one


def _named_lines(
    fees: Fees, alone: Fees | None, version: PolicyVersion, joined: Collection[Cycle]
) -> Iterator[FeeLine]:
    """Yield the lines; that of a price for each further certification once for each, by name. `alone` is
    the price with one of them.
    """
    known = {fee.code: fee for fee in version.fees}
    single = {line.code: line for line in alone.lines} if alone else {}
    for line in fees.lines:
        one, fee = single.get(line.code), known.get(line.code)
        each = fee is not None and fee.terms.per == PER_FURTHER and one is not None
        if one is None or not each or one.amount_cents * len(joined) != line.amount_cents:
            yield line
            continue
        for cycle in joined:
            yield replace(one, label=f"{line.label}: {cycle.policy.title}, {cycle.credential.display_number}")


def certifications_in_words(numbers: Sequence[str]) -> str:
    """Return "certification 1193 4482", or "certifications 1193 4482 and 5512 0007"."""
    return f"certification{'s' if len(numbers) > 1 else ''} {get_text_list(list(numbers), 'and')}"
