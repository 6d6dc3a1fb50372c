"""The report for a registrar: each row with its outcome, in the order of the file."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from rules.days import FOR_LIFE, is_for_life
from trainers.models import Credential
from trainers.roster.facts import PREFIX, FactChange, fact_changes
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
        found = [_flaw(_Flaw(*flaw)) for flaw in _fetch(cursor, FLAWS, start)]
        if not only_bad:
            facts = fact_changes(cursor, start, start + SPAN)
            rows = (_JudgedRow(*row) for row in _fetch(cursor, ROWS, start))
            found += [_row(row, facts.get(row.line, [])) for row in rows]
        yield from sorted(found, key=lambda line: line.line)


ROWS = """SELECT line, outcome, number, name, was_name, email, was_email, time_zone, was_time_zone,
        keeps_name, keeps_email, keeps_time_zone, other_name, other_email, other_time_zone, expires_on, last_expires_on,
        renewed_by, was_renewed_by
    FROM roster_judged WHERE line > %s AND line <= %s AND line NOT IN (SELECT line FROM roster_flaw)"""
FLAWS = """SELECT f.line, f.field, f.value, f.sentence, r.number, r.name
    FROM roster_flaw f LEFT JOIN roster_row r ON r.line = f.line WHERE f.line > %s AND f.line <= %s
    ORDER BY f.line, f.place, f.field, f.sentence"""


class _JudgedRow(NamedTuple):
    """A row of `ROWS`. SQLite returns its days as texts."""

    line: int
    outcome: str
    number: str
    name: str
    was_name: str
    email: str
    was_email: str
    time_zone: str
    was_time_zone: str
    keeps_name: str | None
    keeps_email: str | None
    keeps_time_zone: str | None
    other_name: str | None
    other_email: str | None
    other_time_zone: str | None
    expires_on: date | str
    last_expires_on: date | str | None
    renewed_by: str
    was_renewed_by: str | None  # of the same cycle; None where we hold none


class _Flaw(NamedTuple):
    """A row of `FLAWS`."""

    line: int
    field: str
    value: str
    sentence: str
    number: str | None
    name: str | None


def _fetch(cursor: CursorWrapper, query: str, start: int) -> list[tuple[Any, ...]]:
    cursor.execute(query, [start, start + SPAN])
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _last_line(cursor: CursorWrapper) -> int:
    cursor.execute(
        "SELECT MAX(line) FROM (SELECT line FROM roster_row UNION ALL SELECT line FROM roster_flaw) AS every"
    )
    return int(cursor.fetchone()[0] or 0)


def _row(row: _JudgedRow, facts: list[FactChange]) -> ReportLine:
    changed = changes_of(row) if row.outcome == "changed" else {}
    changes = tuple((column, before, after) for column, (before, after) in changed.items())
    changes += tuple((f"{PREFIX}{one.code}", "", one.value) for one in facts if one.held is None)
    set_here = [one for one in facts if one.held is not None]
    return ReportLine(
        row.line,
        row.outcome,
        number=row.number,
        name=row.name,
        changes=changes,
        words=tuple(_notes(row, set_here)),
    )


def _notes(row: _JudgedRow, set_here: list[FactChange]) -> Iterator[str]:
    """Yield a sentence for each value of the roster that is not used, for a further certification
    of a person whom we hold, and for a renewal in the portal that is newer than the roster.
    """
    if row.outcome == "new" and row.was_name:
        yield "A further certification of an account that we hold"
    for words, other, why, held in (
        ("name", row.other_name, row.keeps_name, row.was_name),
        ("address", row.other_email, row.keeps_email, row.was_email),
        ("time zone", row.other_time_zone, row.keeps_time_zone, row.was_time_zone),
    ):
        if other and why:
            yield f"The {words} {other!r} is not taken over: {KEPT[why].format(held=held)}"
    for one in set_here:
        held = KEPT["set"].format(held=one.held)
        yield f"The fact {PREFIX}{one.code} {one.value!r} is not taken over: {held}"
    if row.renewed_by and row.was_renewed_by not in (None, row.renewed_by):
        held = (
            f"{row.was_renewed_by!r} is kept with the cycle"
            if row.was_renewed_by
            else "the cycle is kept as it is"
        )
        yield f"The way to renew {row.renewed_by!r} is not taken over: {held}"
    if row.last_expires_on and str(row.last_expires_on) > str(row.expires_on):
        last_on = date.fromisoformat(str(row.last_expires_on))
        yield f"Renewed here since, {FOR_LIFE if is_for_life(last_on) else f'through {last_on}'}"


def _flaw(flaw: _Flaw) -> ReportLine:
    return ReportLine(
        flaw.line,
        BAD,
        number=flaw.number or "",
        name=flaw.name or "",
        column=flaw.field,
        value=flaw.value,
        words=(flaw.sentence,),
    )
