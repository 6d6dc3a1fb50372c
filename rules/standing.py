"""The central question: the status of a credential on a day, what is missing, what it costs, and
why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.answers import (
    TOTAL,
    WINDOW,
    Dates,
    Explanation,
    RecordAnswer,
    Requirement,
    Standing,
    standing_as_dict,
)
from rules.counting import CountBasis, claimed_ids, count_records, counted_by_category
from rules.cycle import next_cycle, period_ending
from rules.days import CyclePeriod, DateOutOfRange, day_in_words
from rules.facts import APPLICATION, COMPLETION, Extension, Facts, FactsError
from rules.fees import (
    Fees,
    Window,
    because_of,
    extend_last_window,
    fees_of,
    waive_fees,
    waived_fees,
    windows_of,
)
from rules.policy.model import NoVersion, Policy, PolicyVersion, Side
from rules.wording import ACTIVE, EXPIRED, EXTENSION_CLAUSE, EXTENSION_SENTENCES, STATUS_SENTENCES, TERMINATED

__all__ = ["Standing", "assess", "standing_as_dict"]


@dataclass(frozen=True, slots=True)
class _Case:
    """A question with everything that decides it: fees go by the day of receipt, requirements by
    the cycle's first day (Q14).
    """

    policy: Policy
    facts: Facts
    as_of: date
    basis: CountBasis
    selling: PolicyVersion
    windows: tuple[Window, ...]
    window: Window | None  # the one that holds the day of receipt
    extensions: tuple[Extension, ...]  # those that move a last day

    @property
    def period(self) -> CyclePeriod:
        return self.basis.period

    @property
    def coming(self) -> Window | None:
        """Return the next window that begins after the day of receipt."""
        return next((one for one in self.windows if one.first_on > self.basis.received_on), None)

    @property
    def side(self) -> Side:
        """Return the side of the windows on which the day of receipt lies: not yet open, or no
        longer.
        """
        return self.selling.not_yet if self.coming else self.selling.no_longer


def assess(facts: Facts, today: date, policy: Policy) -> Standing:
    """Return the standing on `today` of an application received on `facts.received_on`; without
    that day, of one received on `today`.

    Raises FactsError for a cycle that ends before it starts, a day without a policy version, or a
    date out of range.
    """
    try:
        return _answer(_case(facts, today, policy))
    except DateOutOfRange:
        message = "This date is too near to an end of the calendar to count from."
        raise FactsError("date_out_of_range", "cycle.expires_on", message) from None


def _case(facts: Facts, today: date, policy: Policy) -> _Case:
    received_on = facts.received_on or today
    _version_on(policy, today, "as_of")
    selling = _version_on(policy, received_on, "received_on")
    period = _period(facts, policy)
    requiring = _version_on(policy, period.starts_on, "cycle.starts_on")
    _check_extensions(facts, period, policy)
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
    return _Case(policy, facts, today, basis, selling, windows, window, extensions)


def _check_extensions(facts: Facts, period: CyclePeriod, policy: Policy) -> None:
    """Raise FactsError for an extension that reaches the next cycle's last day (Q34)."""
    if not facts.extensions:
        return
    limit = next_cycle(policy, facts.awarded_on, period.expires_on).expires_on
    for number, one in enumerate(facts.extensions):
        if one.through >= limit:
            message = "An extension ends before the last day of the next cycle."
            raise FactsError("extension_order", f"extensions[{number}].through", message)


def _period(facts: Facts, policy: Policy) -> CyclePeriod:
    if facts.awarded_on and facts.awarded_on > facts.expires_on:
        raise FactsError("cycle_order", "awarded_on", "The award is after the last day of the cycle.")
    if facts.starts_on is None:
        return period_ending(policy, facts.awarded_on, facts.expires_on)
    if facts.starts_on > facts.expires_on:
        raise FactsError("cycle_order", "cycle.expires_on", "The cycle ends before it starts.")
    return CyclePeriod(facts.starts_on, facts.expires_on)


def _version_on(policy: Policy, day: date, field: str) -> PolicyVersion:
    try:
        return policy.version_on(day)
    except NoVersion as error:
        raise FactsError("no_version", field, str(error)) from None


def _answer(case: _Case) -> Standing:
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
        dates=_dates(case),
        windows=case.windows,
        claims=claimed_ids(records, case.basis, counts),
        status_reason=_status_reason(case, status),
        window_reason=_window_reason(case),
        amount_reasons=(*_amount_reasons(fees, requirements, answers), *_extension_reasons(case)),
    )


def _requirements(case: _Case, found: dict[str, int]) -> tuple[Requirement, ...]:
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


def _fees(case: _Case) -> Fees | None:
    """Return the price of the day: before a window opens that of the first tier, after the last
    window None.
    """
    if case.window:
        return case.window.fees
    if not case.coming:
        return None
    first = fees_of(case.policy, case.selling.tiers[0], case.period)
    return waived_fees(case.policy, first, case.facts.waivers)


def _status(case: _Case) -> str:
    """Return the status by dates alone, on `as_of` (S4, S5, Q1)."""
    if case.as_of <= case.period.expires_on:
        return ACTIVE
    return EXPIRED if case.as_of <= case.windows[-1].last_on else TERMINATED


def _dates(case: _Case) -> Dates:
    named = {window.last_day_name: window.last_on for window in case.windows if window.last_day_name}
    return Dates(
        opens_on=case.windows[0].first_on,
        expires_on=case.period.expires_on,
        completion_deadline=case.basis.earning_last_on,
        last_day_to_apply=case.windows[-1].last_on,
        next_cycle=next_cycle(case.policy, case.facts.awarded_on, case.period.expires_on),
        named=tuple(named.items()),
    )


def _status_reason(case: _Case, status: str) -> Explanation:
    return Explanation(case.selling.cites[status], STATUS_SENTENCES[status].format_map(_places(case)))


def _amount_reasons(
    fees: Fees | None, requirements: tuple[Requirement, ...], records: tuple[RecordAnswer, ...]
) -> Iterator[Explanation]:
    """Yield why each fee is due, what is missing, and what does not count in full, in this order."""
    if fees:
        yield from (Explanation(line.clause, line.text) for line in fees.lines)
    yield from (Explanation(one.clause, one.text) for one in requirements if not one.met)
    yield from (Explanation(one.clause, one.text) for one in records if one.reason)


def _extension_reasons(case: _Case) -> Iterator[Explanation]:
    """Yield each last day that an extension moved (Q34)."""
    for one in case.extensions:
        moved = f"{EXTENSION_SENTENCES[one.of]} {day_in_words(one.through)}"
        yield Explanation(EXTENSION_CLAUSE, f"{moved}{because_of(one.reason)}.")


def _window_reason(case: _Case) -> Explanation:
    if case.window:
        return Explanation(case.window.clause, case.window.text)
    opens_on = day_in_words((case.coming or case.windows[0]).first_on)
    places = {**_places(case), "opens_on": opens_on}
    return Explanation(case.side.clause, case.side.explain.format_map(places))


def _places(case: _Case) -> dict[str, str]:
    return {
        "expires_on": day_in_words(case.period.expires_on),
        "last_on": day_in_words(case.windows[-1].last_on),
    }
