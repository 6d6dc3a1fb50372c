"""Every window in which an application for a cycle is accepted, and what it costs in each, line by
line (S6, S7, Q5, Q14). A lead's extensions (Q34) and waivers (Q35) are included.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from rules.days import CyclePeriod, add_days, day_in_words
from rules.facts import CycleExtension, Waiver
from rules.policy.model import Fee, Policy, PolicyVersion, Tier
from rules.spans import Span

WAIVER_CLAUSE = "Q35"
WAIVED = "waived_"  # this prefix and a fee's code form the code of the line that waives the fee


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a price, with the sentence that explains it."""

    code: str
    label: str
    amount_cents: int
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Fees:
    """A price: its lines and their sum, in cents."""

    currency: str
    total_cents: int
    lines: tuple[FeeLine, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Days of receipt, both inclusive, with one tier and one price. `text` is the sentence for the
    trainer. `moved` says why an extension moved the last day; `text` ends with it.
    """

    tier: str
    label: str
    first_on: date
    last_on: date
    fees: Fees
    clause: str
    text: str
    last_day_name: str | None
    moved: str = ""


def fees_of(policy: Policy, tier: Tier, period: CyclePeriod) -> Fees:
    """Return the fees of an application received in `tier`, in the policy's order.

    A fee of 0 gets no line, so there may be no line at all.
    """
    places = fee_places(tier, period)
    total = sum(fee.amount_cents for fee in tier.fees)
    return Fees(
        policy.currency, total, tuple(_line(policy, fee, places) for fee in tier.fees if fee.amount_cents)
    )


def fee_places(tier: Tier, period: CyclePeriod) -> dict[str, str]:
    """Return the words for the places in a fee's sentence."""
    first_on, last_on = tier.bounds.days_in(period)
    return {
        "expires_on": day_in_words(period.expires_on),
        "first_on": day_in_words(first_on),
        "last_on": day_in_words(last_on),
        "day_before": day_in_words(add_days(first_on, -1)),
    }


def windows_of(policy: Policy, period: CyclePeriod, day: date) -> tuple[Window, ...]:
    """Return all windows of a cycle in order, at least one.

    A window whose price or days change with a later version is split at that version's first day
    (Q14). When no version has a window within the time it is in force, the windows are those of the
    version in force on `day`.
    """
    return _lasting(policy, period) or _priced(policy, period, tier_days(policy.version_on(day), period))


def extend_last_window(
    policy: Policy, period: CyclePeriod, windows: tuple[Window, ...], extension: CycleExtension
) -> tuple[Window, ...]:
    """Return `windows` with the end of the last one moved to the extension's day; its price stays (Q34)."""
    last = windows[-1]
    longer = window_of(policy, period, _tier_of(policy, last), (last.first_on, extension.through), last.fees)
    moved = f"We moved this last day{because_of(extension.reason)}."
    return (*windows[:-1], replace(longer, text=f"{longer.text} {moved}", moved=moved))


def waive_fees(
    policy: Policy, period: CyclePeriod, windows: tuple[Window, ...], waivers: Iterable[Waiver]
) -> tuple[Window, ...]:
    """Return `windows` with a negative line for each fee that is waived, never more than the fee (Q35)."""
    kept = tuple(waivers)
    return tuple(_waive(policy, period, one, kept) for one in windows) if kept else windows


def because_of(reason: str) -> str:
    """Return a reason as the end of a sentence; "" when the reason is empty."""
    return f" because of {reason}" if reason else ""


def waived_fees(policy: Policy, fees: Fees, waivers: Iterable[Waiver]) -> Fees:
    """Return `fees` with the lines that waive them and their new sum (Q35)."""
    left = {line.code: line for line in fees.lines}
    added: list[FeeLine] = []
    for one in waivers:
        line = left.get(one.of)
        if line and line.amount_cents:
            cents = line.amount_cents if one.cents is None else min(one.cents, line.amount_cents)
            left[one.of] = replace(line, amount_cents=line.amount_cents - cents)
            added.append(_waiver_line(policy, line, cents, one))
    total = fees.total_cents + sum(line.amount_cents for line in added)
    return Fees(fees.currency, total, (*fees.lines, *_joined(added)))


def _waiver_line(policy: Policy, line: FeeLine, cents: int, waiver: Waiver) -> FeeLine:
    text = f"We waived {policy.money(cents)} of it{because_of(waiver.reason)}."
    return FeeLine(f"{WAIVED}{line.code}", f"{line.label}, waived", -cents, WAIVER_CLAUSE, text)


def _joined(lines: Iterable[FeeLine]) -> Iterable[FeeLine]:
    """Return the lines that waive fees, added up for each fee, so that no code occurs twice."""
    joined: dict[str, FeeLine] = {}
    for line in lines:
        known = joined.get(line.code)
        joined[line.code] = line if known is None else _sum_of(known, line)
    return joined.values()


def _sum_of(one: FeeLine, other: FeeLine) -> FeeLine:
    cents = one.amount_cents + other.amount_cents
    return replace(one, amount_cents=cents, text=f"{one.text} {other.text}")


def _waive(policy: Policy, period: CyclePeriod, window: Window, waivers: tuple[Waiver, ...]) -> Window:
    fees = waived_fees(policy, window.fees, waivers)
    if fees.total_cents == window.fees.total_cents:
        return window
    return window_of(policy, period, _tier_of(policy, window), (window.first_on, window.last_on), fees)


def _tier_of(policy: Policy, window: Window) -> Tier:
    tiers = {tier.code: tier for version in policy.versions for tier in version.tiers}
    return tiers[window.tier]


@lru_cache(maxsize=2048)
def _lasting(policy: Policy, period: CyclePeriod) -> tuple[Window, ...]:
    spans = [
        (tier, max(first_on, tier_first_on), min(last_on, tier_last_on))
        for version, first_on, last_on in days_of_versions(policy)
        for tier, tier_first_on, tier_last_on in tier_days(version, period)
    ]
    return _priced(policy, period, [span for span in spans if span[1] <= span[2]])


def _priced(policy: Policy, period: CyclePeriod, spans: Iterable[Span]) -> tuple[Window, ...]:
    windows: list[Window] = []
    for tier, first_on, last_on in spans:
        fees = fees_of(policy, tier, period)
        if windows and continues_window(windows[-1], tier, fees, first_on):
            first_on = windows.pop().first_on
        windows.append(window_of(policy, period, tier, (first_on, last_on), fees))
    return tuple(windows)


def days_of_versions(policy: Policy) -> list[tuple[PolicyVersion, date, date]]:
    """Return (version, first day, last day) of the days that each version decides. The first
    version also decides the days before it.
    """
    first_days = [date.min, *(version.in_force_from for version in policy.versions[1:])]
    last_days = [*(day - timedelta(days=1) for day in first_days[1:]), date.max]
    return list(zip(policy.versions, first_days, last_days, strict=True))


@lru_cache(maxsize=4096)  # many people share a few cycles
def tier_days(version: PolicyVersion, period: CyclePeriod) -> tuple[Span, ...]:
    """Return the tiers of a version in the order of the file, each with its days in the cycle."""
    return tuple((tier, *tier.bounds.days_in(period)) for tier in version.tiers)


def continues_window(before: Window, tier: Tier, fees: Fees, first_on: date) -> bool:
    """Return whether a window that begins on `first_on` only continues the window before it."""
    same = before.tier == tier.code and before.fees == fees
    return same and before.last_on == first_on - timedelta(days=1)


def window_of(policy: Policy, period: CyclePeriod, tier: Tier, days: tuple[date, date], fees: Fees) -> Window:
    """Return the window of a tier on these days, with its sentence."""
    places = {
        "first_on": day_in_words(days[0]),
        "last_on": day_in_words(days[1]),
        "expires_on": day_in_words(period.expires_on),
        "total": policy.money(fees.total_cents),
    }
    text = tier.explain.format_map(places)
    if not fees.total_cents:
        text = f"Through {places['last_on']}. There is nothing to pay."
    return Window(tier.code, tier.label, *days, fees, tier.clause, text, tier.last_day_name)


def _line(policy: Policy, fee: Fee, places: dict[str, str]) -> FeeLine:
    text = fee.explain.format_map({**places, "amount": policy.money(fee.amount_cents)})
    return FeeLine(fee.code, fee.label, fee.amount_cents, fee.clause, text)
