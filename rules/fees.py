"""What an application costs, line by line, on a day of receipt (S6, S7, Q5, Q14)."""

from dataclasses import dataclass

from rules.days import CyclePeriod, add_days, day_in_words
from rules.policy.model import Fee, Policy, Tier


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


def fees_of(policy: Policy, tier: Tier, period: CyclePeriod) -> Fees:
    """Return the fees of an application received in `tier`, in the policy's order."""
    first_on, last_on = tier.bounds.on(period)
    places = {
        "expires_on": day_in_words(period.expires_on),
        "first_on": day_in_words(first_on),
        "last_on": day_in_words(last_on),
        "day_before": day_in_words(add_days(first_on, -1)),
    }
    total = sum(fee.amount_cents for fee in tier.fees)
    return Fees(policy.currency, total, tuple(_line(policy, fee, places) for fee in tier.fees))


def _line(policy: Policy, fee: Fee, places: dict[str, str]) -> FeeLine:
    text = fee.explain.format_map({**places, "amount": policy.money(fee.amount_cents)})
    return FeeLine(fee.code, fee.label, fee.amount_cents, fee.clause, text)
