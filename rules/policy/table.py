"""Typed reading of one table of a policy file. A mistake is recorded with its key, and reading continues."""

import re
import string
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeVar

from rules.days import Bounds, Offset
from rules.policy.merge import REMOVES_NOTHING
from rules.policy.offsets import day_examples, is_in_calendar, parse_offset
from rules.units import CENTS_DIGITS, Unit, parse_number

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_CLAUSE = re.compile(r"[A-Za-z0-9.()/§-]{1,20}", re.ASCII)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NO_NUMBERS = ("text", "label", "explain", "clause", "code")  # their digits are no amounts of the table
LARGEST_WHOLE = 10_000
Value = TypeVar("Value")


class Table:
    """A TOML table that is read key by key. `problems` is shared by all tables of the file; `cited`
    collects the clauses that the file cites.
    """

    def __init__(
        self, data: dict[str, object], path: str, problems: list[str], cited: list[tuple[str, str]]
    ) -> None:
        self.data, self.path, self.problems, self.cited = data, path, problems, cited
        self._read: set[str] = set()
        self._asked: set[str] = set()  # what may stand here, whether or not it does

    def at(self, key: str) -> str:
        """Return the full path of a key, for messages."""
        return f"{self.path}.{key}" if self.path else key

    def problem(self, key: str, sentence: str) -> None:
        """Add a sentence on what is wrong with a key to the file's problems."""
        self.problems.append(f"{self.at(key)}: {sentence}")

    def has(self, key: str) -> bool:
        """Return whether the file states this key."""
        self._asked.add(key)
        return key in self.data

    def take(self, key: str, kind: type[Value], wanted: str) -> Value | None:
        """Return the value of a required key of exactly this type; otherwise record a problem and
        return None.
        """
        self._read.add(key)
        if key not in self.data:
            self.problem(key, f"is missing; it must be {wanted}.")
            return None
        value = self.data[key]
        if type(value) is not kind:
            self.problem(key, f"must be {wanted}, not {_shown(value)}.")
            return None
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at `key`; an empty one is a problem."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key, str, "a text in quotes")
        if value is not None and not value.strip():
            self.problem(key, "must not be empty.")
        return value or ""

    def template(self, key: str, places: Iterable[str], default: str | None = None) -> str:
        """Return the sentence at `key`; a place in braces that is not among `places` is a
        problem.
        """
        value = self.text(key, default)
        self._check_places(key, value, tuple(places))
        return value

    def code(self, key: str = "code") -> str:
        """Return the code at `key`: lower-case letters, digits and underscores."""
        value: str = self.text(key)
        if value and not _CODE.fullmatch(value):
            self.problem(key, f"must be lower-case letters, digits and underscores, not {_shown(value)}.")
        return value

    def name(self, key: str) -> str:
        """Return the name at `key`, for files and URLs: like a code, but with hyphens."""
        value: str = self.text(key)
        if value and not is_name(value):
            self.problem(key, f"must be lower-case letters, digits and hyphens, not {_shown(value)}.")
        return value

    def clause(self, key: str = "clause", default: str | None = None) -> str:
        """Return the code of the clause that `key` cites. Whether the file defines that clause is
        checked at the end.
        """
        value = self.text(key, default)
        if value:
            self.cited.append((self.at(key), value))
        return value

    def clause_code(self) -> str:
        """Return the code of the clause that this table defines, such as "S1"."""
        value = self.text("code")
        if value and not _CLAUSE.fullmatch(value):
            self.problem("code", f"must be a short code such as S1, not {_shown(value)}.")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return the value at `key`, true or false."""
        self._read.add(key)
        if default is not None and not self.has(key):
            return default
        return bool(self.take(key, bool, "true or false"))

    def whole(self, key: str) -> int:
        """Return the whole number at `key`, from 0 to 10,000."""
        value = self.take(key, int, "a whole number")
        if value is not None and not 0 <= value <= LARGEST_WHOLE:
            self.problem(key, f"must be from 0 to {LARGEST_WHOLE}, not {_shown(value)}.")
        return value or 0

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return the list of whole numbers at `key`, from 1 to 10,000, each greater than the one
        before; it may be empty.
        """
        values = self.take(key, list, "a list of whole numbers") or []
        whole = [value for value in values if type(value) is int and 1 <= value <= LARGEST_WHOLE]
        if len(whole) != len(values) or sorted(set(whole)) != whole:
            self.problem(
                key, f"must be whole numbers from 1 to {LARGEST_WHOLE}, each greater than the one before it."
            )
        return tuple(whole)

    def day(self, key: str) -> date:
        """Return the date at `key`; a quoted text or a date with a time is reported as wrong."""
        return self.take(key, date, "a date such as 2027-01-01, without quotes") or date.min

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """Return the word at `key`, or the first of `choices` when the key is absent; another word
        is a problem.
        """
        value = self.take(key, str, f"one of {', '.join(choices)}")
        if value is not None and value not in choices:
            self.problem(key, f"must be one of {', '.join(choices)}, not {_shown(value)}.")
        return value or choices[0]

    def amount(self, key: str, unit: Unit) -> int:
        """Return the amount at `key` in the policy's unit. The file has it in quotes, a multiple of
        the unit's step, not 0.
        """
        value = self.take(key, str, f"an amount in quotes, such as {unit.format(unit.step)!r}")
        amount = None if value is None else parse_number(value, unit.digits)
        if value is not None and (not amount or amount % unit.step):
            nothing = "; for nothing write none = true" if amount == 0 and "none" in self._asked else ""
            self.problem(
                key,
                f"must be more than 0 and a multiple of {unit.format(unit.step)}, not {_shown(value)}{nothing}.",
            )
        return amount or unit.step

    def money(self, key: str) -> int:
        """Return the amount of money at `key` in cents. The file has it in quotes."""
        value = self.take(key, str, 'an amount of money in quotes, such as "99.00"')
        cents = None if value is None else parse_number(value, CENTS_DIGITS)
        if value is not None and cents is None:
            self.problem(key, f'must be an amount of money such as "99.00", not {_shown(value)}.')
        return cents or 0

    def bounds(self, anchors: str = "SE", first_also: str = "") -> Bounds:
        """Return the window that the keys `from` or `after`, and `through` or `before`,
        describe. The first may also be counted from the anchors `first_also`.
        """
        first, includes_first = self._end("from", "after", anchors + first_also)
        last, includes_last = self._end("through", "before", anchors)
        return Bounds(first, last, includes_first, includes_last)

    def table(self, key: str) -> "Table":
        """Return the table at `key`. When it is missing, record a problem and return an empty table."""
        data = self.take(key, dict, "a table")
        return Table(data or {}, self.at(key), self.problems if data is not None else [], self.cited)

    def tables(self, key: str, named_by: str = "code") -> list["Table"]:
        """Return the tables at `key`, at least one. The value of `named_by` names each in messages
        and must be unique.
        """
        rows = self.take(key, list, f"a list of tables [[{key}]]") or []
        if self.has(key) and self.data[key] == []:
            self.problem(key, "must not be empty.")
        names: list[str] = []
        found = []
        for number, row in enumerate(rows, start=1):
            name = str(row.get(named_by, number)) if isinstance(row, dict) else str(number)
            path = f"{self.at(key)}[{name}]"
            if not isinstance(row, dict):
                self.problems.append(f"{path}: must be a table, not {_shown(row)}.")
                continue
            if name in names:
                self.problems.append(f"{path}: occurs twice.")
            names.append(name)
            if REMOVES_NOTHING in row:
                self.problems.append(f"{path}.remove: there is no such row to remove.")
                continue
            found.append(Table(row, path, self.problems, self.cited))
        return found

    def codes(self, key: str) -> list[str]:
        """Return the list of codes at `key`; an empty list when the key is absent."""
        if not self.has(key):
            return []
        values = self.take(key, list, "a list of codes") or []
        for value in values:
            if not isinstance(value, str):
                self.problem(key, f"must hold codes in quotes, not {_shown(value)}.")
        return [value for value in values if isinstance(value, str)]

    def numbers(self) -> frozenset[Fraction]:
        """Return every number of the table that is not within a sentence, such as 90 of "E + 90 days"."""
        return frozenset(map(Fraction, _numbers_in(self.data)))

    def close(self) -> None:
        """Record a problem for every key of the table that no method has read, with the nearest key and
        all that the table may have.
        """
        for key in (one for one in self.data if one not in self._read):
            known = sorted((self._read | self._asked) - {key})
            near = get_close_matches(key, known)
            meant = f" Did you mean {near[0]}?" if near else ""
            self.problem(key, f"is not a key of this table.{meant} Its keys are {', '.join(known)}.")

    def _end(self, inside: str, outside: str, anchors: str) -> tuple[Offset, bool]:
        self._read.update((inside, outside))
        key = inside if self.has(inside) else outside
        offset = None
        if self.has(inside) == self.has(outside):
            self.problem(inside, f"give either {inside} (the day itself is inside) or {outside} (it is not).")
        else:
            offset = self._offset(key, anchors)
        return offset or Offset("E"), key == inside

    def offset(self, key: str, anchors: str) -> Offset:
        """Return the day at `key`, counted from one of `anchors`, such as "E - 30 days"."""
        return self._offset(key, anchors) or Offset(anchors[0])

    def _offset(self, key: str, anchors: str) -> Offset | None:
        value = self.take(key, str, 'a day such as "E + 90 days"')
        offset = None if value is None else parse_offset(value, anchors)
        if value is not None and offset is None:
            self.problem(key, f"must be a day such as {day_examples(anchors)}, not {_shown(value)}.")
        if offset and not is_in_calendar(offset):
            self.problem(key, f"leads out of the calendar: {_shown(value)}.")
            return None
        return offset

    def _check_places(self, key: str, value: str, places: tuple[str, ...]) -> None:
        try:
            parts = list(string.Formatter().parse(value))
        except ValueError:
            self.problem(key, "has a brace without its partner.")
            return
        for _, place, spec, conversion in parts:
            if place is not None and (place not in places or spec or conversion):
                self.problem(key, f"has no place {{{place}}}; there is: {', '.join(sorted(places))}.")


def is_name(text: str) -> bool:
    """Return whether a text may be a policy's code, and so the name of its file."""
    return _NAME.fullmatch(text) is not None


def _numbers_in(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _numbers_in(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers_in(one, key)
    elif key not in _NO_NUMBERS and not isinstance(value, bool | date):
        yield from _NUMBER.findall(str(value))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
