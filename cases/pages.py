"""What a trainer's page shows about a case: a card for its state, rows that sum it up, and its
history as events.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.models import HistoryEntry
from core.templatetags.words import at

# Beside a button that pays, while a payment that was just made may not have been reported yet.
JUST_PAID = "If you have just paid, there is nothing to do: we will email you."


@dataclass(frozen=True, slots=True)
class StateCard:
    """The present state of a case: one heading, one line and one button. With `posts` the button
    submits a form, otherwise it is a link.

    `fact` says whether the trainer is certified, for cards whose heading does not say it.
    """

    tag_kind: str
    tag: str
    heading: str
    line: str
    button: str = ""
    url: str = ""
    posts: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary: a name and its value."""

    name: str
    value: str | SafeString
    url: str = ""
    total: bool = False  # this line is the sum of those before it


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the timeline."""

    title: str
    at: SafeString
    line: str = ""


def events_of(
    rows: Iterable[HistoryEntry], titles: Mapping[str, str], *, with_reason: Iterable[str], zone: str
) -> list[Event]:
    """Return an event for each row whose verb has a title, in the order of `rows`, with times in
    `zone` and without names of staff.

    Only rows whose verb is in `with_reason` show their reason.
    """
    told = frozenset(with_reason)
    return [
        Event(titles[row.verb], at(row.at, zone), row.reason if row.verb in told else "")
        for row in rows
        if row.verb in titles
    ]
