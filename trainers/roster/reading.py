"""Reads a CSV file of any program as rows with their line numbers; refuses what cannot be read with
certainty.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("number", "name", "email", "awarded_on", "expires_on", "time_zone")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """The file is no roster at all. `str(error)` says why and where."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one row: the column (empty: the whole row), the value as it can be shown, a
    sentence.
    """

    line: int
    column: str
    value: str
    sentence: str


class Row(NamedTuple):
    """One row of the file; `line` is where it begins, counted from 1."""

    line: int
    cells: dict[str, str]


def read_roster(path: Path) -> Iterator[Row | Flaw]:
    """Yield every row in order, or what is wrong with it. Raises Unreadable for a file without the
    six columns.

    UTF-8 with or without a byte-order mark, and UTF-16 with one. Bytes that are not text become characters
    that every cell refuses, so that they are reported by line and column.
    """
    encoding, errors = _encoding_of(path)
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        lines = csv.reader(file, strict=True)
        try:
            header = _header(next(lines, []))
        except csv.Error as error:
            raise Unreadable(f"Line 1 cannot be read: {error}.") from None
        yield from _rows(lines, header)


def _encoding_of(path: Path) -> tuple[str, str]:
    with path.open("rb") as file:
        start = file.read(2)
    return ("utf-16", "replace") if start in UTF16_MARKS else ("utf-8-sig", "surrogateescape")


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    counts = Counter(names)
    problems = [f"the column {name} is missing" for name in COLUMNS if name not in counts]
    problems += [f"the column {name} stands there {n} times" for name, n in counts.items() if n > 1]
    problems += [f"the column {printable_text(name)} is not known" for name in counts if name not in COLUMNS]
    if problems:
        raise Unreadable(f"Line 1 must name the columns {','.join(COLUMNS)}: {'; '.join(problems)}.")
    return names


def _rows(lines: Iterator[list[str]], header: list[str]) -> Iterator[Row | Flaw]:
    start = 2
    while True:
        try:
            cells = next(lines, None)
        except csv.Error as error:
            yield Flaw(start, "", "", f"This row cannot be read ({error}). Nothing after it was read.")
            return
        if cells is None:
            return
        if len(cells) == len(header):
            yield Row(start, dict(zip(header, cells, strict=True)))
        elif cells:
            sentence = f"This row has {len(cells)} columns where the first line has {len(header)}."
            yield Flaw(start, "", printable_text(",".join(cells)), sentence)
        start = lines.line_num + 1  # type: ignore[attr-defined]


def printable_text(text: str, longest: int = 60) -> str:
    """Return text from a file as it can be shown on a terminal and stored in any database."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:longest])
    return f"{shown}…" if len(text) > longest else shown
