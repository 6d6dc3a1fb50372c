"""Decisions about what a provider asks for: pending for ten minutes, undone, released, stuck."""

from datetime import date, timedelta

import pytest

from cases.decisions import take_back_decision
from ceus.models import Course
from core.errors import Refusal
from outbox.models import Notice
from providers.models import CourseRequest, Decision
from providers.services.deciding import decide_course_request, release_request_decision
from providers.services.requesting import AskedCourse, request_course, withdraw_course_request
from providers.tasks import release_decisions
from staff.providers.forms import ApproveForm
from tests.cast import colleague
from tests.drafting import approve, draft
from tests.factories import CourseFactory
from tests.providers.scenes import AT, asked_longer, broken, decided, penny

pytestmark = pytest.mark.django_db
TEN_MINUTES = timedelta(minutes=10)
GRANT = {
    "verdict": "approve",
    "hundredths": 30,
    "category": "education",
    "approved_from": date(2026, 6, 1),
    "approved_through": date(2028, 5, 31),
}


@pytest.fixture
def request_of_penny(provider, reporter) -> CourseRequest:
    asked = AskedCourse("Yoga for Backs", "online", 30, "Three hours.")
    return request_course(provider, asked=asked, by=reporter, at=AT)


def approved(request: CourseRequest, **said) -> Decision:
    return decide_course_request(request, by=colleague("registrar"), at=AT, **{**GRANT, **said})


def test_an_approval_lists_the_course_and_mails_only_after_ten_minutes(request_of_penny, clock_at):
    approved(request_of_penny)
    clock_at("2026-06-01 12:09:59")
    assert release_decisions() == 0
    assert not Course.objects.filter(title="Yoga for Backs").exists()
    assert not Notice.objects.filter(kind="providers.decided").exists()
    clock_at("2026-06-01 12:10:00")
    assert release_decisions() == 1
    course = Course.objects.get(title="Yoga for Backs")
    assert (course.hundredths, course.approved_through) == (30, date(2028, 5, 31))
    assert Notice.objects.get(kind="providers.decided").trainer == penny()
    request_of_penny.refresh_from_db()
    assert (request_of_penny.state, request_of_penny.decided_by) == ("approved", colleague("registrar"))
    assert broken() == []


def test_a_decision_that_is_undone_leaves_the_request_waiting_and_mails_nobody(request_of_penny):
    take_back_decision(approved(request_of_penny), by=colleague("registrar"), at=AT + timedelta(minutes=9))
    request_of_penny.refresh_from_db()
    assert request_of_penny.state == "submitted"
    assert list(CourseRequest.objects.undecided()) == [request_of_penny]
    assert not Notice.objects.filter(kind="providers.decided").exists()
    decided(request_of_penny, verdict="deny", words="The outline is old.")
    assert Notice.objects.filter(kind="providers.decided").count() == 1


def test_a_second_decision_while_one_is_pending_names_who_was_first(request_of_penny):
    first = approved(request_of_penny)
    assert approved(request_of_penny) == first
    with pytest.raises(Refusal, match=r"has decided this already"):
        decide_course_request(request_of_penny, verdict="deny", words="No.", by=colleague("lead"), at=AT)
    assert list(CourseRequest.objects.undecided()) == []


@pytest.mark.parametrize("who", ["reviewer", "finance"])
def test_staff_who_do_not_lead_providers_cannot_decide_a_course_request(request_of_penny, who):
    with pytest.raises(Refusal, match="may not decide about requests"):
        decide_course_request(request_of_penny, verdict="deny", words="No.", by=colleague(who), at=AT)


def test_the_person_who_asked_and_a_trainer_cannot_decide_a_course_request(request_of_penny, jordan):
    for by in (penny(), jordan):
        with pytest.raises(Refusal, match="may not decide about requests"):
            decide_course_request(request_of_penny, **GRANT, by=by, at=AT)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"hundredths": None}, "hundredths"),
        ({"hundredths": 10_001}, "hundredths"),
        ({"category": ""}, "category"),
        ({"approved_from": None}, "approved_from"),
        ({"approved_through": date(2026, 5, 31)}, "approved_through"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"verdict": "deny", "words": " "}, "words"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_an_incomplete_decision_is_refused_at_its_field(request_of_penny, said, field):
    with pytest.raises(Refusal) as refused:
        approved(request_of_penny, **said)
    assert (refused.value.field, Decision.objects.count()) == (field, 0)


def test_a_pending_approval_waits_for_a_person_when_its_course_was_listed_in_the_meantime(
    request_of_penny, clock_at
):
    decision = approved(request_of_penny)
    CourseFactory(provider=request_of_penny.provider, title="Yoga for Backs")
    clock_at("2026-06-01 12:10:00")
    assert release_decisions() == 0
    decision.refresh_from_db()
    assert decision.awaits_person
    assert "is listed already. Undo it, then decide again." in decision.stuck_reason


def test_a_request_that_is_withdrawn_takes_its_pending_decision_back(request_of_penny):
    decision = approved(request_of_penny)
    withdraw_course_request(request_of_penny, by=penny(), at=AT + timedelta(minutes=5))
    assert release_request_decision(decision, at=AT + TEN_MINUTES).state == "taken_back"
    assert not Course.objects.filter(title="Yoga for Backs").exists()


def test_an_approval_without_a_last_day_cannot_be_extended(course):
    request = asked_longer()
    with pytest.raises(Refusal, match="has no end"):
        approved(request)


def test_a_requested_longer_approval_must_end_later_than_the_present_one(course):
    course.approved_through = date(2028, 5, 31)
    course.save(update_fields=["approved_through"])
    with pytest.raises(Refusal, match="Choose a day after"):
        approved(asked_longer())
    decided(asked_longer(), **{**GRANT, "approved_through": date(2028, 6, 1)})
    course.refresh_from_db()
    assert course.approved_through == date(2028, 6, 1)


def test_the_form_of_an_approval_begins_with_what_was_asked_and_with_the_days_of_the_present_one(
    request_of_penny, course, signed_in, clock_at, as_on_file
):
    clock_at("2026-06-01")
    desk = signed_in(colleague("registrar"))
    begun = desk.get(f"/staff/providers/courserequest/{request_of_penny.pk}/approve/").context["form"].initial
    assert (begun["category"], begun["approved_from"], begun["approved_through"]) == (
        "education",
        date(2026, 6, 1),
        None,
    )
    Course.objects.filter(pk=course.pk).update(
        approved_from=date(2025, 6, 1), approved_through=date(2026, 6, 1)
    )
    url = f"/staff/providers/courserequest/{asked_longer().pk}/approve/"
    assert desk.get(url).context["form"].initial["approved_through"] == date(2027, 6, 1)


def test_the_categories_of_an_approval_are_called_as_the_version_of_the_day_calls_them(clock_at, as_on_file):
    approve(draft(changes={("categories", "education", "label"): "Learning"}))
    for day, label in (("2027-06-30", "Education"), ("2027-07-01", "Learning")):
        clock_at(day)
        assert dict(ApproveForm().fields["category"].choices)["education"] == label
