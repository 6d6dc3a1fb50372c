"""Recurring fees that fall due within a cycle (the policy's `dues`): on which days, whether they
are paid, and whether they prevent a renewal.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rules.conditions import Context, condition_holds
from rules.cycle_ends import date_of
from rules.days import CyclePeriod, add_days, add_months, months_between
from rules.more import DueAnswer
from rules.policy.families import Due
from rules.rounding import prorated_amount

PAID, OPEN, OVERDUE = "paid", "open", "overdue"


def due_answers(dues: Iterable[Due], context: Context, *, today: date | None = None) -> tuple[DueAnswer, ...]:
    """Return every fee that falls due in the cycle and whether it is paid, open or overdue on
    `today`, or without it on the day of receipt; sorted by the day on which it is due.
    """
    found = [
        _answer(due, day, cents, context, today or context.received_on)
        for due in dues
        if condition_holds(due.when, context)
        for day, cents in _charged(due, context)
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.code)))


def due_days(due: Due, period: CyclePeriod) -> Iterator[date]:
    """Yield each day of the cycle on which the fee is due: the policy's days of each year, or the
    first one and then one every so many months. With a part for the time before the policy's first
    day of the year, the first day of the cycle is one too; only an award's first cycle has that part.
    Nothing is due in a cycle that never ends, nor outside of a short one.
    """
    if period.is_for_life:
        return
    if due.fixed_days:
        years = range(period.starts_on.year, period.expires_on.year + 1)
        fixed = [date_of(year, one) for year in years for one in due.fixed_days]
        if due.prorated and period.starts_on not in fixed:
            yield period.starts_on
        yield from (day for day in fixed if period.starts_on <= day <= period.expires_on)
        return
    first = day = due.first.on(period)
    count = 0
    while day <= period.expires_on:
        if day >= period.starts_on:
            yield day
        if not due.every_months:
            return
        count += 1
        day = add_months(first, count * due.every_months)


def _charged(due: Due, context: Context) -> Iterator[tuple[date, int]]:
    """Yield each day on which the fee is due, and how many cents: less for a time that is shorter
    than usual, where the policy says so.

    Between days of the year that is the time from the award to the first of them; otherwise the
    time from the last due day to E.
    """
    days, period, rule = list(due_days(due, context.period)), context.period, due.prorated
    if rule is None:
        yield from ((day, due.cents) for day in days)
        return
    if days and not due.fixed_days:
        ends = [*(add_days(day, -1) for day in days[1:]), period.expires_on]
        for day, ends_on in zip(days, ends, strict=True):
            yield day, prorated_amount(due.cents, rule, CyclePeriod(day, ends_on), due.every_months or 0, 1)
        return
    for day in days:
        if any(date_of(day.year, one) == day for one in due.fixed_days):
            yield day, due.cents
        elif context.number == 1:
            before, after = _fixed_days_around(due, day)
            part = CyclePeriod(day, add_days(after, -1))
            yield day, prorated_amount(due.cents, rule, part, months_between(before, after), 1)


def _fixed_days_around(due: Due, day: date) -> tuple[date, date]:
    """Return the last of the fee's days of a year before `day`, and the first after it."""
    years = range(day.year - 1, day.year + 2)
    days = sorted(date_of(year, one) for year in years for one in due.fixed_days)
    return max(one for one in days if one < day), min(one for one in days if one > day)


def _answer(due: Due, day: date, cents: int, context: Context, today: date) -> DueAnswer:
    last_on = add_days(day, due.grace_days)
    paid = any(
        one.code == due.code and one.due_on == day and one.paid_on <= today for one in context.facts.more.dues
    )
    state = PAID if paid else OPEN if today <= last_on else OVERDUE
    late = _late_cents(due, day, today) if state == OVERDUE else 0
    return DueAnswer(
        *(due.code, due.label, due.rule, day, last_on, cents + late, state, due.blocks, due.with_renewal),
        is_part=cents < due.cents,
    )


def _late_cents(due: Due, day: date, today: date) -> int:
    """Return how much more an overdue fee is: the amount of the last step whose days have passed since
    the day on which it was due.
    """
    passed = (cents for days, cents in due.later if add_days(day, days) < today)
    return max(passed, default=due.late_cents)
