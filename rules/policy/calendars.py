"""Read the calendars of reminders of one version of a policy (docs/reminders.md)."""

from collections.abc import Mapping
from types import MappingProxyType

from rules.days import ANCHOR_WORDS, Offset
from rules.policy.model import Reminder
from rules.policy.table import Table
from rules.units import Unit

# Each calendar, and the days from which its reminders are counted: S and E are the two ends of the cycle, W and L the
# first and the last day to apply, C is the last day of a card, D the last day to answer.
CALENDARS = {
    **{"cycle": "ESWL", "card": "C", "petition": "ESWL", "question": "D", "audit": "D"},
    "correction": "D",
}
# The anchor of the last day on which a calendar may have reminders.
ENDS = {"card": "C", "petition": "E", "question": "D", "audit": "D", "correction": "D"}
FIRM, EARLY, OPTIONAL = URGENCIES = ("firm", "early", "optional")


def read_calendars(table: Table | None, unit: Unit) -> Mapping[str, tuple[Reminder, ...]]:
    """Return every calendar by its name; a calendar that the file leaves out is empty."""
    found: dict[str, tuple[Reminder, ...]] = dict.fromkeys(CALENDARS, ())
    if table:
        for name in filter(table.has, CALENDARS):
            rows = table.tables(name)
            found[name] = tuple(_reminder(row, name, unit) for row in rows)
        table.close()
    return MappingProxyType(found)


def _reminder(table: Table, calendar: str, unit: Unit) -> Reminder:
    """Return one reminder. A condition is a key of the one calendar that has it."""
    reminder = Reminder(
        code=table.code(),
        offset=_offset(table, calendar),
        urgency=table.choice("urgency", URGENCIES) if table.has("urgency") else FIRM,
        below=table.amount("below", unit) if calendar == "cycle" and table.has("below") else None,
        unstarted=calendar == "audit" and table.flag("unstarted", default=False),
        at_once=table.flag("at_once", default=False),
        for_days=table.whole("for_days") if table.has("for_days") else None,
    )
    table.close()
    return reminder


def _offset(table: Table, calendar: str) -> Offset:
    """Return the day of a reminder; a day on which nothing is ever sent is a problem."""
    offset = table.offset("on", CALENDARS[calendar])
    sides = (("before", offset.count < 0, "S"), ("after", offset.count > 0, ENDS.get(calendar)))
    for side, lies_there, never in sides:
        if lies_there and offset.anchor == never:
            table.problem("on", f"must not lie {side} {ANCHOR_WORDS[never]}: nothing is sent then.")
    return offset
