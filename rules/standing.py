"""The central question: the status of a credential on a day, what is missing, what it costs, and
why.
"""

from datetime import date

from rules.answers import TOTAL, WINDOW, RecordAnswer, Requirement, Standing, standing_as_dict
from rules.case import (
    Case,
    amount_reasons,
    check_extensions,
    dates_of,
    extension_reasons,
    period_of,
    status_reason,
    version_on,
    window_reason,
)
from rules.counting import CountBasis, claimed_ids, count_records, counted_by_category
from rules.cycle_ends import NoBirthday
from rules.days import DateOutOfRange
from rules.facts import APPLICATION, COMPLETION, NO_CIRCUMSTANCES, Facts, FactsError
from rules.fees import Fees, extend_last_window, fees_of, waive_fees, waived_fees, windows_of
from rules.policy.model import Policy
from rules.wide import assess_widely
from rules.wording import ACTIVE, EXPIRED, TERMINATED

__all__ = ["Standing", "assess", "standing_as_dict"]


def assess(facts: Facts, today: date, policy: Policy) -> Standing:
    """Return the standing on `today` of an application received on `facts.received_on`; without
    that day, of one received on `today`.

    Raises FactsError for a cycle that ends before it starts, a day without a policy version, or a
    date out of range.
    """
    try:
        if policy.wide or facts.more is not NO_CIRCUMSTANCES:
            return assess_widely(facts, today, policy)
        return _answer(_case(facts, today, policy))
    except DateOutOfRange:
        message = "This date is too near to an end of the calendar to count from."
        raise FactsError("date_out_of_range", "cycle.expires_on", message) from None
    except NoBirthday as error:
        raise FactsError("missing", "born_on", str(error)) from None


def _case(facts: Facts, today: date, policy: Policy) -> Case:
    received_on = facts.received_on or today
    version_on(policy, today, "as_of")
    selling = version_on(policy, received_on, "received_on")
    period = period_of(facts, policy)
    requiring = version_on(policy, period.starts_on, "cycle.starts_on")
    check_extensions(facts, period, policy)
    first_on, last_on = requiring.earning.bounds.on(period)
    windows = waive_fees(policy, period, windows_of(policy, period, received_on), facts.waivers)
    completion = facts.extended(COMPLETION, after=last_on)
    application = facts.extended(APPLICATION, after=windows[-1].last_on)
    basis = CountBasis(
        requiring, period, first_on, completion.through if completion else last_on, received_on
    )
    if application:
        windows = extend_last_window(policy, period, windows, application)
    window = next((one for one in windows if one.first_on <= received_on <= one.last_on), None)
    extensions = tuple(filter(None, (completion, application)))
    return Case(policy, facts, today, basis, selling, windows, window, extensions)


def _answer(case: Case) -> Standing:
    records = case.facts.records
    counts = count_records(records, case.basis)
    requirements = _requirements(case, counted_by_category(records, counts))
    unit, basis = case.policy.unit, case.basis
    answers = tuple(RecordAnswer(record, counts[record.id], basis, unit) for record in records)
    window, fees, status = case.window, _fees(case), _status(case)
    unmet = tuple(one.code for one in requirements if not one.met) + (() if window else (WINDOW,))
    return Standing(
        unit=case.policy.unit,
        as_of=case.as_of,
        received_on=case.basis.received_on,
        cycle=case.period,
        status=status,
        tier=window.tier if window else case.side.code,
        accepts_application=window is not None,
        eligible=not unmet,
        unmet=unmet,
        requirements=requirements,
        records=answers,
        fees=fees,
        dates=dates_of(case),
        windows=case.windows,
        claims=claimed_ids(records, case.basis, counts),
        status_reason=status_reason(case, status),
        window_reason=window_reason(case),
        amount_reasons=(*amount_reasons(fees, requirements, answers), *extension_reasons(case)),
    )


def _requirements(case: Case, found: dict[str, int]) -> tuple[Requirement, ...]:
    """Return the total first, then every category with a minimum."""
    version, unit = case.basis.version, case.policy.unit
    rule = version.total_rule
    total = Requirement(TOTAL, version.total_label, rule.amount, sum(found.values()), rule.clause, unit)
    categories = (
        Requirement(one.code, one.label, one.minimum, found.get(one.code, 0), one.least.clause, unit)
        for one in version.categories
        if one.least
    )
    return total, *categories


def _fees(case: Case) -> Fees | None:
    """Return the price of the day: before a window opens that of the first tier, after the last
    window None.
    """
    if case.window:
        return case.window.fees
    if not case.coming:
        return None
    first = fees_of(case.policy, case.selling.tiers[0], case.period)
    return waived_fees(case.policy, first, case.facts.waivers)


def _status(case: Case) -> str:
    """Return the status by dates alone, on `as_of` (S4, S5, Q1)."""
    if case.as_of <= case.period.expires_on:
        return ACTIVE
    return EXPIRED if case.as_of <= case.windows[-1].last_on else TERMINATED
