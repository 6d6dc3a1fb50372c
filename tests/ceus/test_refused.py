"""What a CEU record refuses, each with its sentence."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from ceus.services.changes import change_record
from ceus.services.granting import grant_record
from ceus.services.logging import log_card, log_course
from tests import factories
from tests.ceus.scenes import AT, TODAY
from tests.reading import refused_with


def test_changing_a_removed_record_is_refused(jordan):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), state="removed")
    with refused_with("You removed this. Log it again if you need it.", "removed"):
        change_record(record, completed_on=date(2026, 5, 3), by=jordan, at=AT, today=TODAY)


def test_logging_a_card_that_the_policy_does_not_require_is_refused(jordan, a_file, monkeypatch):
    monkeypatch.setattr("ceus.services.logging.card_category", lambda *_: None)
    days = {"completed_on": date(2026, 5, 3), "valid_through": date(2028, 5, 3)}
    with refused_with("Your certification does not ask for a card.", "no_card_asked"):
        log_card(
            jordan.credentials.get(), **days, front=a_file(), back=a_file(), by=jordan, at=AT, today=TODAY
        )


@pytest.mark.parametrize(
    ("fields", "sentence", "code"),
    [
        (
            {"state": "rejected"},
            "We did not accept this, so it cannot change. You can log it with another proof.",
            "rejected",
        ),
        ({"granted": True}, "We decided on this course, so it cannot change.", "granted"),
    ],
)
def test_changing_a_rejected_or_granted_record_is_refused(jordan, fields, sentence, code):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), **fields)
    with refused_with(sentence, code):
        change_record(record, completed_on=date(2026, 5, 3), by=jordan, at=AT, today=TODAY)


def test_a_course_already_logged_under_its_older_title_is_not_granted_for_the_same_day(jordan):
    course = factories.CourseFactory(title="Mobility II")
    logged = factories.CeuRecordFactory(
        credential=jordan.credentials.get(), course=course, title="Mobility", completed_on=date(2026, 5, 3)
    )
    with refused_with("“Mobility II” on that day already counts.", "counted_before"):
        grant_record(
            logged.credential,
            title="Mobility II",
            category="education",
            completed_on=date(2026, 5, 3),
            hundredths=40,
            course=course,
            certificate=factories.DocumentFactory(owner=jordan),
            reported_at=AT,
            by=None,
            at=AT,
        )
    assert CeuRecord.objects.get() == logged


def test_a_rejected_file_cannot_be_used_as_the_certificate_of_another_record(jordan, a_file):
    file = a_file()
    course = factories.CourseFactory()
    said = {"course": course, "by": jordan, "at": AT, "today": TODAY}
    first = log_course(jordan.credentials.get(), completed_on=date(2026, 5, 3), certificate=file, **said)
    CeuRecord.objects.filter(pk=first.pk).update(state="rejected")
    with refused_with(
        "We have looked at this file and did not accept it. Choose another proof, or write to us.",
        "rejected_before",
    ):
        log_course(jordan.credentials.get(), completed_on=date(2026, 5, 4), certificate=file, **said)
