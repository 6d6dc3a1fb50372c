"""Decisions about what providers ask for: pending for the policy's minutes, then released with the
catalogue's entry and the mail in one transaction.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from cases.decisions import make_pending, pending_decision, release_decision, same_decision
from cases.locking import lock_case
from cases.reviewers import require_reviewer
from ceus.models import Course
from ceus.services.catalogue import list_course
from ceus.services.relisting import change_listing
from ceus.touched import ListingChange
from core import clock
from core.errors import Refusal
from core.history import subject_of
from core.policy_words import portal_policy
from core.transitions import check_length, check_step, check_words, move
from outbox.notices import queue_notice
from providers.models import CourseRequest, Decision
from providers.models.request import LONGEST_WORDS
from providers.notice_codes import DECIDED
from providers.services.paying import check_fee_kept
from rules.listing import Days
from rules.units import LARGEST_OF_COURSE
from trainers.models import Trainer

State, Kind, Verdict = CourseRequest.State, CourseRequest.Kind, Decision.Verdict
LISTED = "A course of this provider with this title is listed already."


def decide_course_request(
    request: CourseRequest,
    *,
    verdict: str,
    by: Trainer,
    at: datetime,
    hundredths: int | None = None,
    category: str = "",
    approved_from: date | None = None,
    approved_through: date | None = None,
    words: str = "",
    note: str = "",
) -> Decision:
    """Make a decision, pending for the policy's minutes; its history keeps `note`. Idempotent for its author.

    An approval needs the amount in hundredths, the category and the first day; `approved_through` is
    inclusive. Raises Refusal, with the author, after another person's decision; for a denial without
    words; for an approval whose fee went back; and for what the catalogue cannot take.
    """
    with transaction.atomic():
        request = lock_case(request)
        require_reviewer(request, by)
        before: Decision | None = pending_decision(request)
        if before:
            return same_decision(before, verdict, by)
        if verdict not in Verdict.values:
            raise Refusal("Choose a decision.", code="verdict", field="verdict")
        approves = verdict == Verdict.APPROVE
        check_step(request, State.APPROVED if approves else State.DENIED, "decided")
        decision = Decision(request=request, verdict=verdict, by=by, decided_at=at)
        if approves:
            decision.hundredths, decision.category = hundredths, category
            decision.approved_from, decision.approved_through = approved_from, approved_through
            decision.words = check_length(words.strip(), field="words", longest=LONGEST_WORDS)
            check_fee_kept(request)
            _check_grant(request, decision)
        else:
            decision.words = check_words(words, field="words", longest=LONGEST_WORDS)
        figures = portal_policy().version_on(clock.date_of(at, settings.TIME_ZONE))
        return make_pending(decision, minutes=figures.decision_hold_minutes, note=note)


def release_request_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision with the catalogue's entry and the mail. Idempotent. Raises
    Refusal before it is due, and when the catalogue can no longer take what was approved.
    """
    return release_decision(decision, lambda request, one: _take_effect(request, one, at=at), at=at)


def _check_grant(request: CourseRequest, decision: Decision) -> None:
    """Raise Refusal for an approval that the catalogue cannot take."""
    if not decision.hundredths or not 0 < decision.hundredths <= LARGEST_OF_COURSE:
        raise Refusal("Write how much it gives.", code="ceus", field="hundredths")
    if not decision.category:
        raise Refusal("Choose a category.", code="category", field="category")
    if decision.approved_from is None:
        raise Refusal("Write the first day.", code="first", field="approved_from")
    last = decision.approved_through
    if last and last < decision.approved_from:
        raise Refusal("The last day is before the first.", code="order", field="approved_through")
    if request.kind == Kind.NEW:
        if Course.objects.filter(provider=request.provider).titled(request.title).exists():
            raise Refusal(LISTED, code="listed")
        return
    ends = request.course.approved_through if request.course else None
    if ends is None:
        raise Refusal("The approval of this course has no end.", code="endless", field="approved_through")
    if last and last <= ends:
        sentence = "Choose a day after the one on which the approval ends now."
        raise Refusal(sentence, code="earlier", field="approved_through")


def _take_effect(request: CourseRequest, decision: Decision, *, at: datetime) -> None:
    approves = decision.verdict == Verdict.APPROVE
    if approves:
        check_fee_kept(request)
        _check_grant(request, decision)
        if request.kind == Kind.NEW:
            request.course = _list_course(request, decision, at=at)
        else:
            _extend_approval(request, decision, at=at)
    request.decided_by, request.words = decision.by, decision.words
    state, verb = (State.APPROVED, "approved") if approves else (State.DENIED, "denied")
    move(request, state, verb, trainer=None, by=decision.by, at=at, reason=decision.words)
    event = f"decision:{decision.pk}"
    queue_notice(DECIDED, subject=subject_of(request), event=event, trainer=request.requested_by, send_at=at)


def _list_course(request: CourseRequest, decision: Decision, *, at: datetime) -> Course:
    assert decision.hundredths and decision.approved_from  # noqa: S101, PT018 - `_check_grant` asked
    course = Course(
        provider=request.provider,
        title=request.title,
        category=decision.category,
        hundredths=decision.hundredths,
        format=request.format,
        about=request.about,
        link=request.link,
        approved_from=decision.approved_from,
        approved_through=decision.approved_through,
    )
    return list_course(course, by=decision.by, at=at, reason=f"Request {request.reference}")


def _extend_approval(request: CourseRequest, decision: Decision, *, at: datetime) -> None:
    """Extend the approval of a listed course through the decision's last day."""
    rows = Course.objects.select_for_update(of=("self",)).select_related("provider")
    course = rows.get(pk=request.course_id or 0)
    last = decision.approved_through
    change = ListingChange(course, Days(course.approved_from, last))
    stored = Course.objects.select_related("provider").get(pk=course.pk)
    stored.approved_through = last
    change_listing(
        stored,
        change=change,
        by=decision.by,
        at=at,
        today=clock.date_of(at, settings.TIME_ZONE),
        reason=f"Request {request.reference}",
    )
