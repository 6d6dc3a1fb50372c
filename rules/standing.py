"""The central question: the status of a credential on a day, what is missing, what it costs, and
why.
"""

from datetime import date
from functools import lru_cache

from rules.answers import TOTAL, WINDOW, RecordAnswer, Requirement, Standing, standing_as_dict
from rules.counting import CountBasis, claimed_ids, count_records, counted_by_category
from rules.cycle_ends import NoBirthday
from rules.days import DateOutOfRange, is_for_life
from rules.facts import APPLICATION, COMPLETION, NO_CIRCUMSTANCES, Facts, FactsError
from rules.fees import Fees, extend_last_window, fees_of, waive_fees, waived_fees, windows_of
from rules.for_life import assess_for_life
from rules.inquiry import (
    Inquiry,
    check_extensions,
    dates_of,
    extension_reasons,
    fee_reasons,
    period_of,
    shortage_reasons,
    status_reason,
    window_reason,
)
from rules.policy.model import Policy
from rules.wide import assess_widely
from rules.wording import ACTIVE, EXPIRED, TERMINATED

__all__ = ["Standing", "assess", "assess_once", "standing_as_dict"]


def assess(facts: Facts, today: date, policy: Policy) -> Standing:
    """Return the standing on `today` of an application received on `facts.received_on`; without
    that day, of one received on `today`.

    Raises FactsError for a cycle that ends before it starts, a day without a policy version, or a
    date out of range.
    """
    if is_for_life(facts.expires_on):
        return assess_for_life(facts, today, policy)
    try:
        if policy.wide or facts.more is not NO_CIRCUMSTANCES:
            return assess_widely(facts, today, policy)
        return _answer(_inquiry(facts, today, policy))
    except DateOutOfRange:
        message = "This date is too near to an end of the calendar to count from."
        raise FactsError("date_out_of_range", "cycle.expires_on", message) from None
    except NoBirthday as error:
        raise FactsError("missing", "born_on", str(error)) from None


def assess_once(facts: Facts, today: date, policy: Policy) -> Standing:
    """Return what `assess` returns, and raise what it raises. The answer is kept for who asks the same
    again: the pages of one person, and the steps of one renewal, ask about the same facts all day.
    """
    if facts.more is not NO_CIRCUMSTANCES:  # mappings are in it, which a key cannot hold
        return assess(facts, today, policy)
    return _kept_answer(facts, today, policy)


# An answer about 200 records takes some 100 kB, one about ten 10.
_kept_answer = lru_cache(maxsize=128)(assess)


def _inquiry(facts: Facts, today: date, policy: Policy) -> Inquiry:
    received_on = facts.received_on or today
    selling = policy.version_on(received_on)
    period = period_of(facts, policy)
    requiring = policy.version_on(period.starts_on)
    check_extensions(facts, period, policy)
    first_on, last_on = requiring.earning.bounds.days_in(period)
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
    return Inquiry(policy, facts, today, basis, selling, windows, window, extensions)


def _answer(inquiry: Inquiry) -> Standing:
    records = inquiry.facts.records
    counts = count_records(records, inquiry.basis)
    requirements = _requirements(inquiry, counted_by_category(records, counts))
    unit, basis = inquiry.policy.unit, inquiry.basis
    answers = tuple(RecordAnswer(record, counts[record.id], basis, unit) for record in records)
    window, fees, status = inquiry.window, _fees(inquiry), _status(inquiry)
    unmet = tuple(one.code for one in requirements if not one.met) + (() if window else (WINDOW,))
    return Standing(
        unit=inquiry.policy.unit,
        as_of=inquiry.as_of,
        received_on=inquiry.basis.received_on,
        cycle=inquiry.period,
        status=status,
        tier=window.tier if window else inquiry.side.code,
        accepts_application=window is not None,
        eligible=not unmet,
        unmet=unmet,
        requirements=requirements,
        records=answers,
        fees=fees,
        dates=dates_of(inquiry),
        windows=inquiry.windows,
        claims=claimed_ids(records, inquiry.basis, counts),
        status_reason=status_reason(inquiry, status),
        window_reason=window_reason(inquiry),
        amount_reasons=(
            *fee_reasons(fees),
            *shortage_reasons(requirements, answers),
            *extension_reasons(inquiry),
        ),
    )


def _requirements(inquiry: Inquiry, found: dict[str, int]) -> tuple[Requirement, ...]:
    """Return the total first, then every category with a minimum."""
    version, unit = inquiry.basis.version, inquiry.policy.unit
    rule = version.total_rule
    total = Requirement(TOTAL, version.total_label, rule.amount, sum(found.values()), rule.clause, unit)
    categories = (
        Requirement(one.code, one.label, one.minimum, found.get(one.code, 0), one.least.clause, unit)
        for one in version.categories
        if one.least
    )
    return total, *categories


def _fees(inquiry: Inquiry) -> Fees | None:
    """Return the price on the day of receipt; before the first window, the price in the first tier;
    after the last window, None.
    """
    if inquiry.window:
        return inquiry.window.fees
    if not inquiry.coming:
        return None
    first = fees_of(inquiry.policy, inquiry.selling.tiers[0], inquiry.period)
    return waived_fees(inquiry.policy, first, inquiry.facts.waivers)


def _status(inquiry: Inquiry) -> str:
    """Return the status on the day `as_of`, by dates alone (S4, S5, Q1)."""
    if inquiry.as_of <= inquiry.period.expires_on:
        return ACTIVE
    return EXPIRED if inquiry.as_of <= inquiry.windows[-1].last_on else TERMINATED
