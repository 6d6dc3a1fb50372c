"""Deciding what providers ask for: pending for the policy's minutes, with Undo, as in the rooms of cases."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import F, QuerySet

from core import clock
from core.policy_words import portal_unit, usual_category
from providers import services
from providers.models import CourseRequest, Decision
from providers.notice_codes import DECIDED
from providers.services.people import LEADS
from staff.actions import Action, Answers, first_review_url
from staff.decisions import DecisionRoom, decision_action
from staff.providers.forms import ApproveForm, DenyForm
from trainers.models import Trainer

Verdict = Decision.Verdict


class RequestRoom(DecisionRoom):
    """The room of requests: a request is read on its own page, and is assigned to nobody."""

    @property
    def review(self) -> str:
        return f"{self.case}_change"

    def next_waiting(self, person: Trainer) -> str:
        """Return the URL of the oldest request that waits; of the list when there is none."""
        return first_review_url(self.waiting(person), review=self.review, queue=self.queue)


def waiting_requests(person: Trainer) -> "QuerySet[CourseRequest]":
    """Return the requests about which nothing is decided, the one that waits longest first."""
    return CourseRequest.objects.undecided().order_by(F("waits_since").asc(), "pk")


def _done_words(decision: Decision) -> str:
    done = "Approved" if decision.verdict == Verdict.APPROVE else "Denied"
    return f"{done}: “{decision.request.title}” of {decision.request.provider.name}."


ROOM = RequestRoom(
    noun="request",
    case="admin:providers_courserequest",
    queue="admin:providers_courserequest_changelist",
    may_decide=LEADS,
    waiting=waiting_requests,
    decide=services.decide_course_request,
    release=services.release_request_decision,
    decisions=Decision,
    told=_done_words,
    done={"approved": "approved", "denied": "denied"},
)


def action_to_approve(request: CourseRequest, by: Trainer) -> Action:
    return decision_action(
        ROOM,
        request,
        by,
        Verdict.APPROVE,
        title=f"Approve “{request.title}”",
        button="Approve it",
        said=_stored_answers,
        form=ApproveForm,
        initial=_proposal(request, clock.today(settings.TIME_ZONE)),
        mail=DECIDED,
        lines=(
            "A new course is listed with these days and this amount as soon as the decision takes effect.",
            "For a longer approval only the last day is taken: it must be later than today’s.",
        ),
    )


def action_to_deny(request: CourseRequest, by: Trainer) -> Action:
    return decision_action(
        ROOM,
        request,
        by,
        Verdict.DENY,
        title=f"Deny “{request.title}”",
        button="Deny it",
        said=_stored_answers,
        form=DenyForm,
        mail=DECIDED,
        danger=True,
    )


def _stored_answers(answers: Answers) -> Answers:
    return {name: value for name, value in answers.items() if name != "seen"}


def _proposal(request: CourseRequest, today: date) -> Mapping[str, object]:
    """Return the values with which the form of an approval begins: those asked for, and where the
    present approval ends, a further one that is as long.
    """
    course = request.course
    last = course.approved_through if course else None
    return {
        "hundredths": portal_unit().format(request.hundredths),
        "category": course.category if course else usual_category(),
        "approved_from": course.approved_from if course else today,
        "approved_through": last + (last - course.approved_from) if course and last else None,
    }
