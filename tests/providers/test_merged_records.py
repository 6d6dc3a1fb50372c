"""A provider's report, and what staff decided about a trainer's own record of the same course.

Jordan logged Balance for Runners, 0.4 CEUs, as completed on May 3, 2026, with its certificate.
"""

from datetime import date, datetime, timedelta

import pytest

from ceus.models import CeuRecord
from ceus.services import correct_record
from ceus.services.correcting import Corrected
from providers.services.correcting import correct_completion, withdraw_batch
from tests.ceus.scenes import ceus_from, save
from tests.factories import CeuRecordFactory
from tests.payments.scenes import mail_of
from tests.providers.scenes import AT, TODAY, broken, counted, outcomes, report, row, with_history
from trainers.models import Trainer

pytestmark = pytest.mark.django_db
BEFORE, AFTER, LATER = AT - timedelta(days=1), AT + timedelta(days=1), AT + timedelta(days=29)
MAY_3, MAY_4 = date(2026, 5, 3), date(2026, 5, 4)


@pytest.fixture
def record(jordan, stranger, course) -> CeuRecord:
    for one in (jordan, stranger):
        made = CeuRecordFactory(credential=one.credentials.get(), completed_on=MAY_3, course=course)
        with_history(made)
    return CeuRecord.objects.get(credential__trainer=jordan)


def correct(record: CeuRecord, day: date, hundredths: int, *, by: Trainer, at: datetime) -> None:
    record.refresh_from_db()
    facts = Corrected(day, hundredths, record.course)
    correct_record(record, facts=facts, by=by, at=at, today=TODAY, reason="Half of it, on May 4.")


def withdraw(batch, by: Trainer) -> None:
    withdraw_batch(batch, by=by, at=LATER, reason="Wrong list.")


def facts_of(record: CeuRecord) -> tuple[date, int, bool]:
    record.refresh_from_db()
    return record.completed_on, record.hundredths, record.reported_by_provider


def test_a_report_that_is_taken_back_leaves_what_staff_corrected_after_it(record, reporter, lead, jordan):
    batch = report(row())
    correct(record, MAY_4, 20, by=lead, at=AFTER)
    withdraw(batch, reporter)
    assert facts_of(record) == (MAY_4, 20, False)
    assert (counted(jordan), broken()) == (20, [])
    mail = mail_of(jordan.notices.get(kind="providers.changed"))
    assert "What you logged yourself stays, as your record shows it now." in mail.text


def test_a_report_that_is_taken_back_leaves_the_ceus_to_which_a_lead_raised_the_course_after_it(
    record, course, reporter, lead, stranger
):
    batch = report(row(), row(number="20000001", name="Sam Stranger", ceus="0.2", line=2))
    save(ceus_from(course, "2026-05-01", 50), by=lead, reason="Five hours.", records="changed")
    withdraw(batch, reporter)
    assert facts_of(record) == (MAY_3, 50, False)
    assert (counted(stranger), broken()) == (50, [])


@pytest.mark.parametrize("told", [{"ceus": "0.4"}, {"completed_on": "2026-05-04"}])
def test_a_report_that_differs_from_what_staff_corrected_before_it_is_not_taken(
    record, reporter, lead, stranger, told
):
    correct(record, MAY_3, 20, by=lead, at=BEFORE)
    batch = report(row(**told), row(number="20000001", name="Sam Stranger", line=2))
    assert outcomes(batch) == ["duplicate", "taken"]
    answer = batch.completions.get(line=1)
    assert answer.words == "Our staff corrected this for this number. If that is wrong, write to us."
    assert (facts_of(record), counted(stranger)) == ((MAY_3, 20, False), 40)


@pytest.mark.parametrize("ceus", ["", "0.2"])
def test_a_report_that_agrees_with_what_staff_corrected_before_it_is_taken(record, reporter, lead, ceus):
    correct(record, MAY_3, 20, by=lead, at=BEFORE)
    assert outcomes(report(row(ceus=ceus))) == ["taken"]
    assert facts_of(record) == (MAY_3, 20, True)


def test_a_report_without_ceus_keeps_those_of_a_record_whose_course_is_listed_lower_since(
    record, course, reporter, lead, jordan
):
    save(ceus_from(course, "2026-05-01", 20), by=lead, reason="Two hours.")
    assert outcomes(report(row())) == ["taken"]
    assert (facts_of(record), counted(jordan)) == ((MAY_3, 40, True), 40)


def test_a_report_is_taken_back_after_its_trainer_logged_the_day_before_the_report_again(
    record, course, reporter, jordan
):
    batch = report(row(completed_on="2026-05-04"))
    again = CeuRecordFactory(credential=record.credential, completed_on=MAY_3, course=course)
    withdraw(batch, reporter)
    assert facts_of(record) == (MAY_4, 40, False)
    assert facts_of(with_history(again)) == (MAY_3, 40, False)
    assert (counted(jordan), broken()) == (40, [])


@pytest.mark.parametrize("who", ["staff", "provider"])
def test_a_list_that_is_sent_whole_again_adds_nothing_beside_a_record_whose_day_was_corrected(
    course, reporter, lead, jordan, stranger, who
):
    first = report(row())
    sent = first.completions.get()
    if who == "staff":
        correct(sent.record, date(2026, 5, 10), 40, by=lead, at=AFTER)
    else:
        again = row(completed_on="2026-05-10")
        correct_completion(sent, row=again, by=reporter, at=AFTER, latest_day=TODAY, reason="A typing error.")
    second = report(row(), row("2000 0001", stranger.name), key="two", at=LATER)
    assert outcomes(second) == ["duplicate", "taken"]
    assert f"{first.reference}" in second.completions.earliest("line").words
    assert CeuRecord.objects.counting().get(credential__trainer=jordan).completed_on == date(2026, 5, 10)
