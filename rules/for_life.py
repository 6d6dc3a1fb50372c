"""The answer about a certification for life: it is valid, and nothing is needed, due or open any more."""

from datetime import date

from rules.answers import TOTAL, WINDOW, Dates, Explanation, RecordAnswer, Requirement, Standing
from rules.counting import CountBasis, count_records, counted_by_category
from rules.days import FOR_LIFE_THROUGH, CyclePeriod
from rules.facts import Facts
from rules.given_status import given_status_reason, path_giving_status
from rules.more import MoreAnswers
from rules.policy.model import Policy, PolicyVersion
from rules.wording import ACTIVE

CERTIFIED = "You are certified for life"
NOTHING_TO_RENEW = f"{CERTIFIED}: there is nothing to renew."


def assess_for_life(facts: Facts, today: date, policy: Policy) -> Standing:
    """Return the standing on `today` in a cycle that never ends. Raises FactsError. It is active, unless the
    path by which it was renewed gives it a status of its own.

    Every date of it is `FOR_LIFE_THROUGH`, and no window is ever open. Records count as far as they
    fit a category; nothing is required.
    """
    received_on = facts.received_on or today
    selling = policy.version_on(received_on)
    period = CyclePeriod(facts.starts_on or facts.awarded_on or today, FOR_LIFE_THROUGH)
    requiring = policy.version_on(period.starts_on)
    basis = CountBasis(requiring, period, period.starts_on, FOR_LIFE_THROUGH, received_on)
    counts = count_records(facts.records, basis)
    unit, (status, reason) = policy.unit, _status(facts, period, policy, selling)
    return Standing(
        unit=unit,
        as_of=today,
        received_on=received_on,
        cycle=period,
        status=status,
        tier=selling.no_longer.code,
        accepts_application=False,
        eligible=False,
        unmet=(WINDOW,),
        requirements=_nothing_required(policy, requiring, counted_by_category(facts.records, counts)),
        records=tuple(RecordAnswer(one, counts[one.id], basis, unit) for one in facts.records),
        fees=None,
        dates=Dates(*(FOR_LIFE_THROUGH,) * 4, next_cycle=period, named=()),
        windows=(),
        claims=(),
        status_reason=reason,
        window_reason=Explanation(selling.no_longer.clause, NOTHING_TO_RENEW),
        amount_reasons=(),
        more=MoreAnswers(lifetime=True),
    )


def _status(
    facts: Facts, period: CyclePeriod, policy: Policy, selling: PolicyVersion
) -> tuple[str, Explanation]:
    path = path_giving_status(policy, period.starts_on, facts.more.renewed_by)
    if path is None or path.status is None:
        return ACTIVE, Explanation(selling.cites[ACTIVE], f"{CERTIFIED}.")
    return path.status, given_status_reason(path, path.status, FOR_LIFE_THROUGH)


def _nothing_required(
    policy: Policy, version: PolicyVersion, found: dict[str, int]
) -> tuple[Requirement, ...]:
    """Return the total and each category with a minimum, of which nothing is required any more."""
    rule, unit = version.total_rule, policy.unit
    total = Requirement(TOTAL, version.total_label, 0, sum(found.values()), rule.clause, unit)
    categories = (
        Requirement(one.code, one.label, 0, found.get(one.code, 0), one.least.clause, unit)
        for one in version.categories
        if one.least
    )
    return total, *categories


def may_be_for_life(policy: Policy) -> bool:
    """Return whether a way to renew under this policy is for life."""
    return any(path.lifetime for one in policy.versions for path in one.families.paths)
