"""What a renewal refuses, each with its sentence: decisions, corrections and applications out of order."""

import pytest

from audits.models import DrawPeriod
from ceus.models import CeuRecord
from renewals.models import Application
from renewals.services import correct_application, decide_application, submit_application
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


def test_a_decision_that_does_not_exist_is_refused(in_review, reviewer):
    with refused_with("Choose a decision.", "verdict"):
        decide_application(in_review, verdict="lovely", by=reviewer, at=MARCH_2)


def test_a_renewal_that_was_not_drawn_is_not_approved(in_review, reviewer):
    drop_triggers()
    in_review.cycle.draw.delete()
    DrawPeriod.objects.all().delete()
    with refused_with("It has not been drawn yet: no draw period is open.", "not_drawn"):
        decide_application(in_review, verdict="approve", by=reviewer, at=MARCH_2)
    open_periods()
    assert decide_application(in_review, verdict="approve", by=reviewer, at=MARCH_2).state == "pending"


def test_a_correction_that_still_lacks_something_is_refused(in_review, ready, reviewer):
    returned = decided.return_application(in_review, by=reviewer, at=MARCH_2, reason="Whose card is it?")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    with refused_with("You have 0.1 of 2.0 CEUs. You need 1.9 more.", "total"):
        correct_application(returned, by=ready, at=MARCH_2)


def test_a_cycle_is_renewed_once(in_review, ready, reviewer):
    cycle = in_review.cycle
    decided.approve_application(in_review, by=reviewer, at=MARCH_2)
    with refused_with("You have already renewed this cycle.", "renewed"):
        submit_application(cycle, by=ready, at=MARCH_2, attestation_version=scenes.VERSION)
