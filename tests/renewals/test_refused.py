"""What a renewal refuses, each with its sentence: decisions, corrections and applications out of order."""

from datetime import date

import pytest

from audits.models import DrawPeriod
from ceus.models import CeuRecord
from renewals.models import Application
from renewals.services import (
    correct_application,
    decide_application,
    deny_uncorrected_renewal,
    lapse_application,
    submit_application,
)
from renewals.services.deciding import propose_audit_for_cause
from renewals.services.fees import decide_approved_fee, decide_open_fee
from tests.audits.scenes import open_periods
from tests.guards.database import drop_triggers
from tests.reading import refused_with
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment

MARCH_2 = moment("2027-03-02")


@pytest.fixture
def in_review(ready) -> Application:
    """Jordan's paid renewal, which nothing has moved on yet."""
    application = scenes.settle(scenes.submit(ready, "2027-03-02"), "2027-03-02")
    Application.objects.filter(pk=application.pk).update(state="in_review")
    application.refresh_from_db()
    return application


def test_an_unknown_verdict_on_a_renewal_is_refused(in_review, reviewer):
    with refused_with("Choose a decision.", "verdict"):
        decide_application(in_review, verdict="lovely", by=reviewer, at=MARCH_2)


def test_approving_a_renewal_before_its_audit_draw_is_refused(in_review, reviewer):
    drop_triggers()
    in_review.cycle.draw.delete()
    DrawPeriod.objects.all().delete()
    with refused_with("It has not been drawn yet: no draw period is open.", "not_drawn"):
        decide_application(in_review, verdict="approve", by=reviewer, at=MARCH_2)
    open_periods()
    assert decide_application(in_review, verdict="approve", by=reviewer, at=MARCH_2).state == "pending"


def test_a_correction_that_still_lacks_a_requirement_is_refused(in_review, ready, reviewer):
    returned = decided.return_application(in_review, by=reviewer, at=MARCH_2, reason="Whose card is it?")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    with refused_with("You have 0.1 of 2.0 CEUs. You need 1.9 more.", "total"):
        correct_application(returned, by=ready, at=MARCH_2)


def test_renewing_an_already_renewed_cycle_is_refused(in_review, ready, reviewer):
    cycle = in_review.cycle
    decided.approve_application(in_review, by=reviewer, at=MARCH_2)
    with refused_with("You have already renewed this cycle.", "renewed"):
        submit_application(cycle, by=ready, at=MARCH_2, attestation_version=scenes.VERSION)


def test_a_renewal_cannot_be_ended_while_its_time_to_pay_or_correct_lasts(ready, reviewer):
    application = scenes.submit(ready, "2027-03-02")
    with refused_with("There is still time to pay.", "too_early"):
        lapse_application(application, at=moment("2027-03-09 23:59:59"))
    scenes.settle(application, "2027-03-02")
    Application.objects.update(state="in_review")
    returned = decided.return_application(application, by=reviewer, at=MARCH_2, reason="Whose card is it?")
    with refused_with("There is still time to correct it.", "too_early"):
        deny_uncorrected_renewal(returned, at=moment("2027-04-01 23:59:59"))
    assert Application.objects.get().state == "returned"


def test_correcting_a_renewal_that_was_not_returned_is_refused(ready):
    application = scenes.submit(ready, "2027-03-02")
    with refused_with("We have not asked you for a correction.", "out_of_order"):
        correct_application(application, by=ready, at=MARCH_2)


def test_a_correction_after_its_last_day_is_refused(in_review, ready, reviewer):
    returned = decided.return_application(in_review, by=reviewer, at=MARCH_2, reason="Whose card is it?")
    assert returned.last_day_to_correct == date(2027, 4, 1)
    with refused_with("The time to correct this renewal has ended.", "too_late"):
        correct_application(returned, by=ready, at=moment("2027-04-02 00:00"))


def test_a_fee_decision_is_refused_for_a_paid_fee_and_for_a_renewal_in_another_state(
    in_review, finance, lead
):
    said = {"verdict": "keep", "reason": "Why.", "at": MARCH_2}
    with refused_with("Only a renewal that was approved waits for a lead.", "out_of_order"):
        decide_approved_fee(in_review, by=lead, **said)
    with refused_with("Its fee is not gone, so there is nothing to decide.", "not_back"):
        decide_open_fee(in_review, by=finance, **said)
    Application.objects.update(state="withdrawn", ended_at=MARCH_2)
    with refused_with("Only a renewal that is not decided waits for this.", "out_of_order"):
        decide_open_fee(in_review, by=finance, **said)


def test_proposing_an_audit_for_cause_of_a_decided_renewal_is_refused(ready, lead):
    approved = scenes.renew(ready, "2027-03-02")
    with refused_with("Only a renewal that is sent and not decided is audited.", "out_of_order"):
        propose_audit_for_cause(approved, by=lead, at=MARCH_2, cause="Copies.")


def test_deciding_a_renewal_without_the_permission_is_refused(in_review, stranger):
    with refused_with("You may not decide about renewals.", "not_allowed"):
        decide_application(in_review, verdict="approve", by=stranger, at=MARCH_2)
