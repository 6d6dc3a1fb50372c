"""The report for a registrar: each row with its outcome, in the order of the file."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from trainers.models import Credential
from trainers.roster.merging import changes_of
from trainers.roster.reading import printable_text

BAD, UNCHANGED = "bad", "unchanged"
KEPT = {
    "claimed": "the account is in use, so only its owner changes it",
    "merged": "two accounts of this person are one now",
    "older": "the file is older than the renewal made here",
    "set": "{held!r} was set here",
}
SPAN = 2000  # lines of the file that are fetched together


class ReportLine(NamedTuple):
    """The outcome of one row, or one thing that is wrong with it; `str` gives the line for a
    terminal.

    `changes` are (column, value before, value after). `words` say what is wrong, or which value is
    not used.
    """

    line: int
    outcome: str
    number: str = ""
    name: str = ""
    column: str = ""
    value: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.outcome == BAD:
            where = f"{self.column} {self.value!r}" if self.column else "row"
            return f"line {self.line}: bad, {where}: {'. '.join(self.words)}"
        number = Credential(number=self.number).display_number
        text = f"line {self.line}: {self.outcome}, {number}, {printable_text(self.name)}"
        if self.changes:
            text += (
                f" ({'; '.join(f'{column} {was!r} becomes {now!r}' for column, was, now in self.changes)})"
            )
        return ". ".join([text, *self.words])

    @property
    def says_nothing(self) -> bool:
        """Return whether the row changes nothing and the report has nothing to say about it."""
        return self.outcome == UNCHANGED and not self.words


def count_outcomes(cursor: CursorWrapper) -> dict[str, int]:
    """Return how many rows have each outcome."""
    found = dict.fromkeys(("new", "changed", "unchanged", "bad"), 0)
    cursor.execute(
        "SELECT outcome, COUNT(*) FROM roster_judged WHERE line NOT IN (SELECT line FROM roster_flaw) GROUP BY outcome"
    )
    found.update(dict(cursor.fetchall()))
    cursor.execute("SELECT COUNT(DISTINCT line) FROM roster_flaw")
    found["bad"] = cursor.fetchone()[0]
    return found


def report_lines(cursor: CursorWrapper, *, only_bad: bool = False) -> Iterator[ReportLine]:
    """Yield, in the order of the file, a line for each good row, and one for each thing that is wrong
    with a bad row.

    With `only_bad` good rows are left out.
    """
    last = _last_line(cursor)
    for start in range(0, last + 1, SPAN):
        found = [_flaw(flaw) for flaw in _fetch(cursor, FLAWS, start)]
        if not only_bad:
            found += [_row(row) for row in _fetch(cursor, ROWS, start)]
        yield from sorted(found, key=lambda line: line.line)


ROWS = """SELECT line, outcome, number, name, was_name, email, was_email, time_zone, was_time_zone,
        keeps_name, keeps_email, keeps_time_zone, other_name, other_email, other_time_zone, expires_on, last_expires_on
    FROM roster_judged WHERE line > %s AND line <= %s AND line NOT IN (SELECT line FROM roster_flaw)"""
FLAWS = """SELECT f.line, f.field, f.value, f.sentence, r.number, r.name
    FROM roster_flaw f LEFT JOIN roster_row r ON r.line = f.line WHERE f.line > %s AND f.line <= %s
    ORDER BY f.line, f.place, f.sentence"""


def _fetch(cursor: CursorWrapper, query: str, start: int) -> list[dict[str, Any]]:
    cursor.execute(query, [start, start + SPAN])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _last_line(cursor: CursorWrapper) -> int:
    cursor.execute(
        "SELECT MAX(line) FROM (SELECT line FROM roster_row UNION ALL SELECT line FROM roster_flaw) AS every"
    )
    return int(cursor.fetchone()[0] or 0)


def _row(row: dict[str, Any]) -> ReportLine:
    changed = changes_of(row) if row["outcome"] == "changed" else {}
    changes = tuple((column, before, after) for column, (before, after) in changed.items())
    return ReportLine(
        row["line"],
        row["outcome"],
        number=row["number"],
        name=row["name"],
        changes=changes,
        words=tuple(_notes(row)),
    )


def _notes(row: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each value of the roster that is not used, and for a renewal in the
    portal that is newer than the roster.
    """
    for column, words in (("name", "name"), ("email", "address"), ("time_zone", "time zone")):
        other, why = row[f"other_{column}"], row[f"keeps_{column}"]
        if other and why:
            kept = KEPT[why].format(held=row[f"was_{column}"])
            yield f"The {words} {other!r} is not taken over: {kept}"
    if row["last_expires_on"] and row["last_expires_on"] > row["expires_on"]:
        yield f"Renewed here since, through {row['last_expires_on']}"


def _flaw(flaw: dict[str, Any]) -> ReportLine:
    return ReportLine(
        flaw["line"],
        BAD,
        number=flaw["number"] or "",
        name=flaw["name"] or "",
        column=flaw["field"],
        value=flaw["value"],
        words=(flaw["sentence"],),
    )
