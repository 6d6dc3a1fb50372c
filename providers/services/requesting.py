"""A provider asks for a course or a longer approval, or withdraws that. `providers/services/deciding.py`
has the decisions.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from cases.decisions import drop_pending_decision
from cases.locking import lock_case
from ceus.models import Course, Provider
from core.errors import Refusal
from core.history import record_history
from core.references import new_reference
from core.transitions import check_step, check_words, move
from providers.models import CourseRequest
from providers.models.request import LONGEST_WORDS
from providers.services.paying import check_fee_seen, raise_request_charge, request_fee, void_request_charge
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


def request_course(
    provider: Provider, *, asked: AskedCourse, by: Trainer, at: datetime, agreed_cents: int | None = None
) -> CourseRequest:
    """Ask for a new course. Idempotent: the same title waits once. With a fee, the request waits for
    its payment before we decide.

    `agreed_cents` is the fee that the page showed; None accepts any. Raises Refusal (field "title")
    for a course that is listed already, and when the fee has changed.
    """
    wanted = fold_title(asked.title)
    with transaction.atomic():
        Provider.objects.select_for_update().get(pk=provider.pk)
        waiting = CourseRequest.objects.open().filter(provider=provider, kind=Kind.NEW)
        if same := next((one for one in waiting if fold_title(one.title) == wanted), None):
            return same
        check_fee_seen(agreed_cents, at=at)
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


def request_longer_approval(
    course: Course, *, about: str, by: Trainer, at: datetime, agreed_cents: int | None = None
) -> CourseRequest:
    """Ask that the approval of a course be extended. Idempotent while such a request waits. The fee
    is as in `request_course`.
    """
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
            check_fee_seen(agreed_cents, at=at)
            return _request(request, by=by, at=at)
    except IntegrityError:
        waiting = CourseRequest.objects.open().filter(course=course, kind=Kind.RENEWAL).first()
        if waiting is None:
            raise
        return waiting


def withdraw_course_request(request: CourseRequest, *, by: Trainer, at: datetime) -> CourseRequest:
    """Withdraw an open request; a pending decision about it is taken back. Idempotent. A fee that
    was paid is not returned.

    Raises Refusal while its payment is being settled.
    """
    with transaction.atomic():
        request = lock_case(request)
        if request.state == State.WITHDRAWN:
            return request
        check_step(request, State.WITHDRAWN, "withdrawn")
        void_request_charge(request, by=by, at=at)
        drop_pending_decision(request, by=by, at=at, reason="The provider withdrew the request.")
        return move(request, State.WITHDRAWN, "withdrawn", trainer=None, by=by, at=at)


def _request(request: CourseRequest, *, by: Trainer, at: datetime) -> CourseRequest:
    request.reference, request.requested_by, request.requested_at = new_reference("Q"), by, at
    has_fee = bool(request_fee(at).amount_cents)
    request.state = State.UNPAID if has_fee else State.SUBMITTED
    request.save(force_insert=True)
    if has_fee:
        request.charge = raise_request_charge(request, by=by, at=at)
        request.save(update_fields=["charge"])
    record_history(request, "requested", trainer=None, by=by, at=at, change=("", request.state))
    return request
