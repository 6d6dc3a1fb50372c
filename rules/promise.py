"""Answers promised within business days, Monday to Friday. The time does not run while we wait for the
trainer.
"""

from datetime import date

from rules.days import add_days

SATURDAY = 5  # date.weekday() counts from Monday, 0


def is_business_day(day: date) -> bool:
    """Return whether `day` is Monday to Friday; a policy has no holidays."""
    return day.weekday() < SATURDAY


def business_day_after(day: date, count: int) -> date:
    """Return the `count`-th business day after `day`, or `day` itself for 0; raises DateOutOfRange."""
    for _ in range(count):
        day = add_days(day, 1)
        while not is_business_day(day):
            day = add_days(day, 1)
    return day


def business_days_until(due_on: date, today: date) -> int:
    """Return the number of business days after `today` up to `due_on` inclusive; negative once it
    has passed.
    """
    if today > due_on:
        return -business_days_until(today, due_on)
    return sum(
        is_business_day(date.fromordinal(n)) for n in range(today.toordinal() + 1, due_on.toordinal() + 1)
    )


def promised_since(today: date, count: int) -> date:
    """Return the first day whose requests are not late on `today`.

    An answer is promised for the `count`-th business day after a request; whatever came before the returned
    day is late.
    """
    day = today
    while business_day_after(add_days(day, -1), count) >= today:
        day = add_days(day, -1)
    return day
