"""Answers promised in business days: Monday to Friday. The clock of a promise stands still while we wait for the trainer."""

from datetime import date

from rules.days import add_days

SATURDAY = 5  # date.weekday() counts from Monday, 0


def is_business_day(day: date) -> bool:
    """Monday to Friday; a policy knows no holidays."""
    return day.weekday() < SATURDAY


def business_day_after(day: date, count: int) -> date:
    """The `count`-th business day after `day`, which itself is not counted; with 0 it is `day`. Raises DateOutOfRange."""
    for _ in range(count):
        day = add_days(day, 1)
        while not is_business_day(day):
            day = add_days(day, 1)
    return day


def business_days_until(due_on: date, today: date) -> int:
    """How many business days are left after `today` up to `due_on` inclusive; below zero: how many have passed since."""
    if today > due_on:
        return -business_days_until(today, due_on)
    return sum(
        is_business_day(date.fromordinal(n)) for n in range(today.toordinal() + 1, due_on.toordinal() + 1)
    )


def promised_since(today: date, count: int) -> date:
    """What came before this day is late on `today`, when an answer is promised for the `count`-th business day after it came."""
    day = today
    while business_day_after(add_days(day, -1), count) >= today:
        day = add_days(day, -1)
    return day
