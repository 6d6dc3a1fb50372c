"""Rounding of amounts to whole steps, and amounts for a time that is shorter or longer than usual."""

from rules.days import CyclePeriod, add_days, add_months, begun_months, months_between
from rules.policy.amounts import BEGUN, DOWN, NEAREST, Proration


def rounded_amount(parts: int, whole: int, step: int, rounds: str) -> int:
    """Return `parts` of `whole` in whole steps: rounded up, down or to the nearest, of which a half
    is rounded up.
    """
    unit = whole * step
    if rounds == NEAREST:
        return (2 * parts + unit) // (2 * unit) * step
    return (parts // unit if rounds == DOWN else -(-parts // unit)) * step


def prorated_amount(amount: int, rule: Proration, period: CyclePeriod, usual_months: int, step: int) -> int:
    """Return the part of an amount for `usual_months` that a period makes, by whole or begun months,
    quarters or the like, or by days. The usual time takes the amount itself, and a shorter one no more.
    """
    after, usual = add_days(period.expires_on, 1), usual_months
    if not rule.months:
        parts, usual = (after - period.starts_on).days, (after - add_months(after, -usual_months)).days
    elif rule.counts == BEGUN:
        parts = -(-begun_months(period.starts_on, after) // rule.months) * rule.months
    else:
        parts = months_between(period.starts_on, after) // rule.months * rule.months
    if parts == usual:
        return amount
    found = rounded_amount(amount * parts, usual, rule.to or step, rule.rounds)
    return min(found, amount) if parts < usual else found
