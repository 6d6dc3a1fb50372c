"""The content of the page on which a course is logged: courses to choose from, days to choose from,
and what the chosen course would add.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ceus.described import describe_course, details_of
from ceus.models import CeuRecord, Course, course_ceus_on
from ceus.pages.catalogue import Choice, closest_page_of
from ceus.pages.next_step import renewing_step
from ceus.search import wanted_words, words_of
from ceus.services import record_checks
from ceus.standing import facts_for, with_hoped
from core.deadlines import short_day
from core.errors import Refusal
from rules.answers import Standing
from rules.facts import RecordFact
from rules.standing import assess
from rules.units import count_of
from trainers.models import Credential, Cycle

MOST = 5  # rows of courses; who gets more adds a word
RECENT = 5
NEW = "new"  # the id of the course that is not logged yet, among the facts


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a title; `hit` is true when the search found it."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course to choose, with its title in pieces. `ends` says that its approval has ended, and when."""

    course: Course
    pieces: tuple[Piece, ...]
    ends: date | None


@dataclass(frozen=True, slots=True)
class Choices:
    """The courses to choose from, and a line on what they are. `nothing` is true when a search found none."""

    rows: tuple[CourseRow, ...]
    line: str
    nothing: bool


@dataclass(frozen=True, slots=True)
class CourseGain:
    """What a course would add. `value` and `most` are the value and maximum of the progress bar, in
    the unit's smallest part. `counts` is False when `sentence` says why the course would add
    nothing.
    """

    counts: bool
    sentence: str
    note: str = ""
    next: str = ""
    before: int = 0
    value: int = 0
    most: int = 0
    reason: str = ""  # the code of why it brings nothing


def day_chips(today: date) -> tuple[tuple[str, str, str], ...]:
    """Return (value, label, short date) of the days that can be chosen with one click."""
    yesterday = today - timedelta(days=1)
    return (
        (today.isoformat(), "Today", short_day(today, today)),
        (yesterday.isoformat(), "Yesterday", short_day(yesterday, today)),
    )


def choices_of(text: str, chosen: Course | None, cycle: Cycle, *, today: date) -> Choices:
    """Return the courses that a search finds, with the chosen one first; without a search those that
    this trainer logged before.
    """
    since = cycle.starts_on
    if not text.strip():
        recent = [] if chosen else recent_courses(cycle.credential, since)
        line = "Courses you logged before" if recent else ""
        return Choices(_rows(chosen, recent, "", today), line, nothing=False)
    page, meant = closest_page_of(Choice(text=text, since=since), today=today, number=None)
    count = page.paginator.count
    # Of courses that the words find by provider or topic alone, those come first whose title has them.
    found = sorted(page, key=lambda course: not any(piece.hit for piece in title_pieces(course.title, meant)))
    like = f" like “{meant}”"
    line = f"{count_of(count, 'course')}{like}" if count else f"No course{like}"
    if count > MOST:
        more = "More than " if page.paginator.is_capped else ""  # type: ignore[attr-defined]  # a capped one
        line = f"{more}{count} courses{like}. Add a word to find yours."
    return Choices(_rows(chosen, found[:MOST], meant, today), line, nothing=not count)


def gain_of(
    course: Course, day: date, cycle: Cycle, *, at: datetime, today: date, proven: bool
) -> CourseGain:
    """Return what `course`, completed on `day`, would add. `proven` is true when its certificate is
    attached.
    """
    credential = cycle.credential
    try:
        record_checks.check_completed_on(day, today=today, at=at, credential=credential)
        record_checks.check_approved(course, day)
    except Refusal as refusal:
        return CourseGain(False, str(refusal), reason=refusal.code)
    hundredths = course_ceus_on(course, day)
    fact = RecordFact(NEW, course.category, hundredths, day, course=str(course.pk))
    fact = replace(fact, details=details_of(describe_course(course)))
    facts = facts_for(cycle)
    before = assess(facts, today, credential.policy).total
    standing = assess(with_hoped(facts, [fact]), today, credential.policy)
    answer = next(one for one in standing.records if one.id == NEW)
    total, unit = standing.total, standing.unit
    if not answer.counted:
        return CourseGain(False, answer.text, reason=answer.reason or "")
    sum_words = f"{unit.format(total.counted)} of {unit.format(total.required)}"
    if standing.cycle.is_for_life or not total.required:
        sum_words = unit.words(total.counted)
    elif total.counted > total.required:
        sum_words = f"{unit.format(total.counted)}. You need {unit.format(total.required)}."
    return CourseGain(
        counts=True,
        sentence=f"This brings you to {sum_words}",
        note="" if proven else "It counts once you add its certificate.",
        next=_next_words(cycle, standing),
        before=min(before.counted, total.required),
        value=min(total.counted, total.required),
        most=total.required,
    )


def recent_courses(credential: Credential, since: date) -> list[Course]:
    """Return courses that this trainer logged before, approved on some day `since`: many are
    repeated every cycle.
    """
    logged = CeuRecord.objects.present().filter(credential=credential, course__isnull=False)
    newest = list(dict.fromkeys(logged.values_list("course_id", flat=True)[:50]))[:RECENT]
    known = Course.objects.approved_since(since).select_related("provider").in_bulk(newest)
    return [known[pk] for pk in newest if pk in known]


def title_pieces(title: str, text: str) -> tuple[Piece, ...]:
    """Return `title` in pieces; those that words of `text` found are marked. Found words that
    follow each other are one piece.
    """
    wanted = wanted_words(text)
    pieces: list[Piece] = []
    for word in title.split(" "):
        length = max((len(one) for one in wanted if _begins(word, one)), default=0)
        if pieces:
            joins = length and pieces[-1].hit
            pieces.append(Piece(" ", bool(joins)))
        pieces += [piece for piece in (Piece(word[:length], True), Piece(word[length:], False)) if piece.text]
    return _joined(pieces)


def _begins(word: str, wanted: str) -> bool:
    """Return whether `word`, of a title, begins with `wanted`, by the letters that the search
    compares.
    """
    return words_of(word[: len(wanted)]) == [wanted]


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].hit == piece.hit:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.hit)
        else:
            joined.append(piece)
    return tuple(joined)


def _rows(chosen: Course | None, courses: Iterable[Course], text: str, today: date) -> tuple[CourseRow, ...]:
    others = [course for course in courses if chosen is None or course.pk != chosen.pk]
    return tuple(_row(course, text, today) for course in ([chosen] if chosen else []) + others)


def _row(course: Course, text: str, today: date) -> CourseRow:
    ended = course.approved_through if not course.is_approved_on(today) else None
    return CourseRow(course, title_pieces(course.title, text), ended)


def _next_words(cycle: Cycle, standing: Standing) -> str:
    step = renewing_step(cycle, standing)
    if step:
        return f"Next: {step.button[0].lower()}{step.button[1:]}"
    unmet = [one.text for one in standing.requirements if not one.met]
    return unmet[0] if unmet else ""
