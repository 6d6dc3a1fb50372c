"""A renewal that rests on a petition: it keeps its day and price, and is completed or returned (Q15, Q16).

Jordan's cycle ends on March 14, 2027; courses count through June 12, 2027. There are 1.5 CEUs and a card of 0.1, and
a petition asks for the 0.4 that are missing.
"""

from datetime import date, timedelta

import pytest

from core.errors import Refusal
from outbox.models import Notice
from petitions import services as petitions
from renewals import services, tasks
from renewals.models import Application
from tests import factories
from tests.cast import colleague
from tests.petitions import scenes as petition_scenes
from tests.renewals.scenes import VERSION
from trainers.lookups import current_cycle
from trainers.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _heard_at_once(monkeypatch):
    """Each test is one transaction that is never committed, so what waits for a commit is done as it is said."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda heard, **_: heard())


@pytest.fixture
def at(clock_at):
    return clock_at("2027-03-14 12:00")


def submit(trainer, at) -> Application:
    cycle = Cycle.objects.filter(credential__trainer=trainer).earliest("expires_on")
    return services.submit_application(cycle, by=trainer, at=at, attestation_version=VERSION)


def paid(application, at) -> Application:
    petition_scenes.pay(application.charge, at=at)
    application.refresh_from_db()
    return application


def state_of(application) -> str:
    application.refresh_from_db()
    return application.state


def test_a_renewal_that_would_lack_ceus_even_with_its_petition_granted_is_refused(short, stranger, at):
    petition_scenes.submitted(short, at=at, asked_hundredths=39)
    with pytest.raises(Refusal):
        submit(short, at)
    petition_scenes.submitted(stranger, at=at, title="Somebody else's")
    with pytest.raises(Refusal):
        submit(short, at)


@pytest.mark.parametrize("make", [petition_scenes.draft, petition_scenes.unpaid])
def test_ceus_of_an_unpaid_petition_do_not_allow_a_renewal(short, at, make):
    make(short, at=at)
    with pytest.raises(Refusal):
        submit(short, at)


def test_an_approved_petition_completes_the_renewal_at_its_original_fee(short, reviewer, at, clock_at):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    assert (application.state, application.received_on, application.fee_total_cents) == (
        "in_review", date(2027, 3, 14), 9900,
    )  # fmt: skip
    assert tasks.finish_paid() == 0
    assert state_of(application) == "in_review"
    later = clock_at("2027-03-25 12:00")
    petition_scenes.decided(petition, "approve", by=reviewer, at=later)
    assert state_of(application) == "approved"
    assert application.fee_total_cents == 9900
    petition.refresh_from_db()
    assert petition.record.claimed_for_id == application.cycle_id
    assert current_cycle(application.cycle.credential).expires_on == date(2029, 3, 14)


def test_the_sweep_completes_a_renewal_when_the_signal_of_its_petition_was_lost(
    short, reviewer, at, monkeypatch
):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    monkeypatch.setattr("petitions.services.moving.petition_decided.send_robust", lambda **_: None)
    petition_scenes.decided(petition, "approve", by=reviewer, at=at)
    assert state_of(application) == "in_review"
    tasks.finish_paid()
    assert state_of(application) == "approved"


def test_a_denied_petition_returns_the_renewal_with_30_days_and_the_same_fee(short, reviewer, at, clock_at):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    denied = clock_at("2027-03-25 12:00")
    petition_scenes.decided(petition, "deny", by=reviewer, at=denied)
    assert state_of(application) == "returned"
    assert application.correct_through == date(2027, 4, 24)
    assert (application.received_on, application.fee_total_cents) == (date(2027, 3, 14), 9900)
    assert "You need 0.4 more" in application.returned_reason
    assert Notice.objects.filter(kind="renewals.returned").count() == 1
    factories.CeuRecordFactory(
        credential=application.cycle.credential, hundredths=40, completed_on=date(2027, 4, 20)
    )
    services.correct_application(application, by=short, at=clock_at("2027-04-24 23:59"))
    assert state_of(application) == "approved"


@pytest.mark.parametrize(
    ("moment", "state"), [("2027-04-25 00:14", "returned"), ("2027-04-25 00:15", "denied")]
)
def test_a_renewal_whose_correction_is_not_sent_in_time_is_denied(
    short, reviewer, at, clock_at, moment, state
):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    petition_scenes.decided(petition, "deny", by=reviewer, at=clock_at("2027-03-25 12:00"))
    clock_at(moment)
    tasks.deny_uncorrected()
    assert state_of(application) == state


@pytest.mark.parametrize(("completed_on", "helps"), [(date(2027, 6, 12), True), (date(2027, 6, 13), False)])
def test_a_correction_counts_courses_completed_through_the_90th_day_after_expiration(
    short, reviewer, at, clock_at, completed_on, helps
):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    petition_scenes.decided(petition, "deny", by=reviewer, at=clock_at("2027-06-01 12:00"))
    factories.CeuRecordFactory(
        credential=application.cycle.credential, hundredths=40, completed_on=completed_on
    )
    when = clock_at("2027-06-20 12:00")
    if helps:
        services.correct_application(application, by=short, at=when)
        assert state_of(application) == "approved"
        return
    with pytest.raises(Refusal, match="You need 0.4 more"):
        services.correct_application(application, by=short, at=when)


def test_a_petition_decided_after_the_course_deadline_counts_for_a_course_completed_before_it(
    short, reviewer, at, clock_at
):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    petition_scenes.decided(petition, "approve", by=reviewer, at=clock_at("2027-07-20 12:00"))
    assert state_of(application) == "approved"


def test_a_renewal_waits_for_both_of_two_petitions(short, reviewer, at):
    first = petition_scenes.submitted(short, at=at, asked_hundredths=20)
    second = petition_scenes.submitted(short, at=at, title="Foam Rolling in Depth", asked_hundredths=20)
    application = paid(submit(short, at), at)
    petition_scenes.decided(first, "approve", by=reviewer, at=at)
    assert state_of(application) == "in_review"
    petition_scenes.decided(second, "approve", by=reviewer, at=at)
    assert state_of(application) == "approved"


def test_a_renewal_is_returned_when_the_remaining_petition_is_not_enough(short, reviewer, at):
    first = petition_scenes.submitted(short, at=at, asked_hundredths=20)
    petition_scenes.submitted(short, at=at, title="Foam Rolling in Depth", asked_hundredths=20)
    application = paid(submit(short, at), at)
    petition_scenes.decided(first, "deny", by=reviewer, at=at)
    assert state_of(application) == "returned"
    assert "You need 0.4 more" in application.returned_reason


def test_a_petition_granted_fewer_ceus_returns_the_renewal(short, reviewer, at):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    petition_scenes.decided(
        petition,
        "approve",
        by=reviewer,
        at=at,
        hundredths=30,
        reason_code="fewer",
        words="Three hours are shown.",
    )
    assert state_of(application) == "returned"
    assert "You need 0.1 more" in application.returned_reason


@pytest.mark.parametrize("end", ["withdrawn", "closed"])
def test_a_petition_that_ends_without_a_decision_returns_the_renewal(short, reviewer, at, clock_at, end):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    if end == "withdrawn":
        petitions.withdraw_petition(petition, by=short, at=at)
    else:
        petitions.ask_question(petition, by=reviewer, at=at, text="How long was it?")
        petitions.close_unanswered_petition(petition, at=clock_at("2027-03-29 00:15"))
    assert state_of(application) == "returned"


def test_a_petition_denied_before_the_payment_returns_the_renewal_once_paid(short, reviewer, at):
    petition = petition_scenes.submitted(short, at=at)
    application = submit(short, at)
    petition_scenes.decided(petition, "deny", by=reviewer, at=at)
    assert state_of(application) == "submitted"
    assert state_of(paid(application, at + timedelta(minutes=20))) == "returned"


def test_a_sent_correction_waits_while_the_petition_is_reconsidered(short, reviewer, at):
    petition = petition_scenes.submitted(short, at=at)
    application = paid(submit(short, at), at)
    petition = petition_scenes.decided(petition, "deny", by=reviewer, at=at)
    petitions.ask_another_look(petition, by=short, at=at, why="The agenda shows the level.")
    services.correct_application(application, by=short, at=at)
    assert state_of(application) == "in_review"
    petition_scenes.decided(petition, "approve", by=colleague("second_reviewer"), at=at)
    assert state_of(application) == "approved"


def test_a_renewal_that_needs_no_petition_is_approved_at_once_despite_an_open_one(short, at):
    factories.CeuRecordFactory(
        credential=short.credentials.get(), hundredths=40, completed_on=date(2026, 5, 3)
    )
    petition_scenes.submitted(short, at=at)
    assert state_of(paid(submit(short, at), at)) == "approved"
