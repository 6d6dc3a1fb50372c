"""What must never happen, as questions to the database (RELIABILITY.md §2). Each app keeps its own in `invariants.CHECKS`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from recert import guards


@dataclass(frozen=True)
class Check:
    """`find` yields a sentence for each row that breaks invariant `number`; none when all is well.

    With `reads_files` it is asked only when somebody wants the stored files read too.
    """

    number: int
    name: str
    find: Callable[[], Iterable[str]]
    reads_files: bool = False


def _missing_guards() -> Iterator[str]:
    for name in guards.missing():
        yield f"the guard {name} is not installed"


CHECKS = [Check(16, "All guards are installed", _missing_guards)]


def all_checks() -> list[Check]:
    """Every check of every installed app, by the number of its invariant."""
    found = []
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.invariants"):
            found += import_module(f"{config.name}.invariants").CHECKS
    return sorted(found, key=lambda check: (check.number, check.name))
