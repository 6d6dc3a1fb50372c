"""A completion that is logged again is recognised, however its title is written (invariant 13)."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from ceus.services.changes import change_record
from ceus.services.granting import check_can_grant, grant_record
from ceus.services.logging import log_course
from ceus.services.record_checks import COUNTED_BESIDE
from tests import factories
from tests.ceus.scenes import AT, TODAY
from tests.reading import refused_with

DAY = date(2026, 5, 3)


@pytest.fixture
def granted(jordan) -> CeuRecord:
    return factories.CeuRecordFactory(
        credential=jordan.credentials.get(),
        course=None,
        category="education",
        title="Übungen für Ältere",
        completed_on=DAY,
        granted=True,
    )


@pytest.mark.parametrize(
    "title", ["ÜBUNGEN FÜR ÄLTERE", "U\u0308bungen für  Ältere", "übungen\u00a0für ältere"]
)
def test_titles_that_differ_in_case_or_spaces_are_the_same_completion(granted, title):
    other = CeuRecord(
        credential=granted.credential, category="education", title=title, completed_on=DAY, granted=True
    )
    assert list(CeuRecord.objects.same_completion_as(other)) == [granted]


@pytest.mark.parametrize(
    "change", [{"title": "Ubungen fur Altere"}, {"category": "card"}, {"completed_on": date(2026, 5, 4)}]
)
def test_a_record_with_another_title_category_or_date_is_a_different_completion(granted, change):
    facts = {"category": "education", "title": granted.title, "completed_on": DAY} | change
    other = CeuRecord(credential=granted.credential, granted=True, **facts)
    assert not CeuRecord.objects.same_completion_as(other).exists()


def test_a_course_cannot_be_logged_for_the_date_of_a_granted_petition_for_it(granted, a_file):
    course = factories.CourseFactory(title="ÜBUNGEN FÜR ÄLTERE")
    by = granted.credential.trainer
    with refused_with("“ÜBUNGEN FÜR ÄLTERE” on that day already counts.", "counted_before"):
        log_course(
            granted.credential,
            course=course,
            completed_on=DAY,
            certificate=a_file(),
            by=by,
            at=AT,
            today=TODAY,
        )
    assert CeuRecord.objects.get() == granted


def test_a_logged_course_cannot_be_moved_to_the_date_of_a_granted_petition_for_it(granted):
    by = granted.credential.trainer
    course = factories.CourseFactory(title=granted.title)
    logged = factories.CeuRecordFactory(
        credential=granted.credential, course=course, completed_on=date(2026, 5, 4)
    )
    with refused_with("“Übungen für Ältere” on that day already counts.", "counted_before"):
        change_record(logged, completed_on=DAY, by=by, at=AT, today=TODAY)
    change_record(logged, completed_on=date(2026, 5, 5), by=by, at=AT, today=TODAY)
    assert list(CeuRecord.objects.order_by("pk").values_list("completed_on", flat=True)) == [
        DAY,
        date(2026, 5, 5),
    ]


@pytest.mark.parametrize("day", [date(2026, 5, 2), date(2026, 5, 4)])
def test_a_listed_course_cannot_be_logged_one_day_before_or_after_its_granted_petition(granted, a_file, day):
    course = factories.CourseFactory(title="übungen für ältere")
    with refused_with(
        "“übungen für ältere” of May 3, 2026 already counts, and one event counts once. "
        "If yours is another event, write to us.",
        "counted_before",
    ):
        logged(granted, course, a_file(), day)
    assert CeuRecord.objects.get() == granted


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 5, 5)])
def test_a_listed_course_two_days_from_its_granted_petition_can_be_logged(granted, a_file, day):
    logged(granted, factories.CourseFactory(title=granted.title), a_file(), day)
    assert CeuRecord.objects.filter(title=granted.title).count() == 2


def test_a_same_titled_course_of_another_provider_can_be_logged_next_to_a_granted_one(granted, a_file):
    CeuRecord.objects.update(course=factories.CourseFactory(title=granted.title))
    course = factories.CourseFactory(title=granted.title)
    logged(granted, course, a_file(), date(2026, 5, 4))
    assert CeuRecord.objects.filter(title=granted.title).count() == 2


def test_a_course_completed_one_day_after_a_logged_record_of_the_same_course_is_not_granted(granted):
    CeuRecord.objects.update(granted=False, course=factories.CourseFactory(title=granted.title))
    document = factories.DocumentFactory(owner=granted.credential.trainer)
    with refused_with(COUNTED_BESIDE.format(title=granted.title, day="May 3, 2026"), "counted_before"):
        grant_record(
            granted.credential,
            title=granted.title,
            category="education",
            completed_on=date(2026, 5, 4),
            hundredths=40,
            certificate=document,
            reported_at=AT,
            by=None,
            at=AT,
        )
    assert CeuRecord.objects.get() == granted


def test_a_petition_for_a_course_also_logged_without_its_certificate_cannot_be_approved(jordan, stranger):
    course = factories.CourseFactory(title="Übungen für Ältere")
    own, other = jordan.credentials.get(), stranger.credentials.get()
    factories.CeuRecordFactory(credential=own, course=course, completed_on=DAY, state="pending")
    with refused_with(
        "“übungen für ältere” of May 3, 2026 is logged already, without its certificate, and one event counts once.",
        "counted_before",
    ):
        check_can_grant(own, title="übungen für ältere", completed_on=DAY)
    check_can_grant(own, title="übungen für ältere", completed_on=date(2026, 5, 5))
    check_can_grant(other, title="übungen für ältere", completed_on=DAY)


def logged(beside: CeuRecord, course, file, day: date) -> CeuRecord:
    by = beside.credential.trainer
    return log_course(
        beside.credential, course=course, completed_on=day, certificate=file, by=by, at=AT, today=TODAY
    )


def test_two_listed_courses_with_the_same_title_can_both_be_logged_on_one_day(jordan, a_file):
    for course in factories.CourseFactory.create_batch(2, title="Mobility"):
        log_course(
            jordan.credentials.get(),
            course=course,
            completed_on=DAY,
            certificate=a_file(),
            by=jordan,
            at=AT,
            today=TODAY,
        )
    assert CeuRecord.objects.filter(title="Mobility").count() == 2
