"""A petition from its draft to its end (S9, S10)."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from ceus import invariants as ceus
from ceus.models import CeuRecord, Course
from ceus.services import reject_record
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from core.my_data import sections_about
from outbox.models import Notice
from payments import invariants as payments
from payments.models import Charge, LedgerEntry
from petitions import invariants as petitions
from petitions import services
from petitions.models import Petition
from tests.cast import colleague
from tests.petitions import scenes
from tests.petitions.scenes import VERSION
from tests.reading import refused_with
from tests.renewals.scenes import moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_broken(db):
    yield
    found = {one.name: list(one.find()) for one in (*petitions.CHECKS, *ceus.CHECKS, *payments.CHECKS)}
    assert {name: rows for name, rows in found.items() if rows} == {}


def test_sending_a_draft_creates_a_25_dollar_charge_and_stores_the_attestation(jordan, at):
    petition = scenes.unpaid(jordan, at=at)
    assert (petition.state, petition.received_on) == ("unpaid", date(2027, 2, 1))
    assert (petition.charge.amount_cents, petition.charge.kind) == (2500, "petition")
    assert petition.attestation_version == VERSION
    assert "$25" in petition.attestation_text
    assert "not refunded" in petition.attestation_text


def test_sending_a_petition_with_missing_fields_is_refused_before_paying(jordan, at):
    petition = services.start_petition(
        jordan.credentials.get(), facts=scenes.facts(learned=""), files={}, by=jordan, at=at
    )
    with pytest.raises(Refusal, match="what you learned, your certificate of completion and the agenda"):
        services.send_petition(petition, by=jordan, at=at, attestation_version=VERSION)
    assert not Charge.objects.exists()


def test_a_petition_cannot_be_reviewed_before_its_fee_settles(jordan, reviewer, at):
    petition = scenes.unpaid(jordan, at=at)
    assert services.submit_paid_petition(petition, at=at).state == "unpaid"
    with pytest.raises(Refusal):
        services.decide_petition(petition, verdict="approve", by=reviewer, at=at)


def test_a_paid_petition_is_promised_an_answer_in_10_business_days(jordan, at):
    petition = scenes.submitted(jordan, at=at)
    assert (petition.state, petition.answer_due_on) == ("submitted", date(2027, 2, 15))
    assert Notice.objects.filter(kind="petitions.received").count() == 1


def test_an_approval_is_pending_for_10_minutes_and_then_creates_the_ceu_record(jordan, reviewer, at):
    petition = scenes.submitted(jordan, at=at)
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    with pytest.raises(Refusal, match="can still be taken back"):
        services.release_petition_decision(decision, at=at + timedelta(minutes=9, seconds=59))
    assert not CeuRecord.objects.exists()
    for _ in range(2):
        services.release_petition_decision(decision, at=at + timedelta(minutes=10))
    petition.refresh_from_db()
    record = CeuRecord.objects.get()
    assert (petition.state, petition.record) == ("approved", record)
    assert (record.title, record.hundredths, record.completed_on) == (
        "Kettlebell Biomechanics",
        40,
        date(2027, 1, 10),
    )
    assert (record.state, record.granted) == ("accepted", True)
    assert Notice.objects.filter(kind="petitions.approved").count() == 1


def test_granting_fewer_ceus_than_requested_needs_a_reason(jordan, reviewer, at):
    petition = scenes.submitted(jordan, at=at)
    with pytest.raises(Refusal, match="Choose a reason"):
        services.decide_petition(petition, verdict="approve", hundredths=30, by=reviewer, at=at)
    scenes.decided(
        petition,
        "approve",
        by=reviewer,
        at=at,
        hundredths=30,
        reason_code="fewer",
        words="Three hours are shown.",
    )
    assert CeuRecord.objects.get().hundredths == 30


def test_an_approved_course_is_added_to_the_catalogue_with_its_provider_and_history(jordan, reviewer, at):
    petition = scenes.decided(
        scenes.submitted(jordan, at=at), "approve", by=reviewer, at=at, lists_course=True
    )
    course = petition.record.course
    assert (course.title, course.provider.name) == ("Kettlebell Biomechanics", "Northside Barbell Club")
    assert course.is_approved_on(date(2027, 1, 10))
    assert (course.slug, course.provider.slug) == ("kettlebell-biomechanics", "northside-barbell-club")
    for row in (course, course.provider):
        told = HistoryEntry.objects.get(subject=subject_of(row))
        assert (told.verb, told.by) == ("listed", reviewer)


def test_approving_other_ceus_for_an_already_listed_course_creates_no_second_course(
    jordan, stranger, reviewer, at
):
    for trainer, verdict in (
        (jordan, {}),
        (stranger, {"hundredths": 30, "reason_code": "fewer", "words": "3 h."}),
    ):
        sent = scenes.submitted(trainer, at=at)
        decided = scenes.decided(sent, "approve", by=reviewer, at=at, lists_course=True, **verdict)
        assert decided.state == "approved"
    assert Course.objects.filter(title="Kettlebell Biomechanics").count() == 1
    assert CeuRecord.objects.get(credential__trainer=stranger).hundredths == 30


def test_a_decision_can_be_undone_only_until_it_takes_effect(jordan, reviewer, at):
    petition = scenes.submitted(jordan, at=at)
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    services.take_back_decision(decision, by=reviewer, at=at + timedelta(minutes=9))
    assert services.release_petition_decision(decision, at=at + timedelta(minutes=10)).state == "taken_back"
    late = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    services.take_back_decision(late, by=reviewer, at=at + timedelta(minutes=10))
    again = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    services.release_petition_decision(again, at=at + timedelta(minutes=10))
    with pytest.raises(Refusal, match="taken effect"):
        services.take_back_decision(again, by=reviewer, at=at + timedelta(minutes=10))


def test_a_rejected_record_does_not_block_a_petition_for_the_same_completion(jordan, reviewer, at):
    first = scenes.decided(scenes.submitted(jordan, at=at), "approve", by=reviewer, at=at).record
    again = scenes.submitted(jordan, at=at, learned="The same event, with a better certificate.")
    with pytest.raises(Refusal, match="already counts"):
        services.decide_petition(again, verdict="approve", by=reviewer, at=at)
    with transaction.atomic():
        reject_record(first, by=reviewer, at=at, reason="Another name is on it.")
    decision = services.decide_petition(again, verdict="approve", by=reviewer, at=at)
    services.release_petition_decision(decision, at=at + timedelta(minutes=10))
    assert list(CeuRecord.objects.order_by("pk").values_list("state", flat=True)) == ["rejected", "accepted"]


def test_the_second_of_two_reviewers_is_refused_with_the_name_of_the_first(jordan, reviewer, at):
    petition = scenes.submitted(jordan, at=at)
    first = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    assert services.decide_petition(petition, verdict="approve", by=reviewer, at=at) == first
    with pytest.raises(Refusal, match="Robin Reviewer has decided this already"):
        services.decide_petition(
            petition, verdict="deny", reason_code="other", words="No.", by=colleague("second_reviewer"), at=at
        )


def test_neither_the_trainer_nor_a_stranger_can_decide_a_petition(jordan, stranger, at):
    petition = scenes.submitted(jordan, at=at)
    for person in (stranger, jordan):
        with pytest.raises(Refusal):
            services.decide_petition(petition, verdict="approve", by=person, at=at)
    with pytest.raises(Refusal, match="Only the person whom it is about"):
        services.withdraw_petition(petition, by=stranger, at=at)


def test_a_question_suspends_the_promised_answer_date_until_the_trainer_answers(
    jordan, reviewer, at, clock_at
):
    petition = scenes.submitted(jordan, at=at)
    asked = clock_at("2027-02-03 12:00")
    petition = services.ask_question(petition, by=reviewer, at=asked, text="How long was the second day?")
    assert (petition.state, petition.answer_due_on, petition.answer_days_left) == ("question", None, 8)
    assert petition.questions.open().first().answer_through == date(2027, 2, 17)
    answered = clock_at("2027-02-10 12:00")
    petition = services.answer_question(petition, by=jordan, at=answered, text="Four hours.")
    assert (petition.state, petition.answer_due_on) == ("answered", date(2027, 2, 22))


@pytest.mark.parametrize(
    ("moment", "fits"), [("2027-02-14 12:00", True), ("2027-02-15 23:59", True), ("2027-02-16 00:00", False)]
)
def test_an_answer_to_a_question_is_accepted_through_the_14th_day_after_the_question(
    jordan, reviewer, at, clock_at, moment, fits
):
    petition = services.ask_question(scenes.submitted(jordan, at=at), by=reviewer, at=at, text="How long?")
    when = clock_at(moment)
    if fits:
        assert services.answer_question(petition, by=jordan, at=when, text="Four hours.").state == "answered"
        return
    with pytest.raises(Refusal, match="The time to answer has ended"):
        services.answer_question(petition, by=jordan, at=when, text="Four hours.")


def test_an_unanswered_petition_is_closed_15_minutes_after_the_last_day_to_answer(
    jordan, reviewer, at, clock_at
):
    petition = services.ask_question(scenes.submitted(jordan, at=at), by=reviewer, at=at, text="How long?")
    with pytest.raises(Refusal, match="There is still time to answer"):
        services.close_unanswered_petition(petition, at=clock_at("2027-02-16 00:14:59"))
    assert services.close_unanswered_petition(petition, at=clock_at("2027-02-16 00:15")).state == "closed"


def test_a_trainer_can_extend_the_time_to_answer_once_and_staff_can_extend_it_further(jordan, reviewer, at):
    petition = services.ask_question(scenes.submitted(jordan, at=at), by=reviewer, at=at, text="How long?")
    for _ in range(2):
        question = services.take_more_time(petition, by=jordan, at=at)
    assert question.answer_through == date(2027, 3, 1)
    with pytest.raises(Refusal, match="Choose a day after March 1, 2027"):
        services.extend_question(petition, by=reviewer, at=at, through=date(2027, 2, 28), reason="Illness.")
    question = services.extend_question(
        petition, by=reviewer, at=at, through=date(2027, 3, 8), reason="Illness."
    )
    assert question.answer_through == date(2027, 3, 8)


def test_staff_can_extend_the_time_to_answer_through_its_last_day_but_not_later(jordan, reviewer, at):
    petition = services.ask_question(scenes.submitted(jordan, at=at), by=reviewer, at=at, text="How long?")
    more = {"by": reviewer, "through": date(2027, 3, 8), "reason": "Illness."}
    with pytest.raises(Refusal, match="The time to answer has ended, so it cannot be extended."):
        services.extend_question(petition, at=moment("2027-02-16 00:00"), **more)
    assert petition.questions.get().answer_through == date(2027, 2, 15)
    last = moment("2027-02-15 23:59:59")
    with pytest.raises(Refusal, match="Choose a day after February 15, 2027, up to May 16, 2027"):
        services.extend_question(petition, at=last, **more | {"through": date(2027, 5, 17)})
    question = services.extend_question(petition, at=last, **more)
    assert question.answer_through == date(2027, 3, 8)


def test_withdrawing_before_payment_voids_the_fee_and_after_payment_keeps_it(jordan, at):
    early = services.withdraw_petition(scenes.unpaid(jordan, at=at), by=jordan, at=at)
    assert Charge.objects.get(pk=early.charge_id).state == "void"
    late = services.withdraw_petition(scenes.submitted(jordan, at=at, title="Other"), by=jordan, at=at)
    assert late.state == "withdrawn"
    rows = LedgerEntry.objects.filter(charge=late.charge).order_by("pk")
    assert list(rows.values_list("kind", "amount_cents")) == [("charge", 2500), ("payment", -2500)]
    assert not late.charge.refunds.exists()


def test_reconsideration_can_be_requested_once_and_needs_another_reviewer(jordan, reviewer, at):
    petition = scenes.decided(scenes.submitted(jordan, at=at), "deny", by=reviewer, at=at)
    assert petition.state == "denied"
    petition = services.ask_another_look(petition, by=jordan, at=at, why="The agenda shows the level.")
    assert petition.state == "submitted"
    with pytest.raises(Refusal, match="Another look is for somebody else"):
        services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    petition = scenes.decided(petition, "deny", by=colleague("second_reviewer"), at=at)
    with pytest.raises(Refusal, match="That decision is final"):
        services.ask_another_look(petition, by=jordan, at=at, why="Once more.")


def test_the_petition_transitions_are_exactly_the_expected_ones(jordan, at):
    """The table itself, so that a new step is a decision and not an accident."""
    steps = {(before, after) for before, later in Petition.TRANSITIONS.items() for after in later}
    assert steps == {
        ("draft", "unpaid"), ("draft", "withdrawn"),
        ("unpaid", "submitted"), ("unpaid", "withdrawn"),
        ("submitted", "question"), ("submitted", "approved"), ("submitted", "denied"), ("submitted", "withdrawn"),
        ("question", "answered"), ("question", "closed"), ("question", "withdrawn"),
        ("answered", "question"), ("answered", "approved"), ("answered", "denied"), ("answered", "withdrawn"),
        ("submitted", "stopped"), ("question", "stopped"), ("answered", "stopped"), ("stopped", "submitted"),
        ("denied", "submitted"),
    }  # fmt: skip


def test_the_history_has_every_step_of_a_petition(jordan, reviewer, at):
    petition = scenes.decided(scenes.submitted(jordan, at=at), "approve", by=reviewer, at=at)
    rows = HistoryEntry.objects.filter(subject=f"petitions.petition:{petition.pk}").order_by("pk")
    assert list(rows.values_list("verb", "to_state")) == [
        ("started", "draft"), ("agreed", "unpaid"), ("paid", "submitted"), ("approved", "approved"),
    ]  # fmt: skip


def test_a_pending_petition_decision_is_not_in_the_trainers_own_data(jordan, reviewer, at):
    petition = scenes.submitted(jordan, at=at)
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    assert "CEUs granted" not in str(_own_data(jordan))
    services.release_petition_decision(decision, at=at + timedelta(minutes=10))
    assert ("CEUs granted", "0.4") in _own_data(jordan)
    assert reviewer.name not in str(_own_data(jordan))


def _own_data(trainer) -> list[tuple[str, str]]:
    return [row for section in sections_about(trainer) for entry in section.entries for row in entry.shown]


def test_an_unknown_verdict_on_a_petition_is_refused(jordan, at, reviewer):
    petition = scenes.submitted(jordan, at=at)
    with refused_with("Choose a decision.", "verdict"):
        services.decide_petition(petition, verdict="lovely", by=reviewer, at=at)
