"""The events that endpoints may hear of. Each app registers its own in `ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.history import subject_kind

TEST = "portal.test"


@dataclass(frozen=True)
class Event:
    """One kind of event: its code, as receivers read it, what it means, and the owners that may hear
    of it: "" for the certifying body, or the model of another owner, such as "ceus.provider".
    """

    code: str
    label: str
    owners: frozenset[str]


_events: dict[str, Event] = {}


def register_event(code: str, label: str, *, owners: frozenset[str] = frozenset({""})) -> Event:
    """Register an event; called from an app's `ready`. Raises ValueError when another has its code."""
    event = Event(code, label, owners)
    if _events.setdefault(code, event) != event:
        raise ValueError(f"There are two events called {code}.")
    return event


def events_for(owner: str) -> Mapping[str, Event]:
    """Return the events that an owner may choose, by code."""
    return {code: one for code, one in sorted(_events.items()) if owner_model(owner) in one.owners}


def owner_model(owner: str) -> str:
    """Return the model of an owner: "ceus.provider" of "ceus.provider:12"; empty for the body."""
    return subject_kind(owner)
