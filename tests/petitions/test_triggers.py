"""What the database refuses about petitions, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from ceus.models import CeuRecord
from petitions import services
from petitions.models import Decision, Petition, Question
from tests.cast import colleague
from tests.petitions import scenes

pytestmark = pytest.mark.django_db


def refused(rows, **values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)


def test_the_database_refuses_a_review_before_the_fee_settles(jordan, at):
    petition = scenes.unpaid(jordan, at=at)
    refused(Petition.objects.filter(pk=petition.pk), state="submitted", answer_due_on="2027-02-15")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Another"),
        ("asked_hundredths", 80),
        ("completed_on", "2027-01-11"),
        ("learned", "More."),
        ("attestation_text", ""),
    ],
)
def test_the_database_refuses_to_change_the_agreement(jordan, at, field, value):
    petition = scenes.unpaid(jordan, at=at)
    refused(Petition.objects.filter(pk=petition.pk), **{field: value})


def test_the_database_refuses_to_give_a_petition_to_somebody_else(jordan, stranger, at):
    petition = scenes.unpaid(jordan, at=at)
    refused(Petition.objects.filter(pk=petition.pk), trainer=stranger)


def test_the_database_refuses_to_reopen_an_ended_petition(jordan, at):
    petition = scenes.decided(scenes.submitted(jordan, at=at), "deny", by=colleague("reviewer"), at=at)
    rows = Petition.objects.filter(pk=petition.pk)
    refused(rows, state="submitted", ended_at=None, answer_due_on="2027-02-15")
    refused(rows, state="approved")


def test_the_database_refuses_two_pending_decisions(jordan, at):
    petition = scenes.submitted(jordan, at=at)
    decision = services.decide_petition(petition, verdict="approve", by=colleague("reviewer"), at=at)
    decision.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)
    refused(Decision.objects.all(), hundredths=90)


def test_the_database_refuses_two_open_questions_and_an_earlier_last_day(jordan, at):
    petition = services.ask_question(
        scenes.submitted(jordan, at=at), by=colleague("reviewer"), at=at, text="How long?"
    )
    question = petition.questions.open().first()
    refused(Question.objects.all(), answer_through="2027-02-14")
    question.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save(force_insert=True)


def test_the_database_refuses_to_delete_any_row_of_a_petition(jordan, at):
    petition = scenes.decided(scenes.submitted(jordan, at=at), "deny", by=colleague("reviewer"), at=at)
    for row in (petition.decisions.get(), petition):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


def test_the_database_refuses_an_approved_petition_without_a_record(jordan, at):
    petition = scenes.submitted(jordan, at=at)
    refused(Petition.objects.filter(pk=petition.pk), state="approved", answer_due_on=None, ended_at=at)
    assert not CeuRecord.objects.exists()
