"""What the days decide on one path, whatever the records: the window, the price, the status, the next cycle and why."""

from dataclasses import dataclass

from rules.answers import Dates, Explanation
from rules.cycle_ends import APPROVAL, E, end_beside
from rules.days import FOR_LIFE_THROUGH, CyclePeriod, add_days, day_in_words
from rules.facts import APPLICATION, NO_CIRCUMSTANCES
from rules.fees import Fees, Window, extend_last_window, waive_fees, waived_fees, windows_of
from rules.frame import Frame
from rules.given_status import given_status_reason, may_give_status, path_giving_status
from rules.inquiry import Inquiry, dates_of, extension_reasons, fee_reasons, status_reason, window_reason
from rules.next_cycles import cycle_counted_from
from rules.policy.families import Path
from rules.price_lists import PriceList
from rules.wording import ACTIVE, EXPIRED, TERMINATED

SHUT = "No way to renew is open to you."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the days decide. `window` is the one with the day of receipt; None outside of every window. `tier` is its
    tier, or the side before or after the windows. `following` is the next cycle where it does not simply begin on the
    day after E. `next_status` is None for active.
    """

    windows: tuple[Window, ...]
    window: Window | None
    fees: Fees | None
    status: str
    tier: str
    lifetime: bool
    next_from: str
    next_status: str | None
    dates: Dates
    status_reason: Explanation
    window_reason: Explanation
    fee_reasons: tuple[Explanation, ...]
    extension_reasons: tuple[Explanation, ...]


def outcome_of(frame: Frame, path: Path | None, prices: PriceList) -> Outcome:
    """Return what the days decide. Of people of whom nothing is told but their cycle those with the same price list
    share it on each day.
    """
    facts = frame.facts
    if facts.more is not NO_CIRCUMSTANCES or facts.extensions or facts.waivers:
        return _Deciding(frame, path, prices).outcome()
    found: Outcome = prices.outcomes.get(frame.as_of, lambda: _Deciding(frame, path, prices).outcome())
    return found


class _Deciding:
    def __init__(self, frame: Frame, path: Path | None, prices: PriceList) -> None:
        self.frame, self.path, self.prices = frame, path, prices
        self.selling, self.is_open = frame.selling, bool(prices.windows)
        self.inquiry = self._inquiry()

    def outcome(self) -> Outcome:
        inquiry, fees, (status, reason), following = (
            self.inquiry,
            self._fees(),
            self._status(),
            self._following(),
        )
        return Outcome(
            windows=inquiry.windows,
            window=inquiry.window,
            fees=fees,
            status=status,
            tier=self._tier(),
            lifetime=self._lifetime,
            next_from=self._next_from,
            next_status=self._next_status(following),
            dates=dates_of(inquiry, following),
            status_reason=reason,
            window_reason=self._window_reason(),
            fee_reasons=tuple(fee_reasons(fees)),
            extension_reasons=tuple(extension_reasons(inquiry)),
        )

    @property
    def _lifetime(self) -> bool:
        """Whether this renewal is for life, so that there is no next cycle."""
        return self.path is not None and self.path.lifetime

    def _inquiry(self) -> Inquiry:
        """Return the inquiry with its windows, waivers and extensions. When no window is open to this person, its
        windows are those of the policy, and none is that of the day.
        """
        frame = self.frame
        policy, period, received_on = frame.policy, frame.context.period, frame.context.received_on
        windows = self.prices.windows or windows_of(policy, period, received_on)
        windows = waive_fees(policy, period, windows, frame.facts.waivers)
        application = frame.facts.extended(APPLICATION, after=windows[-1].last_on)
        if application:
            windows = extend_last_window(policy, period, windows, application)
        window = next((one for one in windows if one.first_on <= received_on <= one.last_on), None)
        return Inquiry(
            *(policy, frame.facts, frame.as_of, frame.basis, frame.selling, windows),
            window if self.is_open else None,
            tuple(filter(None, (frame.completion, application))),
        )

    def _fees(self) -> Fees | None:
        inquiry, first = self.inquiry, self.prices.first
        if inquiry.window:
            return inquiry.window.fees
        if not self.is_open or not inquiry.coming or first is None:
            return None
        return waived_fees(inquiry.policy, first, inquiry.facts.waivers)

    def _status(self) -> tuple[str, Explanation]:
        """Return (status on the day `as_of`, the reason). A tier may have a status of its own."""
        inquiry, as_of = self.inquiry, self.inquiry.as_of
        if as_of <= inquiry.period.expires_on:
            return self._status_in_cycle()
        window = next((one for one in inquiry.windows if one.first_on <= as_of <= one.last_on), None)
        tier = self.selling.tier(window.tier) if window else None
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

    def _next_status(self, following: CyclePeriod | None) -> str | None:
        """Return the status that this renewal gives through the next cycle; None for active."""
        if self.path is None or not may_give_status(self.frame.policy):
            return None
        begins = following.starts_on if following else add_days(self.inquiry.period.expires_on, 1)
        path = path_giving_status(self.frame.policy, begins, self.path.code)
        return path.status if path else None

    @property
    def _next_from(self) -> str:
        """Return from which day the next cycle is counted: E, the receipt or the approval."""
        window = None if self._lifetime else self.inquiry.window
        tier = self.selling.tier(window.tier) if window else None
        usual = E if self._lifetime else self.frame.basis.version.families.ends.next_from
        return (tier.terms.next_from if tier else None) or usual

    def _following(self) -> CyclePeriod | None:
        version, facts = self.frame.basis.version, self.frame.facts
        expires_on = self.inquiry.period.expires_on
        if self._lifetime:
            return CyclePeriod(add_days(expires_on, 1), FOR_LIFE_THROUGH)
        own_months = self.path.next_months if self.path else None
        if self._next_from == E:
            if own_months is None:
                return None
            end = end_beside(version.families.ends, expires_on, own_months, facts.counts_from)
            return CyclePeriod(add_days(expires_on, 1), end)
        approved_on = facts.more.approved_on if self._next_from == APPROVAL else None
        starts_on = approved_on or self.frame.context.received_on
        return cycle_counted_from(self.frame.policy, starts_on, facts.counts_from, own_months)

    def _window_reason(self) -> Explanation:
        """Return why an application is accepted on the day of receipt, or why not."""
        if self.is_open:
            return window_reason(self.inquiry)
        return Explanation(self.selling.no_longer.clause, SHUT)

    def _tier(self) -> str:
        if self.inquiry.window:
            return self.inquiry.window.tier
        return self.inquiry.side.code if self.is_open else self.selling.no_longer.code
