"""Which reminder is due on a day: only the latest one, however long none was sent (docs/reminders.md)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.days import CyclePeriod, DateOutOfRange
from rules.fees import windows_of
from rules.policy.model import Policy, Reminder


@dataclass(frozen=True, slots=True)
class Mark:
    """A reminder and the date on which it is due, in the policy's zone."""

    reminder: Reminder
    on: date

    @property
    def code(self) -> str:
        """Return the reminder's code."""
        return self.reminder.code


def marks_of(reminders: Iterable[Reminder], days: Mapping[str, date]) -> tuple[Mark, ...]:
    """Return the reminders with their dates, in the order of the calendar.

    `days` maps each anchor, such as "E", to its date. A reminder whose date is out of range is left
    out.
    """
    marks = []
    for reminder in reminders:
        with suppress(DateOutOfRange):
            marks.append(Mark(reminder, reminder.offset.after(days[reminder.offset.anchor])))
    return tuple(sorted(marks, key=lambda mark: mark.on))


@lru_cache(maxsize=16_384)
def renewal_marks(policy: Policy, period: CyclePeriod, last_on: date | None = None) -> tuple[Mark, ...]:
    """Return the reminders to renew a cycle; `last_on` is its last day to apply, where it was extended (Q34)."""
    return cycle_marks(policy, period, "cycle", last_on)


def cycle_marks(
    policy: Policy, period: CyclePeriod, calendar: str, last_on: date | None = None
) -> tuple[Mark, ...]:
    """Return the reminders of a calendar whose dates are counted from the days of a cycle. The
    version in force on the cycle's last day decides.

    No reminder is dated before the cycle's first day. After the last day to apply only those remain
    that are counted from that day. A cycle that never ends has none.
    """
    if period.is_for_life:
        return ()
    windows = windows_of(policy, period, period.expires_on)
    days = {
        "S": period.starts_on,
        "E": period.expires_on,
        "W": windows[0].first_on,
        "L": max(windows[-1].last_on, last_on or date.min),
    }
    version = policy.version_on(period.expires_on)
    marks = marks_of(version.reminders[calendar], days)
    return tuple(
        mark
        for mark in marks
        if period.starts_on <= mark.on and (mark.on <= days["L"] or mark.reminder.offset.anchor == "L")
    )


@lru_cache(maxsize=16_384)
def last_day_marks(policy: Policy, calendar: str, last_day: date) -> tuple[Mark, ...]:
    """Return the reminders of a calendar whose dates are counted from one last day: of a card, an
    audit, a question or a correction.
    """
    version = policy.version_on(last_day)
    return marks_of(version.reminders[calendar], {"C": last_day, "D": last_day})


def reminders_due(marks: Iterable[Mark], today: date, *, after: date = date.min) -> Mark | None:
    """Return the latest reminder that is due by `today` and dated later than `after`; of two with
    the same date, the second. None when there is none, or when its `for_days` have passed.
    """
    due = [mark for mark in marks if after < mark.on <= today]
    return due[-1] if due and not _is_stale(due[-1], today) else None


def _is_stale(mark: Mark, today: date) -> bool:
    """Return whether the reminder's `for_days` have passed: nobody needs "your certification ended"
    years later.
    """
    lasts = mark.reminder.for_days
    return lasts is not None and (today - mark.on).days > lasts


def next_reminder_on(marks: Iterable[Mark], after: date) -> date | None:
    """Return the first day later than `after` on which a reminder is due; None when there is no other."""
    return min((mark.on for mark in marks if mark.on > after), default=None)
