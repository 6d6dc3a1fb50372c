"""Renewals returned for correction: the policy's days, the same day of receipt and the same fee (Q16)."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from core.errors import Refusal
from outbox.models import Notice
from renewals import services, tasks
from tests import factories
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment, submit


@pytest.fixture
def returned(ready, reviewer):
    """Received on March 2; a course is rejected; asked for a correction on March 5, by the end of April 4."""
    application = submit(ready, "2027-03-02")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    application = scenes.pay(application, "2027-03-02")
    return decided.return_application(
        application, by=reviewer, at=moment("2027-03-05"), reason="A course is not yours."
    )


def another_course(trainer, completed_on: str):
    return factories.CeuRecordFactory(
        credential=trainer.credentials.get(), hundredths=190, completed_on=date.fromisoformat(completed_on)
    )


def test_returning_a_renewal_gives_30_days_to_correct_it_and_sends_a_mail(returned):
    assert returned.correct_through == date(2027, 4, 4)
    assert Notice.objects.filter(kind="renewals.returned").count() == 1


def test_correcting_a_renewal_keeps_its_day_of_receipt_and_waits_for_staff(returned, ready, reviewer):
    another_course(ready, "2027-03-20")
    corrected = services.correct_application(returned, by=ready, at=moment("2027-04-04 23:59"))
    assert (corrected.state, corrected.received_on) == ("in_review", date(2027, 3, 2))
    approved = decided.approve_application(corrected, by=reviewer, at=moment("2027-04-05"))
    assert (approved.state, approved.fee_total_cents) == ("approved", 9900)


def test_a_correction_on_the_day_after_its_last_day_is_refused(returned, ready):
    another_course(ready, "2027-03-20")
    with pytest.raises(Refusal) as refusal:
        services.correct_application(returned, by=ready, at=moment("2027-04-05 00:00"))
    assert refusal.value.code == "too_late"


def test_an_incomplete_correction_is_refused(returned, ready):
    with pytest.raises(Refusal, match="You need 1.9 more"):
        services.correct_application(returned, by=ready, at=moment("2027-03-10"))


def test_a_course_completed_after_day_90_does_not_count_in_a_correction(ready, reviewer):
    application = submit(ready, "2027-06-12")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    application = scenes.pay(application, "2027-06-12")
    decided.return_application(
        application, by=reviewer, at=moment("2027-06-12"), reason="A course is not yours."
    )
    another_course(ready, "2027-06-13")
    with pytest.raises(Refusal):
        services.correct_application(application, by=ready, at=moment("2027-06-14"))
    another_course(ready, "2027-06-12")
    assert services.correct_application(application, by=ready, at=moment("2027-06-14")).state == "in_review"


def test_a_stranger_cannot_correct_a_renewal(returned, stranger):
    with pytest.raises(Refusal):
        services.correct_application(returned, by=stranger, at=moment("2027-03-10"))


def test_a_renewal_not_corrected_in_time_is_denied(returned, clock_at):
    clock_at("2027-04-05 00:14:59")
    assert tasks.deny_uncorrected() == 0
    clock_at("2027-04-05 00:15")
    assert tasks.deny_uncorrected() == 1
    returned.refresh_from_db()
    assert (returned.state, returned.end_reason) == (
        "denied",
        "It was not corrected by the end of April 4, 2027.",
    )
    assert not CeuRecord.objects.filter(claimed_for__isnull=False).exists()
    assert Notice.objects.filter(kind="renewals.denied").count() == 1


def test_after_a_denial_the_trainer_may_apply_again_with_a_new_day_of_receipt_and_fee(
    returned, ready, clock_at
):
    clock_at("2027-04-05")
    tasks.deny_uncorrected()
    another_course(ready, "2027-03-20")
    again = submit(ready, "2027-04-06")
    assert (again.received_on, again.fee_total_cents) == (date(2027, 4, 6), 12900)
