"""A provider asks for a course or a longer approval, and staff decide. What is approved is listed by the
same services that keep the catalogue.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from ceus.models import Course, Provider
from ceus.services.catalogue import save_courses
from ceus.services.relisting import change_listing
from ceus.touched import ListingChange
from core.errors import Refusal
from core.history import record_history, subject_of
from core.references import new_reference
from core.transitions import check_length, check_step, check_words, move
from outbox.notices import queue_notice
from providers.models import CourseRequest
from providers.models.request import LONGEST_WORDS
from providers.notice_codes import DECIDED
from providers.services.people import require_provider_lead
from rules.listing import Days
from rules.names import fold_title
from trainers.models import Trainer

State, Kind = CourseRequest.State, CourseRequest.Kind


@dataclass(frozen=True)
class AskedCourse:
    """The course that a provider asks for."""

    title: str
    format: str
    hundredths: int
    about: str
    link: str = ""


def request_course(provider: Provider, *, asked: AskedCourse, by: Trainer, at: datetime) -> CourseRequest:
    """Ask for a new course. Idempotent: the same title waits once.

    Raises Refusal (field "title") for a course that is listed already.
    """
    wanted = fold_title(asked.title)
    with transaction.atomic():
        Provider.objects.select_for_update().get(pk=provider.pk)
        waiting = CourseRequest.objects.open().filter(provider=provider, kind=Kind.NEW)
        if same := next((one for one in waiting if fold_title(one.title) == wanted), None):
            return same
        if Course.objects.filter(provider=provider).titled(asked.title).exists():
            sentence = "This course is listed already. Ask for a longer approval on its page."
            raise Refusal(sentence, code="listed", field="title")
        return _request(
            CourseRequest(
                provider=provider,
                kind=Kind.NEW,
                title=asked.title,
                format=asked.format,
                hundredths=asked.hundredths,
                about=check_words(asked.about, field="about", what="what is taught", longest=LONGEST_WORDS),
                link=asked.link,
            ),
            by=by,
            at=at,
        )


def request_longer_approval(course: Course, *, about: str, by: Trainer, at: datetime) -> CourseRequest:
    """Ask that the approval of a course goes on. Idempotent while such a request waits."""
    about = check_words(
        about, field="about", what="what has changed, or that nothing has", longest=LONGEST_WORDS
    )
    told = {
        "title": course.title,
        "format": course.format,
        "hundredths": course.hundredths,
        "link": course.link,
    }
    request = CourseRequest(provider=course.provider, kind=Kind.RENEWAL, course=course, about=about, **told)
    try:
        with transaction.atomic():
            return _request(request, by=by, at=at)
    except IntegrityError:
        waiting = CourseRequest.objects.open().filter(course=course, kind=Kind.RENEWAL).first()
        if waiting is None:
            raise
        return waiting


def withdraw_course_request(request: CourseRequest, *, by: Trainer, at: datetime) -> CourseRequest:
    """Withdraw a waiting request. Idempotent."""
    with transaction.atomic():
        request = _lock_request(request)
        if request.state == State.WITHDRAWN:
            return request
        return move(request, State.WITHDRAWN, "withdrawn", trainer=None, by=by, at=at)


def approve_course_request(
    request: CourseRequest,
    *,
    hundredths: int,
    category: str,
    approved_from: date,
    approved_through: date | None,
    words: str = "",
    by: Trainer | None,
    at: datetime,
    today: date,
) -> CourseRequest:
    """List the course, or let its approval go on, and mail who asked. Idempotent.

    Raises Refusal for an end before the start, and for a renewal that would end earlier than before.
    """
    who = require_provider_lead(by)
    with transaction.atomic():
        request = _lock_request(request)
        if request.state == State.APPROVED:
            return request
        check_step(request, State.APPROVED, "approved")
        if approved_through and approved_through < approved_from:
            raise Refusal("The last day is before the first.", code="order", field="approved_through")
        if request.kind == Kind.NEW:
            request.course = _list_course(request, hundredths, category, approved_from, approved_through)
        else:
            _extend_approval(request, approved_through, by=who, at=at, today=today)
        request.words = check_length(words, field="words", longest=LONGEST_WORDS)
        return _decide(request, State.APPROVED, "approved", by=who, at=at)


def deny_course_request(
    request: CourseRequest, *, words: str, by: Trainer | None, at: datetime
) -> CourseRequest:
    """Deny a request with words that who asked gets by mail. Idempotent."""
    who = require_provider_lead(by)
    with transaction.atomic():
        request = _lock_request(request)
        if request.state == State.DENIED:
            return request
        check_step(request, State.DENIED, "denied")
        request.words = check_words(words, field="words", longest=LONGEST_WORDS)
        return _decide(request, State.DENIED, "denied", by=who, at=at)


def _request(request: CourseRequest, *, by: Trainer, at: datetime) -> CourseRequest:
    request.reference, request.requested_by, request.requested_at = new_reference("Q"), by, at
    request.save(force_insert=True)
    record_history(request, "requested", trainer=None, by=by, at=at, change=("", request.state))
    return request


def _lock_request(request: CourseRequest) -> CourseRequest:
    rows = CourseRequest.objects.select_for_update(of=("self",))
    return rows.select_related("provider", "requested_by").get(pk=request.pk)


def _list_course(
    request: CourseRequest, hundredths: int, category: str, first: date, last: date | None
) -> Course:
    base = slugify(request.title)[:150] or "course"
    taken = set(Course.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    course = Course(
        provider=request.provider,
        title=request.title,
        slug=next(name for name in names if name not in taken),
        category=category,
        hundredths=hundredths,
        format=request.format,
        about=request.about,
        link=request.link,
        approved_from=first,
        approved_through=last,
    )
    return save_courses([course])[0]


def _extend_approval(
    request: CourseRequest, last: date | None, *, by: Trainer, at: datetime, today: date
) -> None:
    """Let the approval of a listed course go on through `last`."""
    course = (
        Course.objects.select_for_update(of=("self",))
        .select_related("provider")
        .get(pk=request.course_id or 0)
    )
    if course.approved_through is None:
        raise Refusal("The approval of this course has no end.", code="endless", field="approved_through")
    if last and last <= course.approved_through:
        sentence = "Choose a day after the one on which the approval ends now."
        raise Refusal(sentence, code="earlier", field="approved_through")
    change = ListingChange(course, Days(course.approved_from, last))
    stored = Course.objects.select_related("provider").get(pk=course.pk)
    stored.approved_through = last
    change_listing(stored, change=change, by=by, at=at, today=today, reason=f"Request {request.reference}")


def _decide(request: CourseRequest, state: str, verb: str, *, by: Trainer, at: datetime) -> CourseRequest:
    request.decided_by = by
    move(request, state, verb, trainer=None, by=by, at=at, reason=request.words)
    queue_notice(
        DECIDED, subject=subject_of(request), event="decided", trainer=request.requested_by, send_at=at
    )
    return request
