"""Read single values of a question. A wrong value raises a FactsError with its field."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from rules.facts import FactsError

LARGEST_WHOLE = 10_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
Row = TypeVar("Row")


def object_of(value: object, field: str | None, keys: Iterable[str]) -> dict[str, object]:
    """Return a JSON object that has no other keys than these. Raises FactsError."""
    if not isinstance(value, dict):
        code = "wrong_type" if field else "not_an_object"
        raise FactsError(code, field, f"{'This' if field else 'The line'} must be a JSON object.")
    for key in value:
        if key not in keys:
            raise FactsError("unknown_key", f"{field}.{key}" if field else key, "This key is not known.")
    return value


def required_value(table: dict[str, object], key: str, field: str) -> object:
    """Return the value of a required key. Raises FactsError when it is missing."""
    if key not in table:
        raise FactsError("missing", field, "This key is required.")
    return table[key]


def text_of(value: object, field: str) -> str:
    """Return a text; raises FactsError for anything else."""
    if not isinstance(value, str):
        raise FactsError("wrong_type", field, "This must be a text in quotes.")
    return value


def text_or_none(table: dict[str, object], key: str, field: str) -> str | None:
    """Return the text at `key`; None when it is absent or null."""
    return None if table.get(key) is None else text_of(table[key], field)


def day_of(value: object, field: str) -> date:
    """Return a date written as YYYY-MM-DD; raises FactsError."""
    text = text_of(value, field)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise FactsError("bad_date", field, "There is no such day.") from None
    raise FactsError("bad_date", field, "Write a date as YYYY-MM-DD, without a time.")


def day_or_none(table: dict[str, object], key: str, field: str) -> date | None:
    """Return the date at `key`; None when it is absent or null."""
    return None if table.get(key) is None else day_of(table[key], field)


def flag_at(table: dict[str, object], key: str, field: str, default: bool = False) -> bool:
    """Return the true or false at `key`; `default` when it is absent or null."""
    value = table.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise FactsError("wrong_type", field, "This must be true or false.")
    return value


def whole_of(value: object, field: str) -> int:
    """Return a whole number from 0 to 10,000; raises FactsError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FactsError("wrong_type", field, "This must be a whole number.")
    if not 0 <= value <= LARGEST_WHOLE or value != int(value):
        raise FactsError("bad_number", field, f"This must be a whole number from 0 to {LARGEST_WHOLE}.")
    return int(value)


def whole_or_none(table: dict[str, object], key: str, field: str) -> int | None:
    """Return the whole number at `key`; None when it is absent or null."""
    return None if table.get(key) is None else whole_of(table[key], field)


def rows_of(value: object, field: str, read: Callable[[object, str], Row]) -> tuple[Row, ...]:
    """Return what `read` makes of each item of a list; an empty tuple for null."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise FactsError("wrong_type", field, "This must be a list.")
    return tuple(read(row, f"{field}[{number}]") for number, row in enumerate(value))


def texts_of(value: object, field: str) -> tuple[str, ...]:
    """Return a list of texts; an empty tuple for null."""
    return rows_of(value, field, text_of)
