"""Read a CSV file written by any program as rows with their line numbers. What cannot be read with
certainty is refused.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

COLUMNS = ("number", "name", "email", "awarded_on", "expires_on", "time_zone")
DELIMITERS = ",;\t"  # a comma first: it is the one when none is found
LONGEST_HEADER = 100_000
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """The file is no roster at all. `str(error)` says why and where."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one row: the column (empty for the whole row), the value in a form that
    can be shown, and a sentence.
    """

    line: int
    column: str
    value: str
    sentence: str


class Row(NamedTuple):
    """One row of the file; `line` is where it begins, counted from 1."""

    line: int
    cells: dict[str, str]


def read_roster(path: Path, more: Sequence[str] = ()) -> Iterator[Row | Flaw]:
    """Yield every row in order, or what is wrong with it. `more` are columns that the file may have
    besides. Raises Unreadable for a file without the six columns.

    Read are UTF-8 with or without a byte-order mark and UTF-16 with one; separators are commas,
    semicolons or tabs. Blank rows and blank columns, which Excel leaves, are skipped. Bytes that
    are not text become a character that every cell refuses, so that the report names their line and
    column.
    """
    encoding, errors = _encoding_of(path)
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        delimiter = _delimiter_of(file)
        file.seek(0)
        lines = csv.reader(file, strict=True, delimiter=delimiter)
        try:
            header = _header(next((cells for cells in lines if not _is_blank(cells)), []), more)
        except csv.Error as error:
            raise Unreadable(f"Line 1 cannot be read: {error}.") from None
        yield from _rows(lines, header)


def _encoding_of(path: Path) -> tuple[str, str]:
    with path.open("rb") as file:
        start = file.read(2)
    return ("utf-16", "replace") if start in UTF16_MARKS else ("utf-8-sig", "surrogateescape")


def _delimiter_of(file: TextIO) -> str:
    """Return the character that separates the names in the first line that is not blank: the one by
    which most of the six names are found.
    """
    line = ""
    while not line.strip(' \r\n"' + DELIMITERS):
        line = file.readline(LONGEST_HEADER)
        if not line:
            break
    return max(DELIMITERS, key=lambda mark: len(set(COLUMNS) & set(_names(line.split(mark)))))


def _names(cells: list[str]) -> list[str]:
    return [cell.strip(' \r\n"').lower() for cell in cells]


def _header(cells: list[str], more: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    counts, known = Counter(filter(None, names)), {*COLUMNS, *more}
    problems = [f"the column {name} is missing" for name in COLUMNS if name not in counts]
    problems += [f"the column {name} stands there {n} times" for name, n in counts.items() if n > 1]
    problems += [f"the column {printable_text(name)} is not known" for name in counts if name not in known]
    if problems:
        may = f", and may name {','.join(more)}" if more else ""
        raise Unreadable(f"Line 1 must name the columns {','.join(COLUMNS)}{may}: {'; '.join(problems)}.")
    return names


def _rows(lines: Iterator[list[str]], header: list[str]) -> Iterator[Row | Flaw]:
    start = lines.line_num + 1  # type: ignore[attr-defined]  # csv's reader has it; its type is not public
    while True:
        try:
            cells = next(lines, None)
        except csv.Error as error:
            yield Flaw(start, "", "", f"This row cannot be read ({error}). Nothing after it was read.")
            return
        if cells is None:
            return
        if not _is_blank(cells):
            yield _row(start, cells, header)
        start = lines.line_num + 1  # type: ignore[attr-defined]  # csv's reader has it; its type is not public


def _row(line: int, cells: list[str], header: list[str]) -> Row | Flaw:
    """Return the cells by the six names, or what is wrong with the columns of the row."""
    whole = cells
    cells = cells[: len(header)] if _is_blank(cells[len(header) :]) else cells
    cells = cells if any(header[len(cells) :]) else cells + [""] * (len(header) - len(cells))
    if len(cells) != len(header):
        sentence = f"This row has {len(cells)} columns where the first line has {len(header)}."
        return Flaw(line, "", printable_text(",".join(whole)), sentence)
    if not _is_blank([cell for name, cell in zip(header, cells, strict=True) if not name]):
        sentence = "This row has something in a column without a name."
        return Flaw(line, "", printable_text(",".join(whole)), sentence)
    return Row(line, {name: cell for name, cell in zip(header, cells, strict=True) if name})


def _is_blank(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def printable_text(text: str, longest: int = 60) -> str:
    """Return text from a file as it can be shown on a terminal and stored in any database."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:longest])
    return f"{shown}…" if len(text) > longest else shown
