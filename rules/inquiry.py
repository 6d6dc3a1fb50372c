"""A question with everything that decides its answer, and the explanations that are the same under
every policy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.answers import Dates, Explanation, RecordAnswer, Requirement, Standing
from rules.counting import CountBasis
from rules.cycle import next_cycle, period_ending
from rules.days import CyclePeriod, day_in_words
from rules.facts import CycleExtension, Facts, FactsError
from rules.fees import Fees, Window, because_of
from rules.policy.model import Policy, PolicyVersion, Side
from rules.wording import EXTENSION_CLAUSE, EXTENSION_SENTENCES, STATUS_SENTENCES


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with everything that decides it: fees go by the day of receipt, requirements by
    the cycle's first day (Q14).
    """

    policy: Policy
    facts: Facts
    as_of: date
    basis: CountBasis
    selling: PolicyVersion
    windows: tuple[Window, ...]
    window: Window | None  # the window that contains the day of receipt
    extensions: tuple[CycleExtension, ...]  # the extensions that move a last day

    @property
    def period(self) -> CyclePeriod:
        """Return the cycle that the question is about."""
        return self.basis.period

    @property
    def coming(self) -> Window | None:
        """Return the next window that begins after the day of receipt; None when there is none."""
        return next((one for one in self.windows if one.first_on > self.basis.received_on), None)

    @property
    def side(self) -> Side:
        """Return the policy's sentence for a day on which no application is accepted: the one for
        before a window when another window is coming, otherwise the one for after the last.
        """
        return self.selling.not_yet if self.coming else self.selling.no_longer


def check_extensions(facts: Facts, period: CyclePeriod, policy: Policy) -> None:
    """Raise FactsError for an extension that reaches the next cycle's last day (Q34)."""
    if not facts.extensions:
        return
    limit = next_cycle(policy, facts.awarded_on, period.expires_on, facts.counts_from).expires_on
    for number, one in enumerate(facts.extensions):
        if one.through >= limit:
            message = "An extension ends before the last day of the next cycle."
            raise FactsError("extension_order", f"extensions[{number}].through", message)


def check_days(standing: Standing, facts: Facts, policy: Policy) -> None:
    """Raise FactsError for a day before the policy's first version. `assess` answers for such days, too,
    as if the first version were in force, because people live in cycles that began before it.
    """
    first = policy.versions[0].in_force_from
    arrived_on = facts.received_on or standing.as_of
    if min(standing.as_of, arrived_on, standing.received_on, standing.cycle.starts_on) >= first:
        return
    days = ((standing.as_of, "as_of"), (arrived_on, "received_on"), (standing.received_on, "received_on"))
    begun = () if standing.cycle.is_for_life else ((standing.cycle.starts_on, "cycle.starts_on"),)
    for day, field in (*days, *begun):
        if day < first:
            raise FactsError(
                "no_version", field, f"No version of the policy {policy.code} is in force on {day}."
            )


def period_of(facts: Facts, policy: Policy) -> CyclePeriod:
    """Return the cycle of the facts; raises FactsError when it ends before it starts."""
    if facts.awarded_on and facts.awarded_on > facts.expires_on:
        raise FactsError("cycle_order", "awarded_on", "The award is after the last day of the cycle.")
    if facts.starts_on is None:
        return period_ending(policy, facts.awarded_on, facts.expires_on, facts.counts_from)
    if facts.starts_on > facts.expires_on:
        raise FactsError("cycle_order", "cycle.expires_on", "The cycle ends before it starts.")
    return CyclePeriod(facts.starts_on, facts.expires_on)


def status_reason(inquiry: Inquiry, status: str) -> Explanation:
    """Return why the credential has this status."""
    return Explanation(inquiry.selling.cites[status], STATUS_SENTENCES[status].format_map(_places(inquiry)))


def fee_reasons(fees: Fees | None) -> Iterator[Explanation]:
    """Yield why each fee is due."""
    if fees:
        yield from (Explanation(line.clause, line.text) for line in fees.lines)


def shortage_reasons(
    requirements: tuple[Requirement, ...], records: tuple[RecordAnswer, ...]
) -> Iterator[Explanation]:
    """Yield what is missing, then what does not count in full."""
    yield from (Explanation(one.clause, one.text) for one in requirements if not one.met)
    yield from (Explanation(one.clause, one.text) for one in records if one.clause)


def extension_reasons(inquiry: Inquiry) -> Iterator[Explanation]:
    """Yield an explanation for each last day that an extension moved (Q34)."""
    for one in inquiry.extensions:
        moved = f"{EXTENSION_SENTENCES[one.of]} {day_in_words(one.through)}"
        yield Explanation(EXTENSION_CLAUSE, f"{moved}{because_of(one.reason)}.")


def window_reason(inquiry: Inquiry) -> Explanation:
    """Return why an application is accepted on the day of receipt, or why not."""
    if inquiry.window:
        return Explanation(inquiry.window.clause, inquiry.window.text)
    opens_on = day_in_words((inquiry.coming or inquiry.windows[0]).first_on)
    places = {**_places(inquiry), "opens_on": opens_on}
    return Explanation(inquiry.side.clause, inquiry.side.explain.format_map(places))


def _places(inquiry: Inquiry) -> dict[str, str]:
    return {
        "expires_on": day_in_words(inquiry.period.expires_on),
        "last_on": day_in_words(inquiry.windows[-1].last_on),
    }


def dates_of(inquiry: Inquiry, following: CyclePeriod | None = None) -> Dates:
    """Return every deadline. `following` is the next cycle when it does not simply begin on the day
    after E.
    """
    facts = inquiry.facts
    named = {window.last_day_name: window.last_on for window in inquiry.windows if window.last_day_name}
    return Dates(
        opens_on=inquiry.windows[0].first_on,
        expires_on=inquiry.period.expires_on,
        completion_deadline=inquiry.basis.earning_last_on,
        last_day_to_apply=inquiry.windows[-1].last_on,
        next_cycle=following
        or next_cycle(inquiry.policy, facts.awarded_on, facts.expires_on, facts.counts_from),
        named=tuple(named.items()),
    )
