"""Last days that a trainer cannot move: to correct an application (Q25), and to ask for a second
review of a decision (Q26).
"""

from datetime import date

from rules.audit_clock import begins_on
from rules.days import add_days, due_on


def correction_days_left(days: int, spent: int, least: int) -> int:
    """Return how many days the trainer gets for a correction: `days` less those `spent` on earlier
    corrections, but at least `least` (Q25).
    """
    return max(days - spent, least)


def correction_through(returned_on: date, days: int, spent: int, least: int) -> date:
    """Return the last day to correct an application, inclusive (Q25).

    `spent` is the number of days on which the application was already returned for correction.
    """
    return due_on(returned_on, correction_days_left(days, spent, least))


def last_day_to_look_again(decided_on: date, told_on: date | None, notice_days: int, days: int) -> date:
    """Return the last day, inclusive, to ask for a second review: `days` after the day on which the
    trainer could read the decision (Q26).

    `told_on` is the day on which a mail server accepted the decision's mail, or refused it for
    good; None while neither has happened. Without it, or when it is later, the decision counts as
    read `notice_days` after `decided_on`.
    """
    latest = add_days(decided_on, notice_days)
    return due_on(begins_on(decided_on, told_on, latest, notice_days) or latest, days)
