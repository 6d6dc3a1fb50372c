"""What a decision means for its trainer: what counts now, what would count, and what the trainer
could do then.
"""

from dataclasses import dataclass
from datetime import date

from rules.answers import TOTAL, Requirement, Standing
from rules.days import day_in_words
from rules.policy.model import Policy


@dataclass(frozen=True)
class WhyItMatters:
    """What counts `now`, what would count `after` an approval, and what the trainer could do
    then.
    """

    now: str
    after: str
    sentence: str


def why_it_matters(now: Standing, after: Standing, policy: Policy, name: str) -> WhyItMatters:
    """Return what an approval changes for the trainer called `name`; both standings are of the same
    cycle and day.
    """
    return WhyItMatters(_counted(now), _counted(after), _what_follows(after, policy, name))


def _counted(standing: Standing) -> str:
    total = standing.total
    return f"{total.unit.format(total.counted)} of {total.unit.format(total.required)}"


def _what_follows(standing: Standing, policy: Policy, name: str) -> str:
    unmet = [one for one in standing.requirements if not one.met]
    if unmet:
        needs = " and ".join(_missing(one) for one in unmet)
        return f"{name} still needs {needs}."
    if standing.cycle.is_for_life:
        return f"{name} is certified for life."
    if not standing.accepts_application and standing.as_of < standing.dates.opens_on:
        return f"{name} can renew from {day_in_words(standing.dates.opens_on)}."
    if not standing.accepts_application:
        return f"{name} can no longer renew."
    return f"{name} can renew {price_words(standing, policy, standing.as_of)}."


def _missing(requirement: Requirement) -> str:
    words = f"{requirement.unit.words(requirement.missing)} more"
    return words if requirement.code == TOTAL else f"{words} in {requirement.label}"


def price_words(standing: Standing, policy: Policy, today: date) -> str:
    """Return today's price with its last day, such as "for $99 through December 12, 2026"."""
    for window in standing.windows:
        if window.first_on <= today <= window.last_on:
            return f"for {policy.money(window.fees.total_cents)} through {day_in_words(window.last_on)}"
    return "now"
