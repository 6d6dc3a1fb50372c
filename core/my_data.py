"""The page on which a person reads what we hold about them, and the files that they sent. Every
app's `my_data.py` gives sections with a heading, in the words of the app's pages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.utils.safestring import SafeString

from core.people import Person

Words = str | SafeString


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One row of history in words. A timeline event of `cases.pages` has the same three fields."""

    title: str
    at: SafeString
    line: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a section: its title, its rows of a name and a value (those without a value are
    left out), and its events.
    """

    title: Words
    rows: tuple[tuple[str, Words], ...] = ()
    events: tuple[object, ...] = ()  # like a HistoryEvent

    @property
    def shown(self) -> tuple[tuple[str, Words], ...]:
        return tuple((name, value) for name, value in self.rows if value)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page about a person's own data; sections are sorted by `place`."""

    place: int
    heading: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in the download of a person's own data. `read` returns its bytes, or None when it is
    no longer stored.
    """

    name: str
    read: Callable[[], bytes | None]


def sections_about(person: Person) -> list[Section]:
    """Return everything that we hold about `person` and that they may read."""
    found = [section for module in _modules() for section in module.sections_of(person)]
    return sorted(found, key=lambda section: section.place)


def files_about(person: Person) -> Iterator[SentFile]:
    """Yield every file that `person` sent."""
    for module in _modules():
        yield from getattr(module, "files_of", _no_files)(person)


def _no_files(person: Person) -> tuple[SentFile, ...]:
    return ()


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if config.name != "core" and find_spec(f"{config.name}.my_data"):
            yield import_module(f"{config.name}.my_data")
