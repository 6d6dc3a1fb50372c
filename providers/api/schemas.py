"""What programs send and get."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from providers.models.batch import MOST_ROWS

MOST_NUMBERS = 100


def described_field(words: str) -> Any:
    """Return a field with its description, as the page of the API shows it."""
    return Field(description=words)


Number = Annotated[object, described_field("The certification number; blanks and hyphens do not matter.")]
Name = Annotated[
    object, described_field("The name of the person, or the family name alone. It must fit the number.")
]
Code = Annotated[object, described_field("The code of the course, as GET /courses gives it.")]
Day = Annotated[object, described_field("The day of completion, like 2026-05-03.")]
Amount = Annotated[
    object,
    described_field(
        "What was completed of the course, as a number in its own unit. Leave it out for all of it."
    ),
]
Outcome = Literal["taken", "duplicate", "unknown_number", "name_differs", "not_approved", "invalid"]


class CompletionIn(Schema):
    """One completion. Every row gets an answer, whatever its content."""

    number: Number = ""
    name: Name = ""
    course: Code = ""
    completed_on: Day = ""
    ceus: Amount = None


class CompletionsIn(Schema):
    """Up to 1,000 completions."""

    rows: Annotated[
        list[CompletionIn],
        Field(min_length=1, max_length=MOST_ROWS, description="The completions, in any order."),
    ]


class AnsweredOut(Schema):
    """The answer to one row: `line` counts the rows from 1."""

    line: Annotated[int, described_field("Which row it is.")]
    outcome: Annotated[Outcome, described_field("Whether it counts: “taken” does, all else does not.")]
    words: Annotated[str, described_field("Why not, in a sentence for people; empty for what was taken.")]
    number: Annotated[str, described_field("The number as it was read.")]
    course: Annotated[str, described_field("The code as it was read.")]
    completed_on: Annotated[
        date | None, described_field("The day as it was read; null when it could not be.")
    ]


class ReportOut(Schema):
    """A report with the answer to each row."""

    reference: Annotated[str, described_field("The name of the report, for questions about it.")]
    state: Annotated[Literal["reported", "withdrawn"], described_field("Whether the report still counts.")]
    sent_at: Annotated[datetime, described_field("When it came.")]
    row_count: Annotated[int, described_field("How many rows it has.")]
    taken_count: Annotated[int, described_field("How many of them count.")]
    rows: Annotated[list[AnsweredOut], described_field("The answer to each row.")]


class NumbersIn(Schema):
    """Up to 100 certification numbers."""

    numbers: Annotated[
        list[Annotated[str, Field(max_length=40)]],
        Field(min_length=1, max_length=MOST_NUMBERS, description="The numbers to look up."),
    ]


class NumberOut(Schema):
    """A number and the name of its holder; null when no certification has the number."""

    number: Annotated[str, described_field("The number as it was sent.")]
    name: Annotated[str | None, described_field("The name of its holder, and nothing else about them.")]


class NumbersOut(Schema):
    """The numbers, in the order in which they were sent."""

    numbers: Annotated[list[NumberOut], described_field("Each number with its name.")]


class CourseOut(Schema):
    """A course of the provider, with its approval."""

    code: Annotated[str, described_field("What a report calls the course.")]
    title: Annotated[str, described_field("Its title in the catalogue.")]
    ceus: Annotated[str, described_field("What it gives now.")]
    category: Annotated[str, described_field("Where it counts.")]
    approved_from: Annotated[date, described_field("The first day on which a completion counts.")]
    approved_through: Annotated[date | None, described_field("The last one; null while no end is set.")]


class CoursesOut(Schema):
    """A page of courses. `next_cursor` leads to the next one; null on the last."""

    courses: Annotated[list[CourseOut], described_field("The courses of this page.")]
    next_cursor: Annotated[str | None, described_field("Send it as cursor to get the next page.")]
