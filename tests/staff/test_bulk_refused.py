"""Why a bulk action leaves a row out: each reason, in the words of its page."""

from datetime import timedelta

import pytest

from cases.models import Assignment, Snooze
from cases.services.assigning import hand_on_case, take_case
from core import clock
from core.errors import Refusal
from outbox.models import Notice
from outbox.resending import send_again
from payments.services import request_refund
from petitions.models import Petition
from petitions.services import ask_another_look, ask_question, decide_petition
from renewals.models import Application
from tests.audits.scenes import an_audit
from tests.petitions import scenes as stage
from tests.reading import text_of
from tests.staff.scenes import DAY, WORDS, another_waiting, decide, notice
from trainers.models import Credential, Trainer

pytestmark = pytest.mark.django_db
PETITIONS, RENEWALS = "/staff/petitions/petition/", "/staff/renewals/application/"
NOON = "2027-01-20 12:00"


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at(NOON))


def ask(client, action: str, *rows, url: str = PETITIONS, **answers: object) -> str:
    sent = {"action": action, "_selected_action": [one.pk for one in rows], **answers}
    return text_of(client.post(url, sent, follow=True))


def give_the_role_of(reviewer: Trainer, person: Trainer) -> Trainer:
    person.is_staff = True
    person.save()
    person.groups.set(reviewer.groups.all())
    return person


# --- petitions


def test_a_petition_under_a_second_review_is_left_out_of_a_bulk_approval(
    petition, jordan, reviewer, lead, desk
):
    stage.decided(petition, "deny", by=lead, at=clock.now())
    ask_another_look(petition, why="Please.", by=jordan, at=clock.now() + timedelta(hours=1))
    said = ask(desk(reviewer), "approve_these", petition)
    assert f"It applies to 0 of 1: {petition.reference} waits for another look." in said


def test_a_petition_whose_fee_was_refunded_is_left_out_of_a_bulk_approval(petition, finance, reviewer, desk):
    payment = petition.charge.ledger.get(kind="payment")
    words = {"cause": "our_error", "reason": "Charged by mistake."}
    request_refund(payment, amount_cents=2500, by=finance, at=clock.now(), **words)
    said = ask(desk(reviewer), "approve_these", petition)
    assert f"It applies to 0 of 1: {petition.reference} has a fee that went back." in said


def test_a_bulk_assignment_leaves_out_own_cases_and_cases_of_people_whom_the_reviewer_knows(
    petition, jordan, stranger, reviewer, desk
):
    other = stage.submitted(stranger, at=clock.now())
    hand_on_case(other, to=None, by=reviewer, at=clock.now())
    said = ask(desk(reviewer), "assign_these", petition, other)
    assert f"It applies to 1 of 2: {other.reference} is of somebody whom you know." in said
    browser = desk(give_the_role_of(reviewer, jordan))
    assert f"It applies to 1 of 2: {petition.reference} is your own." in ask(
        browser, "assign_these", petition, other
    )


def test_a_case_cannot_be_assigned_to_its_own_trainer_and_can_be_unassigned(
    petition, jordan, reviewer, lead, desk
):
    give_the_role_of(reviewer, jordan)
    take_case(petition, by=reviewer, at=clock.now())
    browser = desk(lead)
    sent = {"confirmed": "yes", "applies": str(petition.pk)}
    said = ask(browser, "assign_these", petition, **sent, to=jordan.pk)
    assert f"It applies to 0 of 1: {petition.reference} is Jordan Rivera's own." in said
    assert Assignment.objects.standing().get().assignee == reviewer
    assert "1 of 1 given to nobody." in ask(browser, "assign_these", petition, **sent, to="")
    assert not Assignment.objects.standing().exists()


def test_a_case_that_is_decided_due_or_with_its_trainer_is_not_snoozed(
    petition, stranger, reviewer, lead, desk, clock_at
):
    asked, later = stage.submitted(stranger, at=clock.now(), title="Two"), clock.now() + timedelta(days=1)
    ask_question(asked, text="How long was it?", by=lead, at=clock.now())
    decided = stage.submitted(stranger, at=clock.now(), title="Three")
    decide_petition(decided, verdict="approve", by=lead, at=later)
    clock_at("2027-02-04")
    said = ask(desk(reviewer), "snooze_these", petition, asked, decided)
    for words in (
        "It applies to 0 of 3: ",
        f"{petition.reference} is due already",
        f"{asked.reference} does not wait for us",
        f"{decided.reference} is decided already",
    ):
        assert words in said
    assert not Snooze.objects.exists()


def test_an_approval_of_zero_ceus_is_refused_at_its_field(petition, reviewer, desk):
    answer = desk(reviewer).post(f"{PETITIONS}{petition.pk}/approve/", {"hundredths": "0", "seen": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors["hundredths"] == ["CEUs must be more than 0."]


# --- renewals


def test_a_decided_audited_or_suspended_renewal_is_left_out_of_a_bulk_approval(
    waiting: Application, reviewer, second_reviewer, desk
):
    audited, suspended = another_waiting("20000002"), another_waiting("20000003")
    an_audit(audited.cycle, renewal=audited.reference)
    Credential.objects.filter(pk=suspended.cycle.credential_id).update(state="suspended", state_on=DAY)
    decide(desk(second_reviewer), "return", waiting, WORDS)
    said = ask(desk(reviewer), "approve_these", waiting, audited, suspended, url=RENEWALS)
    for words in (
        "It applies to 0 of 3: ",
        f"{waiting.reference} is decided already",
        f"{audited.reference} has an open audit",
        f"{suspended.reference} is of a certification that is not in force",
    ):
        assert words in said


# --- messages and accounts


def test_a_message_that_cannot_be_sent_again_is_counted_as_left_unchanged(
    jordan, registrar, desk, monkeypatch
):
    failed = [notice(jordan, "failed", number) for number in (1, 2)]

    def refuse_one(one: Notice, **asked: object) -> Notice:
        if one.pk == failed[0].pk:
            raise Refusal("Only a message that failed and held no code can be sent again.", code="not_failed")
        return send_again(one, **asked)

    monkeypatch.setattr("staff.outbox.actions.send_again", refuse_one)
    said = ask(
        desk(registrar),
        "send_these_again",
        *failed,
        url="/staff/outbox/notice/?shows=failed",
        confirmed="yes",
    )
    assert "1 in the outbox again, 1 left as they were." in said


def test_a_message_of_a_kind_that_no_longer_exists_is_listed_by_its_code(jordan, registrar, desk):
    Notice.objects.filter(pk=notice(jordan, "failed").pk).update(kind="renewals.forgotten", title="")
    assert "renewals.forgotten" in text_of(desk(registrar).get("/staff/outbox/notice/?shows=failed"))


def test_taking_back_an_address_change_is_refused_when_none_is_waiting(jordan, registrar, desk):
    answer = desk(registrar).post(f"/staff/trainers/trainer/{jordan.pk}/email-back/", {"reason": "By phone."})
    assert answer.status_code == 422
    assert "No change of address waits." in answer.context["form"].non_field_errors()
