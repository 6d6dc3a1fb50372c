"""A provider corrects and withdraws what it reported for 30 days; what a renewal claims goes to staff."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ceus.models import CeuRecord
from ceus.services import correct_record
from ceus.services.correcting import Corrected
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from providers.models import Completion
from providers.services.correcting import correct_completion, decide_completion_for_staff, withdraw_batch
from tests.factories import CeuRecordFactory
from tests.payments.scenes import mail_of
from tests.providers.scenes import AT, TODAY, broken, claim, counted, report, row, with_history
from tests.reading import refused_with
from tests.renewals.scenes import cycle_of

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=29)


def withdraw(batch, by, at=LATER):
    return withdraw_batch(batch, by=by, at=at, reason="Wrong list.")


def correct(completion, row, by, at=LATER):
    return correct_completion(completion, row=row, by=by, at=at, latest_day=TODAY, reason="A typing error.")


def changed_mails() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind="providers.changed").order_by("pk")
    return [(one.trainer.email, mail_of(one).text) for one in rows]


def test_the_courses_of_a_withdrawn_report_no_longer_count_and_their_trainers_get_a_mail(
    jordan, stranger, course, reporter
):
    batch = report(row(), row(number="20000001", name="Sam Stranger", line=2))
    assert withdraw(batch, reporter) == withdraw(batch, reporter)
    assert (counted(jordan), counted(stranger)) == (0, 0)
    assert set(CeuRecord.objects.values_list("state", flat=True)) == {"removed"}
    (to_jordan, text), (to_stranger, _) = changed_mails()
    assert (to_jordan, to_stranger) == ("jordan@example.org", "stranger@example.org")
    assert "took back that you completed “Balance for Runners” on May 3, 2026. It no longer counts." in text
    assert "Why: Wrong list." in text
    assert broken() == []


def test_a_withdrawn_completion_can_be_reported_again(jordan, course, reporter):
    withdraw(report(row()), reporter)
    assert report(row(), key="two").taken_count == 1
    assert counted(jordan) == 40


def test_a_report_cannot_be_withdrawn_or_corrected_after_30_days(jordan, course, reporter):
    batch = report(row())
    late = AT + timedelta(days=30)
    for act in (
        lambda: withdraw(batch, reporter, late),
        lambda: correct(batch.completions.get(), None, reporter, late),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "too_late"
    assert counted(jordan) == 40


@pytest.mark.parametrize(("state", "left"), [("pending", 0), ("accepted", 40)])
def test_withdrawing_a_report_restores_the_record_that_the_trainer_had_logged(
    jordan, course, reporter, state, left
):
    told = {"completed_on": date(2026, 5, 2), "state": state, "course": course}
    record = with_history(CeuRecordFactory(credential=jordan.credentials.get(), **told))
    batch = report(row(ceus="0.2"))
    assert counted(jordan) == 20
    withdraw(batch, reporter)
    record.refresh_from_db()
    assert (record.state, record.completed_on, record.hundredths) == (state, date(2026, 5, 2), 40)
    assert (record.reported_by_provider, counted(jordan), broken()) == (False, left, [])
    assert "What you logged yourself is as it was before." in changed_mails()[0][1]


def test_withdrawing_a_report_leaves_a_record_claimed_by_a_renewal_until_staff_decide(
    jordan, course, reporter, registrar
):
    batch = report(row())
    record = claim(jordan)
    withdraw(batch, reporter)
    completion = Completion.objects.get()
    record.refresh_from_db()
    assert (completion.state, record.state, record.claimed_for_id) == (
        "for_staff",
        "accepted",
        cycle_of(jordan).pk,
    )
    assert "It is part of a renewal that you sent, so nothing changes now" in changed_mails()[0][1]
    with pytest.raises(Refusal) as refusal:
        decide_completion_for_staff(completion, keep=False, by=registrar, at=LATER, reason="Not there.")
    assert refusal.value.code == "claimed"
    with pytest.raises(Refusal):
        decide_completion_for_staff(completion, keep=True, by=reporter, at=LATER, reason="Was there.")
    kept = decide_completion_for_staff(completion, keep=True, by=registrar, at=LATER, reason="Was there.")
    assert (kept.state, counted(jordan), broken()) == ("kept", 40, [])


def test_a_report_that_differs_from_a_claimed_record_leaves_it_unchanged_and_goes_to_staff(
    jordan, course, reporter
):
    with_history(CeuRecordFactory(credential=jordan.credentials.get(), course=course))
    record = claim(jordan)
    report(row(ceus="0.2"))
    record.refresh_from_db()
    assert (Completion.objects.get().state, record.hundredths) == ("for_staff", 40)


def test_a_reported_completion_corrected_to_another_person_moves_to_them_and_both_get_a_mail(
    jordan, stranger, course, reporter
):
    completion = report(row()).completions.get()
    made = correct(completion, row(number="20000001", name="Sam Stranger"), reporter)
    assert (counted(jordan), counted(stranger), made.replaces) == (0, 40, completion)
    texts = dict(changed_mails())
    assert "It no longer counts." in texts["jordan@example.org"]
    assert "reported that you completed “Balance for Runners” on May 3" in texts["stranger@example.org"]
    assert "Sam" not in texts["jordan@example.org"]
    assert broken() == []


def test_a_record_that_a_provider_reported_cannot_move_to_another_trainer(
    jordan, stranger, course, reporter, lead
):
    report(row())
    record = CeuRecord.objects.get()
    facts = Corrected(record.completed_on, record.hundredths, course, stranger.credentials.get())
    with refused_with(
        "“Balance for Runners” was part of an audit, a petition or a provider’s report, so it stays where it is.",
        "used",
    ):
        correct_record(record, facts=facts, by=lead, at=LATER, today=TODAY, reason="It was Sam.")
    assert (counted(jordan), counted(stranger)) == (40, 0)


def test_an_invalid_correction_of_a_reported_completion_changes_nothing(jordan, course, reporter):
    completion = report(row()).completions.get()
    with pytest.raises(Refusal) as refusal:
        correct(completion, row(number="99999999"), reporter)
    completion.refresh_from_db()
    assert (refusal.value.code, completion.state, counted(jordan)) == ("unknown_number", "reported", 40)
    assert HistoryEntry.objects.filter(verb="withdrawn").count() == 0


def test_the_database_refuses_to_change_the_credit_of_a_record_without_a_report(jordan, course):
    record = CeuRecordFactory(credential=jordan.credentials.get(), course=course)
    with pytest.raises(IntegrityError, match="ceus_ceurecord_decided"), transaction.atomic():
        CeuRecord.objects.filter(pk=record.pk).update(hundredths=30)
    with pytest.raises(IntegrityError, match="ceus_ceurecord_steps"), transaction.atomic():
        CeuRecord.objects.filter(pk=record.pk).update(state="pending")
