"""What a provider reads about its courses: their approval, with a tag and a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ceus.models import Course
from ceus.models.catalogue import Approval
from rules.days import add_days, day_in_words

SOON = 60  # days before the end of an approval that the page warns


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course with the state of its approval: a coloured tag and a sentence."""

    course: Course
    tag_kind: str
    tag: str
    line: str


def course_rows(courses: Iterable[Course], today: date) -> list[CourseRow]:
    """Return the rows of the list, each with the state of the course's approval on `today`."""
    return [CourseRow(course, *_approval(course, today)) for course in courses]


def approval_words(row: Approval, today: date) -> str:
    """Return a sentence about the state of the approval on `today`."""
    return _approval(row, today)[2]


def _approval(row: Approval, today: date) -> tuple[str, str, str]:
    last = row.approved_through
    if today < row.approved_from:
        return "info", "Not yet", f"Approved from {day_in_words(row.approved_from)}."
    if last is None:
        return "ok", "Approved", f"Approved since {day_in_words(row.approved_from)}, without an end."
    if last < today:
        return "", "Ended", f"Approved through {day_in_words(last)}. What was completed before still counts."
    words = f"Approved through {day_in_words(last)}."
    if last <= add_days(today, SOON):
        return "warn", "Ends soon", words
    return "ok", "Approved", words
