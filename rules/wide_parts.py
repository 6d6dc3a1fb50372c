"""The parts of the answer that depend on the window: the status, the next cycle, what is carried
over, other credentials, the audit, and acts.
"""

from dataclasses import dataclass
from datetime import date

from rules.acts import act_answers, audit_answer
from rules.answers import Explanation, Requirement
from rules.carrying import left_over
from rules.conditions import Context, anchor_days
from rules.counting import Count, CountBasis, count_records
from rules.cycle_ends import APPROVAL, E, end_beside
from rules.days import FOR_LIFE_THROUGH, CyclePeriod, add_days, day_in_words
from rules.facts import CycleExtension, Facts, RecordFact
from rules.fees import Fees
from rules.given_status import given_status_reason, may_give_status, path_giving_status
from rules.inquiry import Inquiry, status_reason, window_reason
from rules.more import AlsoAnswer, CardAnswer, DueAnswer, MoreAnswers
from rules.next_cycles import cycle_counted_from
from rules.policy.families import Path
from rules.policy.model import Policy, PolicyVersion
from rules.pricing import is_covered_by, renews_other
from rules.wording import ACTIVE, EXPIRED, TERMINATED

SHUT = "No way to renew is open to you."


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every path of one question."""

    policy: Policy
    facts: Facts
    as_of: date
    selling: PolicyVersion
    context: Context
    basis: CountBasis
    completion: CycleExtension | None
    dues: tuple[DueAnswer, ...]

    @property
    def records(self) -> tuple[RecordFact, ...]:
        """Return the records of the cycle, and those carried over into it."""
        return (*self.facts.records, *self.facts.more.carried)


@dataclass(frozen=True, slots=True)
class CountedPath:
    """What counts and how much of each requirement is reached, on one path and in one tier."""

    context: Context
    basis: CountBasis
    counts: dict[str, Count]
    requirements: tuple[Requirement, ...]
    cards: tuple[CardAnswer, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoreParts:
    """The parts of an answer that depend on the window."""

    frame: Frame
    found: CountedPath
    charging: Context  # with the tier of the day
    inquiry: Inquiry
    path: Path | None
    open_at_all: bool
    fees: Fees | None

    @property
    def is_eligible(self) -> bool:
        """Return whether nothing is missing and an application is accepted."""
        return not self.found.context.unmet and self.inquiry.window is not None

    @property
    def lifetime(self) -> bool:
        """Return whether this renewal is for life, so that there is no next cycle."""
        return self.path is not None and self.path.lifetime

    def status(self) -> tuple[str, Explanation]:
        """Return (status on the day `as_of`, the reason). A tier may have a status of its own."""
        inquiry, as_of = self.inquiry, self.inquiry.as_of
        if as_of <= inquiry.period.expires_on:
            return self._status_in_cycle()
        window = next((one for one in inquiry.windows if one.first_on <= as_of <= one.last_on), None)
        tier = self.frame.selling.tier(window.tier) if window else None
        if window and tier and tier.terms.status:
            since = day_in_words(add_days(inquiry.period.expires_on, 1))
            said = f"Your certification is {tier.terms.status.replace('_', ' ')} since {since}. "
            return tier.terms.status, Explanation(window.clause, f"{said}{window.text}")
        status = EXPIRED if as_of <= inquiry.windows[-1].last_on else TERMINATED
        return status, status_reason(inquiry, status)

    def _status_in_cycle(self) -> tuple[str, Explanation]:
        """Return (active, why), or the status that the path of the renewal before gives, and its rule."""
        period, renewed_by = self.inquiry.period, self.frame.facts.more.renewed_by
        path = path_giving_status(self.frame.policy, period.starts_on, renewed_by)
        if path is None or path.status is None:
            return ACTIVE, status_reason(self.inquiry, ACTIVE)
        return path.status, given_status_reason(path, path.status, period.expires_on)

    def _next_status(self) -> str | None:
        """Return the status that this renewal gives through the next cycle; None for active."""
        if self.path is None or not may_give_status(self.frame.policy):
            return None
        following = self.following()
        begins = following.starts_on if following else add_days(self.inquiry.period.expires_on, 1)
        path = path_giving_status(self.frame.policy, begins, self.path.code)
        return path.status if path else None

    @property
    def next_from(self) -> str:
        """Return from which day the next cycle is counted: E, the receipt or the approval."""
        window = None if self.lifetime else self.inquiry.window
        tier = self.frame.selling.tier(window.tier) if window else None
        usual = E if self.lifetime else self.frame.basis.version.families.ends.next_from
        return (tier.terms.next_from if tier else None) or usual

    def following(self) -> CyclePeriod | None:
        """Return the next cycle when it does not simply begin on the day after E; else None."""
        version, facts = self.frame.basis.version, self.frame.facts
        expires_on = self.inquiry.period.expires_on
        if self.lifetime:
            return CyclePeriod(add_days(expires_on, 1), FOR_LIFE_THROUGH)
        own_months = self.path.next_months if self.path else None
        if self.next_from == E:
            if own_months is None:
                return None
            end = end_beside(version.families.ends, expires_on, own_months, facts.counts_from)
            return CyclePeriod(add_days(expires_on, 1), end)
        received_on = self.frame.context.received_on
        approved_on = facts.more.approved_on if self.next_from == APPROVAL else None
        starts_on = approved_on or received_on
        return cycle_counted_from(self.frame.policy, starts_on, facts.counts_from, own_months)

    def window_reason(self) -> Explanation:
        """Return why an application is accepted on the day of receipt, or why not."""
        if self.open_at_all:
            return window_reason(self.inquiry)
        return Explanation(self.frame.selling.no_longer.clause, SHUT)

    def tier(self) -> str:
        """Return the code of the tier on the day of receipt; outside of every window, the code of
        the side before or after them.
        """
        if self.inquiry.window:
            return self.inquiry.window.tier
        return self.inquiry.side.code if self.open_at_all else self.frame.selling.no_longer.code

    def answer(self) -> MoreAnswers:
        """Return the parts of the answer that only some policies have."""
        selling, context, facts = self.frame.selling, self.charging, self.frame.facts
        windows = self.inquiry.windows
        days = {**anchor_days(context), "W": windows[0].first_on, "L": windows[-1].last_on}
        audit = selling.families.audit
        own, several = self.frame.policy.code, selling.families.several
        return MoreAnswers(
            path=self.path.code if self.path else None,
            number=context.number,
            lifetime=self.lifetime,
            next_status=self._next_status(),
            next_from=self.next_from,
            cards=self.found.cards,
            dues=self.frame.dues,
            left_over=self._left_over(),
            also=tuple(
                AlsoAnswer(
                    one.code,
                    is_covered_by(own, one.code, several) or renews_other(one, several),
                    is_covered_by(own, one.code, several),
                )
                for one in facts.more.also
            ),
            audit=audit_answer(audit, selling.audit_rate, context) if audit else None,
            acts=act_answers(selling.families.acts, context, days),
        )

    def _left_over(self) -> tuple[tuple[str, int], ...] | None:
        """Return what the records that an application claims leave over; the others stay for the new
        cycle as they are.
        """
        carry_over = self.frame.basis.version.families.carry_over
        if carry_over is None:
            return None
        claimed = self.found.context.counted
        counts = count_records(claimed, self.found.basis)
        total, cards = self.found.requirements[0], sum(one.counted for one in self.found.cards)
        surplus = max(0, sum(one.counted for one in counts.values()) + cards - total.required)
        carried = {one.id for one in self.frame.facts.more.carried}
        own = [(one, counts[one.id].counted) for one in claimed if one.id not in carried]
        return tuple(left_over(own, surplus, carry_over, self.frame.context.period))
