"""The public check of a pasted list: one line for each person, with a number and a family name (Q29)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.spreadsheet import text_cell
from renewals.pages.verification import Answer, answers_to_pairs
from rules.days import day_or_life
from rules.names import LONGEST_NAME
from trainers.models.credential import normalise_number

MOST_LINES = 100
LONGEST_LINE = 200
NO_NUMBER = "This line has no certification number."
BAD_NUMBER = "A certification number has only letters and digits."
TOO_LONG = "This line is too long."
NUMBER_THEN_NAME = re.compile(r"(\S*[0-9][0-9 -]*)\s+([^0-9]+)")
CSV_HEADER = (
    "Line",
    "Number",
    "Name",
    "Answer",
    "Certification",
    "Certified through",
    "Not certified since",
    "Note",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: its position, the number and the name in it, and why it cannot be
    checked, or "".
    """

    place: int
    number: str
    name: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """A line with its answer; the answer is None when the line cannot be checked."""

    line: Line
    answer: Answer | None

    @property
    def words(self) -> str:
        """Return the answer in a sentence: certified through which day, not certified since which
        day, or why there is no answer.
        """
        if self.answer is None:
            return self.line.trouble
        if not self.answer.name:
            return self.answer.line
        return f"{self.answer.heading}. {self.answer.line}".strip()


def lines_of(text: str) -> list[Line]:
    """Return the lines of a pasted list in order, without blank ones. Their positions count from 1
    and include blank lines.

    A tab, a semicolon, a comma or a blank separates number and name. Where one of the first three
    separates them, either may come first.
    """
    rows = enumerate(text.splitlines(), start=1)
    return [_line_of(place, row) for place, row in rows if row.strip(' \t,;"')]


def answers_of(lines: list[Line], *, at: datetime, default_policy: str) -> list[LineAnswer]:
    """Return each line with its answer, which is the same as if the line were checked alone."""
    asked = [line for line in lines if not line.trouble]
    found = answers_to_pairs(
        ((line.number, line.name) for line in asked), at=at, default_policy=default_policy
    )
    answers = {line.place: answer for line, answer in zip(asked, found, strict=True)}
    return [LineAnswer(line, answers.get(line.place)) for line in lines]


def csv_rows(answers: list[LineAnswer], checked: str) -> Iterator[tuple[str, ...]]:
    """Yield a row of safe cells for each line, and a last one that says when it was checked."""
    for one in answers:
        answer = one.answer
        yield tuple(
            text_cell(cell)
            for cell in (
                str(one.line.place),
                one.line.number,
                one.line.name,
                answer.shown_state if answer else "Not checked",
                answer.title if answer else "",
                day_or_life(answer.through) if answer and answer.through else "",
                answer.not_since.isoformat() if answer and answer.not_since else "",
                one.words,
            )
        )
    yield ("", "", "", checked, "", "", "", "")


def summary_words(answers: list[LineAnswer]) -> str:
    """Return the counts of each answer, such as "2 in force, 1 no match"."""
    states = [one.answer.shown_state if one.answer else "Not checked" for one in answers]
    return ", ".join(f"{states.count(state)} {state.lower()}" for state in dict.fromkeys(states))


def line_of_pair(place: int, number: str, name: str) -> Line:
    """Return the line of a number and a family name, which may be empty."""
    plain = normalise_number(number)
    if not plain:
        return Line(place, "", name[:LONGEST_NAME], NO_NUMBER)
    if not (plain.isascii() and plain.isalnum() and len(plain) <= 40):
        return Line(place, number[:40], name[:LONGEST_NAME], BAD_NUMBER)
    return Line(place, number, name, TOO_LONG if len(name) > LONGEST_NAME else "")


def _line_of(place: int, row: str) -> Line:
    if len(row) > LONGEST_LINE:
        return Line(place, row[:40], "", TOO_LONG)
    mark = next((mark for mark in "\t;," if mark in row), None)
    unmarked = NUMBER_THEN_NAME.fullmatch(row.strip())
    cells = row.split(mark) if mark else unmarked.groups() if unmarked else (row,)
    kept = [cell.strip(' "') for cell in cells if cell.strip(' "')]
    first = next((n for n, cell in enumerate(kept[:2]) if re.search(r"[0-9]", cell)), None)
    if first is None:
        return Line(place, "", " ".join(kept)[:LONGEST_NAME], NO_NUMBER)
    number, name = kept[first], " ".join(kept[:first] + kept[first + 1 :])
    return line_of_pair(place, number, name)
