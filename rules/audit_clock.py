"""The first and the last day of the period in which a trainer sends the documents of an audit:
calendar dates in the policy's zone, never hours (Q18).
"""

from datetime import date

from rules.days import due_on


def begins_on(made_on: date, told_on: date | None, today: date, latest_days: int) -> date | None:
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
