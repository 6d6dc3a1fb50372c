"""What becomes of every row about a person when their account becomes part of another one of theirs.

Each app lists its tables in `<app>/merging.py` as `TABLES`, what stands in the way as `find_conflicts`, and what it must end
first as `prepare_rows`. A test compares the tables with every relation to a person in every installed model, and with
the tables of personal data: one without a line fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, Field, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.erasing import as_it_was
from core.models import Erasure, Merge
from core.people import Person
from rules.units import count_of

MERGES = Merge._meta.db_table


@dataclass(frozen=True)
class MergedTable:
    """One table, and what a merge of two accounts does with each of its columns that refer to a
    person.

    `moves`: the columns with the person whom the row belongs to; the row moves to the account that
    stays.

    `own`: the columns with the person who did something; they change only in rows in which people
    acted for themselves.

    `stays`: the columns with other people who did something, such as staff; they never change.

    `path`: the relations that lead to the person, for rows without a column in `moves`.

    `once`: the columns that, with the person, make a row unique. When both accounts have such a
    row, that of the account that goes does not move.

    `removed`: the rows are of no use to the other account. `one` and `many`: names of the rows for
    the preview. `told`: the mail about the merge counts these rows as well.
    """

    model: str
    one: str = ""
    many: str = ""
    path: str = ""
    moves: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    removed: bool = False
    told: bool = False

    @property
    def rows(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def way(self) -> str:
        """Return the path of relations from a row to its person; "" for a table whose rows are
        about no person.
        """
        return self.path or "".join(self.moves[:1])

    def about(self, person: Person) -> "models.QuerySet[models.Model]":
        """Return the rows about `person`."""
        return self.rows._base_manager.filter(**{self.way: person}).order_by()

    def twins(self, going: Person, staying: Person) -> "models.QuerySet[models.Model]":
        """Return those rows of `going` that cannot move, because `staying` has a row with equal
        `once` columns.
        """
        rows = self.about(going)
        if not self.once:
            return rows.none()
        same = {name: OuterRef(name) for name in self.once}
        return rows.filter(Exists(self.rows._base_manager.filter(**{self.way: staying.pk}, **same)))

    def words(self, number: int) -> str:
        """Return the number with the name of the rows, such as "2 petitions"."""
        return count_of(number, self.one, self.many)


def merging_modules() -> Iterator[ModuleType]:
    """Yield `<app>/merging.py` of every installed app that has one, the lowest floor first."""
    for config in apps.get_app_configs():
        if config.name != "core" and find_spec(f"{config.name}.merging"):
            yield import_module(f"{config.name}.merging")


def merged_tables() -> dict[str, MergedTable]:
    """Return every table of every installed app, by its model's label."""
    found = [*TABLES, *(table for module in merging_modules() for table in module.TABLES)]
    return {table.model: table for table in found}


def merge_conflicts(going: Person, staying: Person, *, at: datetime) -> list[str]:
    """Return the reasons why the accounts cannot become one, each as a sentence; empty when they can."""
    asked = [getattr(module, "find_conflicts", None) for module in merging_modules()]
    return [sentence for ask in (find_conflicts, *asked) if ask for sentence in ask(going, staying, at)]


def prepare_merge(going: Person, staying: Person, *, by: Person | None, at: datetime) -> None:
    """Call what every app does before rows move, such as ending what must not go on. Only inside
    the transaction of the merge.
    """
    for module in merging_modules():
        if hasattr(module, "prepare_rows"):
            module.prepare_rows(going, staying, by=by, at=at)


def finish_merge(staying: Person, *, by: Person | None, at: datetime) -> None:
    """Call what every app does after the rows have moved. Only inside the transaction of the merge."""
    for module in merging_modules():
        if hasattr(module, "finish_rows"):
            module.finish_rows(staying, by=by, at=at)


def counts_of(person: Person) -> dict[str, int]:
    """Return how many rows of each table are about `person`, by the label of the model. One query."""
    tables = [table for table in merged_tables().values() if table.way]
    names = {f"n{place}": table for place, table in enumerate(tables)}
    counts = {name: _count(table) for name, table in names.items()}
    found = type(person)._base_manager.filter(pk=person.pk).annotate(**counts).values(*names).get()
    return {table.model: found[name] for name, table in names.items()}


def _count(table: MergedTable) -> Coalesce:
    rows = table.rows._base_manager.filter(**{table.way: OuterRef("pk")}).order_by()
    counted = rows.values(table.way).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class MergePlan:
    """What a merge does with the rows of the account that is closed, in words such as "2
    petitions": which rows move, which stay because both accounts have one, and which are deleted.
    `told` is the part that the mail to the person mentions.
    """

    moves: list[str] = field(default_factory=list)
    once: list[str] = field(default_factory=list)
    goes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def plan_merge(going: Person, staying: Person) -> MergePlan:
    """Return what a merge would do with the rows of `going`. Kinds of rows are in the order of the
    packages, lowest first.
    """
    plan = MergePlan()
    tables = merged_tables()
    for model, number in counts_of(going).items():
        table = tables[model]
        if not (number and table.one):
            continue
        both = table.twins(going, staying).count() if table.once else 0
        if number > both:
            (plan.goes if table.removed else plan.moves).append(table.words(number - both))
        if number > both and table.told:
            plan.told.append(table.words(number - both))
        if both:
            plan.once.append(table.words(both))
    return plan


def move_rows(merge: Merge) -> int:
    """Move every row of the account that goes to the one that stays; return how many updates
    changed a column.

    Only inside a transaction. Safe to repeat: a later call also moves what was written after the
    merge.
    """
    going, staying = merge.going, merge.staying
    tables = list(merged_tables().values())
    moved = sum(_remove_or_move(table, going, staying) for table in tables)
    for table in tables:
        for column in table.own:
            rows = table.rows._base_manager.filter(**{column: going, table.way: staying})
            moved += rows.update(**{column: staying})
    return moved


def _remove_or_move(table: MergedTable, going: Person, staying: Person) -> int:
    if table.removed:
        return table.about(going).delete()[0]
    return sum(
        _rows_to_move(table, column, going, staying).update(**{column: staying}) for column in table.moves
    )


def _rows_to_move(
    table: MergedTable, column: str, going: Person, staying: Person
) -> "models.QuerySet[models.Model]":
    rows = table.rows._base_manager.filter(**{column: going}).order_by()
    return rows.exclude(pk__in=table.twins(going, staying).values("pk")) if table.once else rows


def rows_left(merge: Merge) -> list[str]:
    """Return the columns, as "app.Model.column", that still refer to the account that was closed
    although their rows should have moved.
    """
    going, staying = merge.going, merge.staying
    return [
        f"{table.model}.{column}"
        for table in merged_tables().values()
        for column in ((table.way,) if table.removed else table.moves)
        if _rows_to_move(table, column, going, staying).exists()
    ]


# --- the exception of the triggers


@cache
def moved_update(table_name: str) -> str:
    """Return, as SQL over NEW and OLD, when an append-only trigger of this table lets an update
    pass; "" when it never does.

    It lets an update pass that changes nothing but columns that named the closed account, and in
    which these now name the account it became part of.
    """
    found = [table for table in merged_tables().values() if table.rows._meta.db_table == table_name]
    columns = {*found[0].moves, *found[0].own} if found else set()
    if not columns:
        return ""
    fields = [one for one in found[0].rows._meta.concrete_fields if isinstance(one, Field)]
    same = [
        _column_moved(str(one.column)) if one.name in columns else f"({as_it_was(str(one.column))})"
        for one in fields
    ]
    return f"EXISTS (SELECT 1 FROM {MERGES} m WHERE {' AND '.join(same)})"  # noqa: S608 - our own words


def _column_moved(column: str) -> str:
    return f"({as_it_was(column)} OR (OLD.{column} = m.going_id AND NEW.{column} = m.staying_id))"


# --- afterwards


def addresses_of(person: Person) -> set[str]:
    """Return the email addresses of `person` and of the accounts that were merged into theirs."""
    return {person.email, *filter(None, Merge.objects.filter(staying=person).values_list("email", flat=True))}


def accounts_of(person: Person) -> set[int]:
    """Return the primary keys of the account of `person` and of the accounts that were merged into it."""
    return {person.pk, *Merge.objects.filter(staying=person).values_list("going_id", flat=True)}


def staying_key(key: int) -> int:
    """Return the primary key of the account into which the account `key` was merged; `key` itself
    when it was not merged.
    """
    return Merge.objects.filter(going__pk=key).values_list("staying_id", flat=True).first() or key


# --- what core itself has


def find_conflicts(going: Person, staying: Person, at: datetime) -> Iterator[str]:
    """Yield a sentence for each of the two accounts that was merged before, or whose data is erased
    or about to be.
    """
    for person in (going, staying):
        if Erasure.objects.filter(trainer=person).exclude(state=Erasure.State.DROPPED).exists():
            yield f"The data of {person} is erased, or somebody has asked for that."
        merge = Merge.objects.filter(going=person).select_related("staying").first()
        if merge:
            yield f"This account is part of that of {merge.staying} already."


TABLES = [
    MergedTable("core.HistoryEntry", "line of history", "lines of history", moves=("trainer",), own=("by",)),
    MergedTable("core.Erasure", moves=("trainer",), stays=("asked_by", "confirmed_by")),
    # An account that others were merged into before takes them along.
    MergedTable("core.Merge", moves=("staying",), stays=("going",)),
]
