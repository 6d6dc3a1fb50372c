"""Who may request an erasure, what must end before it, and what everybody sees afterwards (Q33)."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.errors import Refusal
from outbox.models import Notice
from outbox.sender import send_due
from tests import factories
from tests.erasure.scenes import dispute, state_of
from tests.petitions import scenes as petition_scenes
from tests.reading import heading_of, text_of
from tests.renewals import scenes as renewal_scenes
from tests.trainers.scenes import PASSWORD, enter_code, mailed_code, with_password
from trainers.services.erasing import (
    erasures_due,
    request_erasure,
)
from trainers.tasks import finish_erasures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(clock_at):
    clock_at("2027-03-02")


def confirmed(client: Client, trainer) -> Client:
    """Signed in with the password, and asked for it once more."""
    with_password(client, trainer.email)
    client.post("/account/reauthenticate/?next=/account/erase/confirm/", {"password": PASSWORD})
    return client


# --- the trainer


def test_the_erasure_page_says_what_is_erased_and_what_stays_before_the_request(signed_in, jordan):
    page = text_of(signed_in(jordan).get("/account/erase/"))
    for words in (
        "Your certification ends",
        "cannot be taken back",
        "Payments: amounts",
        "Every file that you sent",
    ):
        assert words in page
    assert state_of(jordan) == ""


def test_erasure_requires_entering_the_password_again(client, jordan):
    with_password(client, jordan.email)
    for answer in (
        client.get("/account/erase/confirm/"),
        client.post("/account/erase/confirm/", {"sure": "on"}),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/reauthenticate/")
    assert state_of(jordan) == ""


def test_erasing_an_account_without_a_password_requires_a_mailed_code_entered_in_the_last_15_minutes(
    client, jordan, monkeypatch
):
    jordan.set_unusable_password()
    jordan.save()
    enter_code(client, mailed_code(client, jordan))
    assert heading_of(client.get("/account/erase/confirm/")) == "Erase my data for good"
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("trainers.allauth_internals.time.time", lambda: later)
    answer = client.post("/account/erase/confirm/", {"sure": "on"})
    assert (answer.status_code, heading_of(answer)) == (403, "Sign in again first")
    assert state_of(jordan) == ""


def test_erasure_without_the_confirmation_box_ticked_is_refused(client, jordan):
    answer = confirmed(client, jordan).post("/account/erase/confirm/", {})
    assert answer.status_code == 422
    assert "Tick the box if you are sure." in text_of(answer)
    assert state_of(jordan) == ""


def test_confirming_an_erasure_signs_out_ends_the_certification_and_sends_one_last_mail(
    client, jordan, mailoutbox
):
    other = with_password(elsewhere := Client(), jordan.email)
    assert other.status_code == 302
    answer = confirmed(client, jordan).post("/account/erase/confirm/", {"sure": "on"})
    assert answer["Location"] == "/account/erased/"
    assert heading_of(client.get("/account/erased/")) == "Your data is being erased"
    for browser in (client, elsewhere):
        assert browser.get("/account/").status_code == 302
    assert with_password(Client(), jordan.email).status_code == 422
    assert (state_of(jordan), jordan.credentials.get().state) == ("confirmed", "erased")
    assert finish_erasures() == 0, "the last mail has not left"
    send_due()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["jordan@example.org"], "Your data is being erased")
    assert "1193 4482 has ended" in mail.body
    assert finish_erasures() == 1
    assert state_of(jordan) == "erased"
    assert set(Notice.objects.filter(trainer=jordan).values_list("to_address", "text", "title")) == {
        ("", "", "")
    }


@pytest.mark.parametrize(("hours", "due"), [(23, 0), (24, 1)])
def test_an_erasure_waits_at_most_one_day_for_its_last_mail_to_be_sent(jordan, hours, due):
    request_erasure(jordan, by=jordan, at=clock.now())
    assert erasures_due(clock.now() + timedelta(hours=hours)).count() == due


def test_nobody_else_can_request_the_erasure_in_a_trainers_name(jordan, stranger, root):
    for other in (stranger, root):
        with pytest.raises(Refusal, match="Only the person whom it is about may do this"):
            request_erasure(jordan, by=other, at=clock.now())
    assert state_of(jordan) == ""


# --- what it waits for


def _petition(jordan):
    return petition_scenes.submitted(jordan, at=renewal_scenes.moment("2027-01-11")).reference


def _renewal(jordan):
    factories.everything_met(jordan)
    return renewal_scenes.submit(jordan, "2027-01-11").reference


def _charge(jordan):
    return factories.ChargeFactory(trainer=jordan).description


def _dispute(jordan):
    petition = petition_scenes.submitted(jordan, at=renewal_scenes.moment("2027-01-11"))
    petition_scenes.services.withdraw_petition(petition, by=jordan, at=renewal_scenes.moment("2027-01-12"))
    dispute(petition.charge, state="to_answer")
    return "Your bank asks for a payment of yours back."


def _name(jordan):
    proof = factories.DocumentFactory(owner=jordan)
    jordan.name_requests.create(before="Jordan Rivera", after="Jo", proof=proof, requested_at=clock.now())
    return "You have asked for another name. Withdraw that first."


def _staff(jordan):
    jordan.is_staff = True
    jordan.save()
    return "A superuser must end that first."


@pytest.mark.parametrize("open_thing", [_petition, _renewal, _charge, _dispute, _name, _staff])
def test_an_erasure_with_an_open_matter_is_refused_and_the_page_names_it(jordan, signed_in, open_thing):
    named = open_thing(jordan)
    page = (
        text_of(signed_in(jordan, second_factor=False).get("/account/erase/"))
        if open_thing is not _staff
        else named
    )
    assert named in page
    with pytest.raises(Refusal) as refused:
        request_erasure(jordan, by=jordan, at=clock.now())
    assert refused.value.code == "open"
    assert state_of(jordan) == ""
    jordan.refresh_from_db()
    assert jordan.is_active


def test_a_matter_opened_after_the_request_delays_the_erasure_until_it_ends(jordan):
    request_erasure(jordan, by=jordan, at=clock.now())
    Notice.objects.all().update(state="sent", ended_at=clock.now())
    charge = factories.ChargeFactory(trainer=jordan)
    assert finish_erasures() == 0
    jordan.refresh_from_db()
    assert jordan.name == "Jordan Rivera"
    factories.walk_to(charge, "void", voided_at=clock.now())
    assert finish_erasures() == 1


def test_an_erasure_that_has_to_wait_does_not_delay_the_others(jordan, stranger, monkeypatch):
    monkeypatch.setattr("trainers.tasks.AT_ONCE", 1)
    for trainer in (jordan, stranger):
        request_erasure(trainer, by=trainer, at=clock.now())
    Notice.objects.all().update(state="sent", ended_at=clock.now())
    factories.ChargeFactory(trainer=jordan)
    assert finish_erasures() == 1
    assert (state_of(jordan), state_of(stranger)) == ("confirmed", "erased")
