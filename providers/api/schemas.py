"""What programs send and get."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from providers.models.batch import MOST_ROWS

MOST_NUMBERS = 100
Text = Annotated[object, Field(description="A text; whatever cannot be read is answered in its row.")]
Outcome = Literal["taken", "duplicate", "unknown_number", "name_differs", "not_approved", "invalid"]


class CompletionIn(Schema):
    """One completion. Every row gets an answer, whatever its content."""

    number: Text = ""
    name: Text = ""
    course: Text = ""
    completed_on: Text = ""
    ceus: Text = None


class CompletionsIn(Schema):
    """Up to 1,000 completions."""

    rows: Annotated[list[CompletionIn], Field(min_length=1, max_length=MOST_ROWS)]


class AnsweredOut(Schema):
    """The answer to one row: `line` counts the rows from 1."""

    line: int
    outcome: Outcome
    words: str
    number: str
    course: str
    completed_on: date | None


class ReportOut(Schema):
    """A report with the answer to each row."""

    reference: str
    state: Literal["reported", "withdrawn"]
    sent_at: datetime
    row_count: int
    taken_count: int
    rows: list[AnsweredOut]


class NumbersIn(Schema):
    """Up to 100 certification numbers."""

    numbers: Annotated[
        list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=MOST_NUMBERS)
    ]


class NumberOut(Schema):
    """A number and the name of its holder; null when no certification has the number."""

    number: str
    name: str | None


class NumbersOut(Schema):
    numbers: list[NumberOut]


class CourseOut(Schema):
    """A course of the provider, with its approval."""

    code: str
    title: str
    ceus: str
    category: str
    approved_from: date
    approved_through: date | None


class CoursesOut(Schema):
    """A page of courses. `next_cursor` leads to the next one; null on the last."""

    courses: list[CourseOut]
    next_cursor: str | None
