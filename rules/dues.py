"""Recurring fees that fall due within a cycle (the policy's `dues`): on which days, whether they
are paid, and whether they prevent a renewal.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rules.conditions import Context, condition_holds
from rules.cycle_ends import date_of
from rules.days import CyclePeriod, add_days, add_months
from rules.more import DueAnswer
from rules.policy.families import Due

PAID, OPEN, OVERDUE = "paid", "open", "overdue"


def due_answers(dues: Iterable[Due], context: Context) -> tuple[DueAnswer, ...]:
    """Return every fee that falls due in the cycle and whether it is paid, open or overdue on the
    day of receipt, sorted by the day on which it is due.
    """
    found = [
        _answer(due, day, context)
        for due in dues
        if condition_holds(due.when, context)
        for day in due_days(due, context.period)
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.code)))


def due_days(due: Due, period: CyclePeriod) -> Iterator[date]:
    """Yield each day of the cycle on which the fee is due: the policy's days of each year, or the
    first one and then one every so many months.
    """
    if due.fixed_days:
        years = range(period.starts_on.year, period.expires_on.year + 1)
        days = (date_of(year, one) for year in years for one in due.fixed_days)
        yield from (day for day in days if period.starts_on <= day <= period.expires_on)
        return
    first = due.first.on(period)
    yield first
    count = 1
    while due.every_months and (day := add_months(first, count * due.every_months)) <= period.expires_on:
        yield day
        count += 1


def _answer(due: Due, day: date, context: Context) -> DueAnswer:
    last_on = add_days(day, due.grace_days)
    paid = any(
        one.code == due.code and one.due_on == day and one.paid_on <= context.received_on
        for one in context.facts.more.dues
    )
    state = PAID if paid else OPEN if context.received_on <= last_on else OVERDUE
    cents = due.cents + (due.late_cents if state == OVERDUE else 0)
    return DueAnswer(due.code, due.label, due.rule, day, last_on, cents, state, due.blocks, due.with_renewal)
