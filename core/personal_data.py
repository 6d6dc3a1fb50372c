"""The data that the portal stores about one person, from every app: the content of "download my data".

Each app lists its tables in `<app>/personal_data.py` as `TABLES`. A test compares them with every table that
leads to a person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from core.history import subject_of

Rows = Callable[["QuerySet[Any]", Any], "QuerySet[Any]"]
# Keys to the account, and who of the staff did something: in no table.
NEVER = {
    "password",
    "session_key",
    "feed_nonce",
    "stored_as",
    "url",
    "by",
    "asked_by",
    "decided_by",
    "logged_by",
    "uploaded_by",
    "agreed_by",
    "reviewed_by",
    "suspected_by",
    "html",
    "payload",
    "last_error",
}


@dataclass(frozen=True)
class PersonalTable:
    """A table with rows about people. `path` leads from a row to the person's primary key.

    `hides` are fields that only staff read. `only` limits a person's rows to those that they may read.
    `without_history` are rows whose history they may not read either. `staff_verbs` are verbs in the app's
    history that only staff read.
    """

    model: str
    path: str
    hides: tuple[str, ...] = ()
    only: Rows | None = None
    without_history: Callable[[Any], "QuerySet[Any]"] | None = None
    staff_verbs: tuple[str, ...] = ()


def personal_tables() -> dict[str, PersonalTable]:
    """Return every table of every installed app, by its model's label."""
    found: dict[str, PersonalTable] = {}
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.personal_data") and config.name != "core":
            tables = import_module(f"{config.name}.personal_data").TABLES
            found |= {table.model: table for table in tables}
    return {**found, **{table.model: table for table in TABLES}}


def personal_data_of(person: Any) -> dict[str, list[dict[str, Any]]]:
    """Return every row about `person` that they may have, by table, oldest first."""
    return {name: _rows(table, person) for name, table in sorted(personal_tables().items())}


def _rows(table: PersonalTable, person: Any) -> list[dict[str, Any]]:
    model = apps.get_model(table.model)
    hidden = NEVER | set(table.hides)
    fields = [field.name for field in model._meta.concrete_fields if field.name not in hidden]
    rows = model._default_manager.filter(**{table.path: person.pk})
    rows = table.only(rows, person) if table.only else rows
    return list(rows.order_by("pk").values(*fields))


def _history_they_may_have(rows: "QuerySet[Any]", person: Any) -> "QuerySet[Any]":
    """Leave out the history of rows that the person may not read, and what only staff read."""
    for table in personal_tables().values():
        if table.without_history:
            rows = rows.exclude(subject__in=[subject_of(row) for row in table.without_history(person)])
        if table.staff_verbs:
            app = table.model.partition(".")[0]
            rows = rows.exclude(subject__startswith=f"{app}.", verb__in=table.staff_verbs)
    return rows


TABLES = [PersonalTable("core.HistoryEntry", "trainer", only=_history_they_may_have)]
