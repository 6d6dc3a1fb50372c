"""The report for a registrar: each row with its outcome, in the order of the file."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.utils import CursorWrapper

from trainers.models import Credential
from trainers.roster.merging import changes_of
from trainers.roster.reading import printable_text

KEPT = {
    "claimed": "the account is in use, so only its owner changes it",
    "older": "the file is older than the renewal made here",
    "set": "{held!r} was set here",
}
SPAN = 2000  # lines of the file that are fetched together


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


def report_lines(cursor: CursorWrapper, *, only_bad: bool = False) -> Iterator[str]:
    """Yield, in the order of the file, a line of text for each good row, and one for each thing
    that is wrong with a bad row.

    With `only_bad` good rows are left out.
    """
    last = _last_line(cursor)
    for start in range(0, last + 1, SPAN):
        found = [(flaw["line"], _flaw(flaw)) for flaw in _fetch(cursor, FLAWS, start)]
        if not only_bad:
            found += [(row["line"], _row(row)) for row in _fetch(cursor, ROWS, start)]
        for _, text in sorted(found, key=lambda pair: pair[0]):
            yield text


ROWS = """SELECT line, outcome, number, name, was_name, email, was_email, time_zone, was_time_zone,
        keeps_name, keeps_email, keeps_time_zone, other_name, other_email, other_time_zone, expires_on, last_expires_on
    FROM roster_judged WHERE line > %s AND line <= %s AND line NOT IN (SELECT line FROM roster_flaw)"""
FLAWS = """SELECT line, field, value, sentence FROM roster_flaw WHERE line > %s AND line <= %s
    ORDER BY line, place, sentence"""


def _fetch(cursor: CursorWrapper, query: str, start: int) -> list[dict[str, Any]]:
    cursor.execute(query, [start, start + SPAN])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _last_line(cursor: CursorWrapper) -> int:
    cursor.execute(
        "SELECT MAX(line) FROM (SELECT line FROM roster_row UNION ALL SELECT line FROM roster_flaw) AS every"
    )
    return int(cursor.fetchone()[0] or 0)


def _row(row: dict[str, Any]) -> str:
    number = Credential(number=row["number"]).display_number
    text = f"line {row['line']}: {row['outcome']}, {number}, {printable_text(row['name'])}"
    changes = [
        f"{column} {before!r} becomes {after!r}" for column, (before, after) in changes_of(row).items()
    ]
    if row["outcome"] == "changed":
        text += f" ({'; '.join(changes)})"
    return ". ".join([text, *_notes(row)])


def _notes(row: dict[str, Any]) -> Iterator[str]:
    """Yield what the roster says and we do not follow."""
    for column, words in (("name", "name"), ("email", "address"), ("time_zone", "time zone")):
        other, why = row[f"other_{column}"], row[f"keeps_{column}"]
        if other and why:
            kept = KEPT[why].format(held=row[f"was_{column}"])
            yield f"The {words} {other!r} is not taken over: {kept}"
    if row["last_expires_on"] and row["last_expires_on"] > row["expires_on"]:
        yield f"Renewed here since, through {row['last_expires_on']}"


def _flaw(flaw: dict[str, Any]) -> str:
    where = f"{flaw['field']} {flaw['value']!r}" if flaw["field"] else "row"
    return f"line {flaw['line']}: bad, {where}: {flaw['sentence']}"
