"""How every case is told to its trainer: one card for where it stands, and its history as events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.models import HistoryEntry
from core.templatetags.words import at


@dataclass(frozen=True, slots=True)
class StateCard:
    """One fact, one line, one button. `posts`: the button changes something.

    `fact` says whether they are certified where the heading does not.
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
class Event:
    title: str
    at: SafeString
    line: str = ""


def events_of(
    rows: Iterable[HistoryEntry], titles: Mapping[str, str], *, with_reason: Iterable[str], zone: str
) -> list[Event]:
    """Return the rows whose verb has a title, in their order and in `zone`, without the names of those who work here."""
    told = frozenset(with_reason)
    return [
        Event(titles[row.verb], at(row.at, zone), row.reason if row.verb in told else "")
        for row in rows
        if row.verb in titles
    ]
