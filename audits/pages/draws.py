"""What the public page about the draws says: when each policy draws, and its periods, in its own zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from audits.models import DrawPeriod
from core import clock
from core.policy_words import fitting_policies, portal_policy, version_today
from rules.policy.model import Policy

DRAWN_WHEN = {
    "submission": "when its first renewal is sent",
    "approval": "when its first renewal is sent; whoever is chosen is asked for documents once nothing else is "
    "missing for its approval",
    "cycle_end": "once it has ended and a renewal was sent",
}


@dataclass(frozen=True, slots=True)
class PolicyDrawn:
    """A policy of which there are periods, and the day that it is in its zone."""

    policy: Policy
    today: date
    when: str
    has_exceptions: bool


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period, with the title of its policy where there are several, and with its days' zone."""

    period: DrawPeriod
    title: str
    zone: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """When cycles are drawn; `title` names the policy where not all say the same."""

    title: str
    when: str
    has_exceptions: bool


def policies_drawn(now: datetime) -> dict[str, PolicyDrawn]:
    """Return each policy of which there are periods, the portal's own first, by its code. One query."""
    codes = set(DrawPeriod.objects.order_by().values_list("policy_code", flat=True).distinct())
    own = portal_policy()
    others = (one for one in fitting_policies() if one.code in codes and one.code != own.code)
    found = [own, *others] if own.code in codes or not codes else list(others) or [own]
    return {one.code: _drawn(one, now) for one in found}


def rows_of_periods(periods: Iterable[DrawPeriod], drawn: Mapping[str, PolicyDrawn]) -> list[PeriodRow]:
    """Return the periods as the page shows them. One whose policy has no file follows the first policy."""
    several, first = len(drawn) > 1, next(iter(drawn.values()))
    rows = []
    for one in periods:
        by = drawn.get(one.policy_code, first)
        title = by.policy.title if several and one.policy_code == by.policy.code else ""
        rows.append(PeriodRow(one, title, by.policy.time_zone, one.last_on < by.today))
    return rows


def terms_in_words(drawn: Mapping[str, PolicyDrawn]) -> list[DrawTerms]:
    """Return when cycles are drawn: once where every policy says the same, else for each of them."""
    found = [DrawTerms(one.policy.title, one.when, one.has_exceptions) for one in drawn.values()]
    if len({(one.when, one.has_exceptions) for one in found}) == 1:
        return [DrawTerms("", found[0].when, found[0].has_exceptions)]
    return found


def _drawn(policy: Policy, now: datetime) -> PolicyDrawn:
    terms = version_today(policy).families.audit
    exceptions = bool(terms and (terms.when or terms.always or terms.not_within_months))
    when = DRAWN_WHEN[terms.drawn if terms else "submission"]
    return PolicyDrawn(policy, clock.date_of(now, policy.time_zone), when, exceptions)
