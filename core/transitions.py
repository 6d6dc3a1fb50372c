"""The steps of every workflow. A model with a stored state has a table `TRANSITIONS`. `move` takes
one step of it, and the trigger that `step_trigger` makes from the same table refuses every other
change of the state in the database. Nothing else changes the state of a stored row, except that the
outbox ends many notices in one update, which the trigger checks row by row.

Such a model also has `OUT_OF_ORDER`, the sentence that refuses a step outside the table, with
places for `state` and `verb`. When it has `OPEN`, the states that are not ends, `move` keeps
`ended_at`.
"""

from collections.abc import Collection, Mapping, Set
from datetime import datetime
from typing import Any, Protocol, TypeGuard, TypeVar

from django.db.models.options import Options

from core.errors import Refusal
from core.history import StoredRow, record_history
from core.people import Person
from core.policy_words import portal_holder
from core.triggers import Trigger


class SteppedRow(StoredRow, Protocol):
    """A row of a model with `TRANSITIONS`."""

    state: Any  # each model has its own choices

    @property
    def TRANSITIONS(self) -> Mapping[str, Set[str]]: ...

    @property
    def OUT_OF_ORDER(self) -> str: ...

    def get_state_display(self) -> str: ...


class SteppedModel(Protocol):
    """A model with `TRANSITIONS`."""

    @property
    def _meta(self) -> "Options[Any]": ...

    @property
    def TRANSITIONS(self) -> Mapping[str, Set[str]]: ...


class SavedRow(SteppedRow, Protocol):
    """A row that `move` can save."""

    def save(self) -> None: ...


class _EndingRow(SavedRow, Protocol):
    ended_at: datetime | None

    @property
    def OPEN(self) -> Collection[str]: ...


Row = TypeVar("Row", bound=SavedRow)


def _has_end(row: SavedRow) -> TypeGuard[_EndingRow]:
    return hasattr(row, "OPEN")


def check_step(row: SteppedRow, state: str, verb: str, *, only_from: str = "") -> None:
    """Raise Refusal unless TRANSITIONS allows the step from the row's state to `state`. `verb` is a
    participle for the sentence, such as "decided".

    With `only_from`, the row must be in that state: several states may lead to `state`, and this
    step is for one of them.
    """
    elsewhere = only_from and row.state != only_from
    if elsewhere or state not in row.TRANSITIONS[row.state]:
        said = verb.replace("_", " ")  # some verbs of the history are one word, such as taken_back
        sentence = row.OUT_OF_ORDER.format(state=row.get_state_display().lower(), verb=said)
        raise Refusal(sentence, code="out_of_order")


def take_step(row: SteppedRow, state: str, verb: str) -> str:
    """Set the row's state to `state` without saving it, and return the state before.

    Used by `move`, and for rows whose steps are recorded in their own columns or in the history of
    their case. Raises Refusal when the step is not in the table.
    """
    check_step(row, state, verb)
    before: str = row.state
    row.state = state
    return before


def move(
    row: Row,
    state: str,
    verb: str,
    *,
    trainer: Person | None,
    by: Person | None,
    at: datetime,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> Row:
    """Take one step and save the whole row, with its history. Only inside a transaction, the row
    locked.

    Raises Refusal when the step is not in the table.
    """
    before = take_step(row, state, verb)
    if _has_end(row):
        row.ended_at = None if state in row.OPEN else at
    row.save()
    change = (before, state)
    record_history(row, verb, trainer=trainer, by=by, at=at, change=change, reason=reason, detail=detail)
    return row


def step_trigger(model: SteppedModel, *, only_if: Mapping[tuple[str, str], str] | None = None) -> Trigger:
    """Return the trigger that refuses every change of the state that `model.TRANSITIONS` does not
    list. `only_if` maps a step, (from, to), to a further condition in SQL over NEW and OLD.
    """
    conditions = only_if or {}
    allowed = [
        f"OLD.state = '{before}' AND NEW.state = '{after}'" + _further(conditions.get((before, after)))
        for before, states in model.TRANSITIONS.items()
        for after in sorted(states)
    ]
    table = model._meta.db_table
    when = f"NEW.state <> OLD.state AND NOT ({' OR '.join(f'({one})' for one in allowed)})"
    return Trigger(f"{table}_steps", table, "UPDATE", "its state does not change in this way", when=when)


def _further(condition: str | None) -> str:
    return f" AND {condition}" if condition else ""


def check_words(
    words: str, *, longest: int, field: str = "reason", what: str = "the reason", mailed: bool = False
) -> str:
    """Return `words` without blanks at their ends. Raises Refusal, at `field`, when nothing is left
    or more than `longest` characters are. That sentence names the words by `what`, and says who reads
    them when they are `mailed`.
    """
    if not words.strip():
        who = f" The {portal_holder().singular} will read it." if mailed else ""
        raise Refusal(f"Write {what}.{who}", code="no_words", field=field)
    return check_length(words, field=field, longest=longest)


def check_length(words: str, *, field: str, longest: int) -> str:
    """Return `words` without blanks at their ends; they may be empty. Raises Refusal, at `field`,
    for more than `longest` characters.
    """
    words = words.strip()
    if len(words) > longest:
        raise Refusal(f"Use at most {longest} characters.", code="words_length", field=field)
    return words
