"""The messages that the policy in force plans: when each is sent, and which of them a trainer can
switch off.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.policy_words import in_policy_words
from rules.days import CyclePeriod
from rules.policy.calendars import OPTIONAL
from rules.policy.model import Policy, Reminder
from rules.reminders import cycle_marks
from rules.units import Unit, count_of
from trainers.last_days import last_day_to_apply
from trainers.models import Credential, Cycle

# What each calendar is about, and how the days are called from which its reminders are counted.
_ENDS = {
    "S": "the first day of your cycle",
    "E": "your expiration date",
    "W": "the first day you can renew",
    "L": "the last day you can renew",
}
ABOUT: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "cycle": ("While you have not renewed", _ENDS),
    "card": (in_policy_words("Before your {card} ends"), {"C": "the last day of your card"}),
    "petition": ("While a petition is not decided", _ENDS),
    "question": ("While a question about your petition waits", {"D": "the last day to answer"}),
    "audit": ("While we wait for documents", {"D": "the last day to send them"}),
}

Dated = Mapping[str, list[tuple[Reminder, date | None]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `on` is its date when the cycle gives one; `only` is the condition under which
    it is sent.
    """

    when: str
    on: date | None
    passed: bool
    only: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MailCalendar:
    optional: tuple[Group, ...]
    always: tuple[Group, ...]


def mail_calendar(policy: Policy, cycle: Cycle | None, *, today: date) -> MailCalendar:
    """Return every message of the policy's calendars with its date in `cycle`; without a cycle,
    with its day in words.
    """
    dated = _dated(policy, cycle)
    return MailCalendar(
        optional=tuple(_groups(policy, dated, today, optional=True)),
        always=tuple(_groups(policy, dated, today, optional=False)),
    )


def cycle_to_remind(credential: Credential | None) -> Cycle | None:
    """Return the newest cycle, whose reminder dates the page shows; None without a credential in
    force (Q24).
    """
    if credential is None or not credential.in_force:
        return None
    return Cycle.objects.latest_of(credential)


def _groups(policy: Policy, dated: Dated, today: date, *, optional: bool) -> Iterable[Group]:
    version = policy.version_on(today)
    for calendar, (title, anchors) in ABOUT.items():
        days = dated.get(calendar) or [(one, None) for one in version.reminders[calendar]]
        lines = tuple(
            _line(reminder, on, anchors, policy.unit, today)
            for reminder, on in days
            if (reminder.urgency == OPTIONAL) == optional
        )
        if lines:
            yield Group(title, lines)
    if version.unpaid_reminder_hours and not optional:
        yield Group("While a renewal that you sent is not paid", _unpaid(version.unpaid_reminder_hours))


def _dated(policy: Policy, cycle: Cycle | None) -> Dated:
    """Return the reminders with their dates, in order, for each calendar whose days `cycle` decides."""
    if cycle is None:
        return {}
    period, last_on = CyclePeriod(cycle.starts_on, cycle.expires_on), last_day_to_apply(cycle)
    return {
        calendar: [(mark.reminder, mark.on) for mark in cycle_marks(policy, period, calendar, last_on)]
        for calendar, (_, anchors) in ABOUT.items()
        if anchors is _ENDS
    }


def _line(reminder: Reminder, on: date | None, anchors: Mapping[str, str], unit: Unit, today: date) -> Line:
    words = reminder.offset.words(anchors)
    when = f"{words[0].upper()}{words[1:]}" if reminder.offset.count else f"On {words}"
    return Line(when, on, passed=on is not None and on < today, only=_only(reminder, unit))


def _only(reminder: Reminder, unit: Unit) -> str:
    if reminder.below is not None:
        return f"Only if you have less than {unit.words(reminder.below)} by then"
    return "Only if you have not added any" if reminder.unstarted else ""


def _unpaid(hours: tuple[int, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(f"{count_of(count, 'hour')} after you sent it", None, passed=False, only="") for count in hours
    )
