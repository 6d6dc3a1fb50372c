"""A pending decision never sticks: an exception is written on it, it can be taken back, and the
other decisions are released.
"""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from petitions import services, tasks
from petitions.models import Decision, Petition
from renewals import tasks as renewal_tasks
from renewals.models import Application
from renewals.models import Decision as RenewalDecision
from renewals.services import decide_application, withdraw_application
from tests import factories
from tests.petitions import scenes
from tests.renewals import scenes as renewal_scenes
from trainers.services import reinstate_credential, suspend_credential

pytestmark = pytest.mark.django_db
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def at(clock_at):
    return clock_at("2027-02-01 12:00")


def sweep(at) -> int:
    with clock.moved_to(at):
        return tasks.release_decisions()


def approved(petition: Petition, reviewer, at, **more) -> Decision:
    return services.decide_petition(petition, verdict="approve", by=reviewer, at=at, **more)


@pytest.mark.parametrize("length", [2000, 2001, 4000])
def test_a_denial_with_a_reason_of_the_greatest_length_takes_effect(jordan, reviewer, at, length):
    petition = scenes.submitted(jordan, at=at)
    services.decide_petition(
        petition, verdict="deny", by=reviewer, at=at, reason_code="other", words="x" * length
    )
    assert sweep(at + TEN_MINUTES) == 1
    petition.refresh_from_db()
    assert petition.state == "denied"
    assert len(HistoryEntry.objects.get(verb="denied").reason) == length


def test_an_exception_while_a_decision_takes_effect_is_recorded_once_and_stops_no_other_decision(
    jordan, stranger, reviewer, at, monkeypatch
):
    bad, good = scenes.submitted(jordan, at=at), scenes.submitted(stranger, at=at)
    stuck, other = approved(bad, reviewer, at), approved(good, reviewer, at + timedelta(seconds=1))
    real = services.deciding.grant_record

    def fail_for_jordan(credential, **options):
        if credential.trainer_id == jordan.pk:
            raise ZeroDivisionError
        return real(credential, **options)

    monkeypatch.setattr("petitions.services.deciding.grant_record", fail_for_jordan)
    for minutes in (11, 12):
        sweep(at + timedelta(minutes=minutes))
    stuck.refresh_from_db()
    other.refresh_from_db()
    assert (stuck.state, other.state) == ("pending", "released")
    assert stuck.stuck_reason == (
        "A fault of the software stopped it (ZeroDivisionError). It is tried again for one day. "
        "You can also undo it. Tell whoever runs the portal."
    )
    assert stuck.stuck_at == at + timedelta(minutes=11)
    assert HistoryEntry.objects.filter(verb="could not take effect").count() == 1
    assert not Notice.objects.filter(kind="petitions.approved", trainer=jordan).exists()


def test_a_decision_that_failed_to_take_effect_can_be_undone_days_later_and_made_again(
    jordan, reviewer, at, monkeypatch
):
    petition = scenes.submitted(jordan, at=at)
    decision = approved(petition, reviewer, at)
    with monkeypatch.context() as patch:
        patch.setattr("petitions.services.deciding.grant_record", lambda *_, **__: 1 / 0)
        sweep(at + TEN_MINUTES)
    decision.refresh_from_db()
    later = at + timedelta(days=3)
    assert services.take_back_decision(decision, by=reviewer, at=later).state == "taken_back"
    approved(petition, reviewer, later)
    assert sweep(later + TEN_MINUTES) == 1
    petition.refresh_from_db()
    assert petition.state == "approved"


def test_a_decision_that_failed_by_an_error_takes_effect_at_the_next_sweep_after_the_error_is_fixed(
    jordan, reviewer, at, monkeypatch
):
    petition = scenes.submitted(jordan, at=at)
    decision = approved(petition, reviewer, at)
    with monkeypatch.context() as patch:
        patch.setattr("petitions.services.deciding.grant_record", lambda *_, **__: 1 / 0)
        sweep(at + TEN_MINUTES)
    assert sweep(at + timedelta(minutes=11)) == 1
    decision.refresh_from_db()
    assert (decision.state, decision.stuck_at, decision.stuck_reason) == ("released", None, "")


@pytest.mark.parametrize(
    ("later", "released"), [(timedelta(hours=23, minutes=59), 1), (timedelta(days=1), 0)]
)
def test_a_decision_that_fails_by_an_error_is_retried_for_one_day_and_then_needs_a_person(
    jordan, reviewer, at, monkeypatch, later, released
):
    petition = scenes.submitted(jordan, at=at)
    approved(petition, reviewer, at)
    with monkeypatch.context() as patch:
        patch.setattr("petitions.services.deciding.grant_record", lambda *_, **__: 1 / 0)
        sweep(at + TEN_MINUTES)
        sweep(at + timedelta(hours=5))
    assert sweep(at + TEN_MINUTES + later) == released


@pytest.fixture
def refused(jordan, reviewer, at) -> Decision:
    """An approval that could not take effect, because the completion counted already; now it would."""
    decision = approved(scenes.submitted(jordan, at=at), reviewer, at)
    other = factories.CeuRecordFactory(
        credential=jordan.credentials.get(),
        title="Kettlebell Biomechanics",
        completed_on=decision.petition.completed_on,
        course=None,
    )
    assert sweep(at + TEN_MINUTES) == 0
    type(other).objects.filter(pk=other.pk).update(state="removed")
    decision.refresh_from_db()
    return decision


def test_a_decision_refused_when_it_should_take_effect_is_not_retried_and_waits_for_a_person(
    refused, reviewer, at
):
    assert refused.stuck_reason == (
        "“Kettlebell Biomechanics” on that day already counts. Undo it, then decide again."
    )
    for minutes in (11, 60):
        assert sweep(at + timedelta(minutes=minutes)) == 0
    later = at + timedelta(days=20)
    assert services.release_petition_decision(refused, at=later).state == "pending"
    services.take_back_decision(refused, by=reviewer, at=later)
    approved(refused.petition, reviewer, later)
    assert sweep(later + TEN_MINUTES) == 1
    refused.petition.refresh_from_db()
    assert refused.petition.state == "approved"


def test_deciding_again_after_a_decision_failed_to_take_effect_is_refused_with_reason_and_next_step(
    refused, reviewer, at
):
    with pytest.raises(Refusal, match="This could not take effect.*Undo it, then decide again") as stuck:
        approved(refused.petition, reviewer, at + timedelta(hours=1))
    assert stuck.value.code == "stuck"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=1), timedelta(days=2)])
def test_a_decision_can_be_undone_at_any_time_until_a_sweep_makes_it_take_effect(jordan, reviewer, at, late):
    decision = approved(scenes.submitted(jordan, at=at), reviewer, at)
    taken = services.take_back_decision(decision, by=reviewer, at=at + TEN_MINUTES + late)
    assert taken.state == "taken_back"
    assert sweep(at + timedelta(days=3)) == 0


@pytest.mark.parametrize("active", [True, False])
def test_any_reviewer_can_undo_another_reviewers_decision_only_once_that_account_is_deactivated(
    jordan, stranger, reviewer, second_reviewer, at, active
):
    decision = approved(scenes.submitted(jordan, at=at), reviewer, at)
    reviewer.is_active = active
    reviewer.save()
    with pytest.raises(Refusal, match="You may not decide"):
        services.take_back_decision(decision, by=stranger, at=at)
    if active:
        with pytest.raises(Refusal, match="Only the person who decided, or a lead"):
            services.take_back_decision(decision, by=second_reviewer, at=at)
    else:
        assert services.take_back_decision(decision, by=second_reviewer, at=at).state == "taken_back"


@pytest.mark.parametrize("words", ["x" * 4000, "x" * 4001])
def test_the_text_of_an_approval_has_at_most_4000_characters(jordan, in_review, reviewer, at, words):
    petition = scenes.submitted(jordan, at=at)
    ways = (
        lambda: approved(petition, reviewer, at, words=words),
        lambda: decide_application(in_review, verdict="approve", by=reviewer, at=at, words=words),
    )
    for decide in ways:
        if len(words) == 4000:
            assert decide().state == "pending"
            continue
        with pytest.raises(Refusal, match="Use at most 4000 characters") as refused:
            decide()
        assert refused.value.field == "words"


@pytest.fixture
def in_review(jordan, lead, at) -> Application:
    """A renewal of Jordan's that a person must decide: it was paid while the credential was suspended."""
    factories.everything_met(jordan)
    application = renewal_scenes.submit(jordan, "2027-02-01")
    credential = application.cycle.credential
    suspend_credential(credential, by=lead, at=at, on=at.date(), reason="A complaint.")
    application = renewal_scenes.pay(application, "2027-02-01")
    reinstate_credential(credential, by=lead, at=at, on=at.date(), reason="It was cleared.")
    return application


@pytest.mark.parametrize(
    ("verdict", "state"), [("approve", "approved"), ("return", "returned"), ("deny", "denied")]
)
def test_a_renewal_decision_takes_effect_with_its_mail_after_ten_minutes(
    in_review, reviewer, at, verdict, state
):
    decide_application(in_review, verdict=verdict, by=reviewer, at=at, words="Another name is on the card.")
    in_review.refresh_from_db()
    assert in_review.state == "in_review"
    for minutes, expected in ((9, "in_review"), (10, state)):
        with clock.moved_to(at + timedelta(minutes=minutes)):
            renewal_tasks.release_decisions()
        in_review.refresh_from_db()
        assert in_review.state == expected
    kind = {"approved": "renewed"}.get(state, state)
    assert Notice.objects.filter(kind=f"renewals.{kind}").count() == 1


def test_a_renewal_decision_undone_within_ten_minutes_sends_no_mail(in_review, reviewer, at):
    decision = decide_application(in_review, verdict="deny", by=reviewer, at=at, words="No.")
    services.take_back_decision(decision, by=reviewer, at=at + timedelta(minutes=9, seconds=59))
    with clock.moved_to(at + timedelta(hours=1)):
        renewal_tasks.release_decisions()
    in_review.refresh_from_db()
    assert in_review.state == "in_review"
    assert not Notice.objects.filter(kind="renewals.denied").exists()


def test_the_automatic_approval_skips_a_renewal_with_a_pending_denial(in_review, reviewer, at):
    decision = decide_application(
        in_review, verdict="deny", by=reviewer, at=at, words="The card is not theirs."
    )
    for state in ("in_review", "approved"):
        renewal_tasks.finish_paid()
        in_review.refresh_from_db()
        assert in_review.state == state
        if state == "in_review":
            services.take_back_decision(decision, by=reviewer, at=at)


def test_withdrawing_a_renewal_cancels_its_pending_decision(in_review, jordan, reviewer, at):
    decision = decide_application(in_review, verdict="deny", by=reviewer, at=at, words="No.")
    withdraw_application(in_review, by=jordan, at=at + timedelta(minutes=1))
    decision.refresh_from_db()
    assert decision.state == "taken_back"
    assert RenewalDecision.objects.due(at + timedelta(hours=1)).count() == 0


def test_the_second_of_two_reviewers_is_refused_with_the_name_of_the_first(
    in_review, reviewer, second_reviewer, at
):
    decide_application(in_review, verdict="deny", by=reviewer, at=at, words="No.")
    with pytest.raises(Refusal, match="Robin Reviewer has decided this already"):
        decide_application(in_review, verdict="approve", by=second_reviewer, at=at)
