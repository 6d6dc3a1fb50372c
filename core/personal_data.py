"""What the database holds about people, column by column, and what each column becomes when a
person's data is erased (Q33).

Each app lists its tables in `<app>/personal_data.py` as `TABLES`. A test compares them with every
text column of every installed model: one without a line fails.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from core.people import Person

ERASED = "[erased]"  # what a text becomes that was there
CODE = "a word of the software, the same for everybody"
NUMBER = "a number of ours that leads to nobody once the name is gone"
AT_THE_PROVIDER = "the payment provider's name for it: money is matched by it"
AGREED = "the policy's words, the same for everybody"
OF_NOBODY = "the catalogue is about nobody"
OF_THE_BODY = "the certifying body is no person"


class OfRow(str):
    """The text that an erasure writes into a unique column; `{}` in it becomes the row's primary key."""

    __slots__ = ()


class Moment:
    """A placeholder in `empties`: an erasure writes its own moment into the column."""


MOMENT: Final = Moment()


@dataclass(frozen=True)
class PersonalTable:
    """A table and its text columns: `empties` says what an erasure makes of each personal column,
    `keeps` says of each other column why it stays.

    `path` leads from a row to the person's primary key; it is empty for a table whose rows are
    about no person. `also` finds further rows of the person, which no path leads to, and `also_sql`
    is the same condition over OLD, for triggers. With `removed`, an erasure deletes the whole rows.
    """

    model: str
    path: str = ""
    empties: Mapping[str, object] = field(default_factory=dict)
    keeps: Mapping[str, str] = field(default_factory=dict)
    removed: bool = False
    also: Callable[[Person], Q] | None = None
    also_sql: str = ""

    @property
    def rows(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def about(self, person: Person) -> "models.QuerySet[models.Model]":
        """Return the rows about `person`."""
        found = Q(**{self.path: person.pk}) if self.path else Q(pk__in=())
        if self.also:
            found |= self.also(person)
        return self.rows._base_manager.filter(found)


@dataclass(frozen=True)
class OpenThing:
    """Something that must end before an erasure: a sentence for the person, one for staff, and
    where the person can end it.

    With an empty `for_owner` the person is not told of it and reads a general sentence.
    """

    for_owner: str
    for_staff: str
    url: str = ""


def personal_modules() -> Iterator[ModuleType]:
    """Yield `<app>/personal_data.py` of every installed app that has one, the lowest floor first."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.personal_data") and config.name != "core":
            yield import_module(f"{config.name}.personal_data")


def personal_tables() -> dict[str, PersonalTable]:
    """Return every table of every installed app, by its model's label."""
    found = [*TABLES, *(table for module in personal_modules() for table in module.TABLES)]
    return {table.model: table for table in found}


def open_things(person: Person) -> list[OpenThing]:
    """Return what must end before the data of `person` can be erased, from every app's `open_things`."""
    asked = (getattr(module, "open_things", None) for module in personal_modules())
    return [thing for ask in asked if ask for thing in ask(person)]


def end_before_erasure(person: Person, *, by: Person | None, at: datetime) -> None:
    """Call what every app ends by itself when the erasure of a person's data is confirmed, its
    `prepare_erasure`. Only inside the transaction of the confirmation.
    """
    for module in personal_modules():
        if hasattr(module, "prepare_erasure"):
            module.prepare_erasure(person, by=by, at=at)


TABLES = [
    PersonalTable(
        "core.HistoryEntry",
        "trainer",
        empties={"reason": ERASED, "detail": {}},
        keeps={"subject": NUMBER, "verb": CODE, "from_state": CODE, "to_state": CODE},
    ),
    PersonalTable(
        "core.Erasure",
        "trainer",
        keeps={"numbers": "what was erased, to repeat it after a restore", "state": CODE},
    ),
    PersonalTable("core.Merge", "staying", empties={"email": ""}),
    PersonalTable(
        "core.Organisation",
        keeps={
            **dict.fromkeys(
                ("name", "short_name", "accent", "accent_dark", "postal_address", "support_email"),
                OF_THE_BODY,
            ),
            **dict.fromkeys(("conduct_url", "privacy_url", "logo"), OF_THE_BODY),
            **dict.fromkeys(
                ("signer_name", "signer_title", "signature"), "stands on certificates that were given"
            ),
        },
    ),
]
