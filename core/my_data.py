"""What a person reads about themselves: sections with a heading, from every app's `my_data.py`, in the words of
its pages, and the files that they sent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.safestring import SafeString

Words = str | SafeString


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of history in words; a timeline of `cases.pages` has the same three."""

    title: str
    at: SafeString
    line: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its title, rows of a name and a value (those without a value are left out), and events."""

    title: Words
    rows: tuple[tuple[str, Words], ...] = ()
    events: tuple[Any, ...] = ()  # like a Happening

    @property
    def shown(self) -> tuple[tuple[str, Words], ...]:
        return tuple((name, value) for name, value in self.rows if value)


@dataclass(frozen=True, slots=True)
class Section:
    """`place` says where it stands among the others."""

    place: int
    heading: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file for the download; `read` returns its bytes, or None when it is not kept any more."""

    name: str
    read: Callable[[], bytes | None]


def sections_about(person: Any) -> list[Section]:
    """Return everything that we hold about `person` and that they may read."""
    found = [section for module in _modules() for section in module.sections_of(person)]
    return sorted(found, key=lambda section: section.place)


def files_about(person: Any) -> Iterator[SentFile]:
    """Yield every file that `person` sent."""
    for module in _modules():
        yield from getattr(module, "files_of", _no_files)(person)


def _no_files(person: Any) -> tuple[SentFile, ...]:
    return ()


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if config.name != "core" and find_spec(f"{config.name}.my_data"):
            yield import_module(f"{config.name}.my_data")
