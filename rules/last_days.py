"""Last days that a trainer cannot move: for the documents of an audit (Q18), to correct an application
(Q25), and to ask for a second review of a decision (Q26). Calendar dates in the policy's zone, never hours.
"""

from datetime import date

from rules.days import add_days, due_on


def clock_begins_on(made_on: date, *, told_on: date | None, today: date, latest_days: int) -> date | None:
    """Return the first day of the period for an audit's documents; None while it has not begun.

    `told_on` is the day on which a mail server accepted the mail about the audit, or refused it for
    good. Without it the period begins `latest_days` after `made_on`, when that day has come.
    """
    latest = due_on(made_on, latest_days)
    if told_on is not None:
        return min(max(told_on, made_on), latest)
    return latest if today >= latest else None


def audit_due_on(notified_on: date, days: int) -> date:
    """Return the last day for documents, inclusive: `days` calendar days after `notified_on` (S13)."""
    return due_on(notified_on, days)


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
    return due_on(
        clock_begins_on(decided_on, told_on=told_on, today=latest, latest_days=notice_days) or latest, days
    )
