"""One budget of correction days for each application, which no act of its trainer moves (Q25).

Jordan's cycle ends on March 14, 2027. There are 1.5 CEUs and a card of 0.1, and petitions ask for the 0.4 that are
missing.
"""

from datetime import date

import pytest

from ceus.models import CeuRecord
from core.errors import Refusal
from petitions import services as petitions
from renewals import services
from renewals.models import Application
from renewals.status import certification_on, certifications_of
from tests import factories
from tests.guards.changes import refused_by
from tests.petitions import scenes as petition_scenes
from tests.renewals import decided, scenes
from tests.renewals.scenes import VERSION
from trainers.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _heard_at_once(monkeypatch):
    """Each test is one transaction that is never committed, so what waits for a commit is done as it is said."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda heard, **_: heard())


def received(trainer, at, *titles, hundredths: int = 40) -> tuple[Application, list]:
    """Return a renewal received and paid at `at`, with the petitions that it depends on."""
    asked = [
        petition_scenes.submitted(trainer, at=at, title=title, asked_hundredths=hundredths)
        for title in titles
    ]
    cycle = Cycle.objects.filter(credential__trainer=trainer).earliest("expires_on")
    application = services.submit_application(cycle, by=trainer, at=at, attestation_version=VERSION)
    petition_scenes.pay(application.charge, at=at)
    return reread(application), asked


def reread(application) -> Application:
    return Application.objects.select_related("cycle__credential").get(pk=application.pk)


def is_certified(application, day: str) -> bool:
    row = reread(application)
    cycle = row.cycle
    found = certification_on(date.fromisoformat(day), cycle.credential, cycle, row)
    assert certifications_of([cycle], scenes.at_hour(day)) == {
        cycle.pk: found
    }  # many at once get the same answers
    return found.certified


def test_an_undecided_petition_paid_after_the_day_of_receipt_does_not_complete_a_correction(short, clock_at):
    at = clock_at("2027-03-14 12:00")
    application, (petition,) = received(short, at, "Kettlebells")
    petitions.withdraw_petition(petition, by=short, at=clock_at("2027-03-20 12:00"))
    returned = reread(application)
    assert (returned.state, returned.correct_through) == ("returned", date(2027, 4, 19))
    petition_scenes.submitted(short, at=clock_at("2027-03-21 12:00"), title="Another course")
    with pytest.raises(Refusal, match="You need 0.4 more"):
        services.correct_application(returned, by=short, at=clock_at("2027-03-22 12:00"))
    assert reread(application).correct_through == date(2027, 4, 19)
    assert is_certified(application, "2027-04-19")
    assert not is_certified(application, "2027-04-20")  # also when no sweep has run
    denied = services.deny_uncorrected_renewal(application, at=clock_at("2027-04-20 00:15"))
    assert denied.state == "denied"


def test_an_approved_petition_paid_after_the_day_of_receipt_completes_the_renewal(short, reviewer, clock_at):
    application, (petition,) = received(short, clock_at("2027-03-14 12:00"), "Kettlebells")
    petitions.withdraw_petition(petition, by=short, at=clock_at("2027-03-20 12:00"))
    later = petition_scenes.submitted(short, at=clock_at("2027-03-21 12:00"), title="Another course")
    petition_scenes.decided(later, "approve", by=reviewer, at=clock_at("2027-04-10 12:00"))
    services.correct_application(application, by=short, at=clock_at("2027-04-19 23:59"))
    assert reread(application).state == "approved"


def test_a_renewal_that_depends_on_petitions_is_returned_when_the_last_one_ends(short, clock_at):
    application, (first, second) = received(short, clock_at("2027-03-14 12:00"), "Kettlebells", "Ropes")
    petitions.withdraw_petition(first, by=short, at=clock_at("2027-03-15 12:00"))
    assert reread(application).state == "in_review"
    petitions.withdraw_petition(second, by=short, at=clock_at("2027-03-20 12:00"))
    returned = reread(application)
    assert (returned.state, returned.correct_through) == ("returned", date(2027, 4, 19))


def test_a_renewal_returned_a_second_time_has_the_rest_of_the_30_days_to_correct(short, clock_at):
    received_at = clock_at("2027-03-14 12:00")
    application, (first, second) = received(short, received_at, "Kettlebells", "Ropes", hundredths=20)
    petitions.withdraw_petition(first, by=short, at=clock_at("2027-03-20 12:00"))
    returned = reread(application)
    assert (returned.state, returned.correct_through) == ("returned", date(2027, 4, 19))
    factories.CeuRecordFactory(
        credential=application.cycle.credential, hundredths=20, completed_on=date(2027, 3, 1)
    )
    corrected = services.correct_application(returned, by=short, at=clock_at("2027-04-04 12:00"))
    assert corrected.state == "in_review"  # 15 days are spent, and the other petition carries it
    petitions.withdraw_petition(second, by=short, at=clock_at("2027-04-10 12:00"))
    again = reread(application)
    assert (again.state, again.correct_through) == ("returned", date(2027, 4, 25))
    assert is_certified(application, "2027-04-25")
    assert not is_certified(application, "2027-04-26")


@pytest.mark.parametrize(
    ("corrected_on", "returned_on", "through"),
    [
        ("2027-03-20", "2027-03-25", "2027-04-24"),  # corrected on the same day: 30 days are left
        ("2027-04-04", "2027-04-10", "2027-04-25"),  # 15 days spent
        ("2027-04-16", "2027-04-20", "2027-04-23"),  # 27 days spent: 3 left
        ("2027-04-19", "2027-04-20", "2027-04-23"),  # all spent: 3 at least
    ],
)
def test_a_renewal_returned_again_has_the_remaining_days_but_at_least_3_to_correct(
    ready, reviewer, clock_at, corrected_on, returned_on, through
):
    application = scenes.submit(ready, "2027-03-02")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    application = decided.return_application(
        scenes.pay(application, "2027-03-02"),
        by=reviewer,
        at=clock_at("2027-03-20 09:00"),
        reason="A course is not yours.",
    )
    factories.CeuRecordFactory(
        credential=ready.credentials.get(), hundredths=190, completed_on=date(2027, 3, 1)
    )
    corrected = services.correct_application(application, by=ready, at=clock_at(f"{corrected_on} 12:00"))
    again = decided.return_application(
        corrected, by=reviewer, at=clock_at(f"{returned_on} 09:00"), reason="The certificate is cut off."
    )
    assert again.correct_through == date.fromisoformat(through)


def test_the_database_refuses_to_move_the_last_day_to_correct_to_an_earlier_day(short, clock_at):
    application, (petition,) = received(short, clock_at("2027-03-14 12:00"), "Kettlebells")
    petitions.withdraw_petition(petition, by=short, at=clock_at("2027-03-20 12:00"))
    rows = Application.objects.filter(pk=application.pk)
    with refused_by("renewals_correction_not_shortened"):
        rows.update(correct_through=date(2027, 4, 18))
    assert rows.update(correct_through=date(2027, 4, 20)) == 1


def test_an_unanswered_question_does_not_extend_the_certification_when_sweeps_do_not_run(
    short, reviewer, clock_at
):
    """Asked on March 16: to be answered through March 30, returned the next day, to be corrected through April 30."""
    application, (petition,) = received(short, clock_at("2027-03-14 12:00"), "Kettlebells")
    petitions.ask_question(petition, by=reviewer, at=clock_at("2027-03-16 12:00"), text="How long was it?")
    assert [is_certified(application, day) for day in ("2027-03-30", "2027-04-30", "2027-05-01")] == [
        True,
        True,
        False,
    ]
