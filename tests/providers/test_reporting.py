"""A provider reports completions: every row gets its answer, accepted rows count at once and once,
and trainers get a mail.
"""

from datetime import date

import pytest

from ceus.models import CeuRecord
from ceus.parts import missing_parts
from ceus.services import log_course
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from petitions.models import Petition
from providers.models import Batch
from tests.factories import CeuRecordFactory, CourseFactory
from tests.payments.scenes import mail_of
from tests.providers.scenes import AT, TODAY, broken, counted, outcomes, report, row, with_history

pytestmark = pytest.mark.django_db


def test_a_reported_course_counts_at_once_without_a_certificate_and_its_trainer_gets_one_mail(jordan, course):
    batch = report(row())
    record = CeuRecord.objects.get()
    assert (outcomes(batch), counted(jordan), missing_parts(record)) == (["taken"], 40, ())
    assert (record.title, record.completed_on, record.state) == (
        "Balance for Runners",
        date(2026, 5, 3),
        "accepted",
    )
    notice = Notice.objects.get(kind="providers.reported")
    assert notice.trainer == jordan
    text = mail_of(notice).text
    assert "Harbor Fitness Academy reported that you completed:" in text
    assert "“Balance for Runners”, completed on May 3, 2026: 0.4 CEUs" in text
    told = HistoryEntry.objects.get(verb="reported", subject=f"ceus.ceurecord:{record.pk}")
    assert (told.trainer, told.to_state, told.detail) == (
        jordan,
        "accepted",
        {"provider": "Harbor Fitness Academy"},
    )
    assert broken() == []


@pytest.mark.parametrize(
    ("changes", "outcome", "words"),
    [
        ({"number": "99999999"}, "unknown_number", "No certification has this number."),
        ({"name": "Sam Stranger"}, "name_differs", "belongs to somebody else"),
        ({"name": "Rivera"}, "taken", ""),
        ({"name": "JORDAN RÍVERA"}, "taken", ""),
        ({"course": "yoga"}, "not_approved", "No course of yours has this code."),
        ({"completed_on": "2014-12-31"}, "not_approved", "This course was not approved on that day."),
        ({"completed_on": "2020-05-03"}, "invalid", "nothing of that day can be recorded"),
        ({"completed_on": "2026-06-02"}, "invalid", "cannot be in the future"),
        ({"completed_on": "2026-02-30"}, "invalid", "like 2026-05-03"),
        ({"completed_on": "5/3/2026"}, "taken", ""),
        ({"ceus": "0.5"}, "invalid", "The course gives 0.4 CEUs on that day, not more."),
        ({"ceus": "٣"}, "invalid", "Write the amount like 0.4"),
        ({"name": ""}, "invalid", "Write the name"),
        ({"number": "=1+1"}, "invalid", "formula"),
        ({"name": "Jordan\x00"}, "invalid", "hidden characters"),
    ],
)
def test_each_row_of_a_report_gets_an_outcome_from_its_number_name_course_day_and_ceus(
    jordan, stranger, course, changes, outcome, words
):
    answered = report(row(**changes)).completions.get()
    assert (answered.outcome, answered.record_id is not None) == (outcome, outcome == "taken")
    assert words in answered.words
    assert counted(jordan) == (40 if outcome == "taken" else 0)


def test_reporting_an_unknown_number_stores_no_name(jordan, course):
    assert report(row(number="99999999", name="Nora Nobody")).completions.get().name == ""


def test_partial_credit_counts_as_much_as_the_provider_says(jordan, course):
    report(row(ceus="0.2"))
    assert counted(jordan) == 20


def test_the_same_completion_is_recorded_once_within_a_report_and_across_reports(jordan, course):
    first = report(row(line=1), row(line=2))
    second = report(row(), key="two")
    assert (outcomes(first), outcomes(second)) == (["taken", "duplicate"], ["duplicate"])
    assert second.completions.get().words == f"You have reported this before, in {first.reference}."
    assert (counted(jordan), Notice.objects.filter(kind="providers.reported").count()) == (40, 1)


def test_the_same_idempotency_key_returns_the_first_report_and_with_other_rows_is_refused(jordan, course):
    first = report(row())
    assert report(row()) == first
    with pytest.raises(Refusal) as refusal:
        report(row(ceus="0.2"))
    assert (refusal.value.code, Batch.objects.count(), counted(jordan)) == ("key_used", 1, 40)


def test_a_course_of_another_provider_cannot_be_reported(jordan, course):
    other = CourseFactory(slug="elsewhere")
    assert outcomes(report(row(course=other.slug))) == ["not_approved"]


@pytest.mark.parametrize("day", ["2026-05-03", "2026-05-02", "2026-05-04"])
def test_a_report_merges_with_the_course_that_the_trainer_logged_without_a_certificate(jordan, course, day):
    told = {"completed_on": date.fromisoformat(day), "state": "pending", "course": course}
    record = with_history(CeuRecordFactory(credential=jordan.credentials.get(), **told))
    assert counted(jordan) == 0
    report(row())
    record.refresh_from_db()
    assert (CeuRecord.objects.count(), record.state, record.completed_on) == (1, "accepted", date(2026, 5, 3))
    assert (record.reported_by_provider, counted(jordan), broken()) == (True, 40, [])


def test_a_trainer_who_logs_a_reported_course_gets_the_same_record_and_cannot_change_it(jordan, course):
    report(row())
    logged = log_course(
        jordan.credentials.get(),
        course=course,
        completed_on=date(2026, 5, 3),
        certificate=None,
        by=jordan,
        at=AT,
        today=TODAY,
    )
    assert (CeuRecord.objects.get(), logged.reported_by_provider) == (logged, True)
    from ceus.services import remove_record

    with pytest.raises(Refusal, match="The provider reported this"):
        remove_record(logged, by=jordan, at=AT)


def test_a_course_that_a_petition_granted_is_not_counted_again(jordan, course):
    told = {"granted": True, "course": None, "title": "balance for runners", "completed_on": date(2026, 5, 4)}
    CeuRecordFactory(credential=jordan.credentials.get(), **told)
    assert (outcomes(report(row())), counted(jordan), Petition.objects.count()) == (["duplicate"], 40, 0)


def test_a_report_of_336_rows_takes_few_queries(
    jordan, stranger, course, reporter, django_assert_max_num_queries
):
    people = [("1193 4482", "Jordan Rivera"), ("2000 0001", "Sam Stranger")]
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 28, 2)]
    rows = [
        row(number=number, name=name, completed_on=day, line=place)
        for place, (day, (number, name)) in enumerate((day, one) for day in days for one in people)
    ]
    with django_assert_max_num_queries(60):
        batch = report(*rows)
    assert batch.taken_count == len(rows) == 336
