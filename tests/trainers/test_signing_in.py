"""Signing in by password and by code: nobody learns whether an account exists, and guesses are limited."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.models import HistoryEntry
from outbox.models import Notice
from tests.trainers.scenes import (
    PASSWORD,
    enter_code,
    mailed_code,
    reset_password,
    with_password,
    without_the_typed,
)
from trainers.models import Trainer

LOGIN = "/account/login/"
RESET = "/account/password/reset/"


@pytest.mark.parametrize("email", ["jordan@example.org", "JORDAN@Example.org"])
def test_a_trainer_signs_in_with_an_address_in_any_case_and_a_password(client, jordan, email):
    assert with_password(client, email)["Location"] == "/home/"


def test_a_trainer_signs_in_with_a_code(client, jordan):
    assert enter_code(client, mailed_code(client, jordan))["Location"] == "/home/"


def test_a_first_sign_in_by_code_verifies_the_address(client, jordan):
    jordan.emailaddress_set.update(verified=False)
    assert enter_code(client, mailed_code(client, jordan))["Location"] == "/home/"
    assert jordan.emailaddress_set.get().verified


def test_a_sign_in_code_works_once(jordan):
    first, second = Client(), Client()
    code = mailed_code(first, jordan)
    second.post("/account/login/code/", {"email": "jordan@example.org"})
    assert enter_code(second, code).status_code == 422
    assert enter_code(first, code).status_code == 302
    assert enter_code(first, code)["Location"] != "/claim/done/"


def test_three_wrong_codes_end_the_sign_in_attempt(client, jordan):
    right = mailed_code(client, jordan)
    assert [enter_code(client, "AAA-AAA").status_code for _ in range(3)] == [422, 422, 302]
    enter_code(client, right)
    assert client.get("/account/").status_code == 302


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(jordan):
    known = with_password(Client(), "jordan@example.org", "not the password")
    unknown = with_password(Client(), "nobody@example.org", "not the password")
    assert known.status_code == unknown.status_code == 422
    assert without_the_typed(known, "jordan@example.org") == without_the_typed(unknown, "nobody@example.org")


@pytest.mark.parametrize("address", ["/account/login/code/", RESET])
def test_asking_for_a_code_gets_the_same_answer_for_known_and_unknown_addresses(jordan, address):
    pages = []
    for email in ("jordan@example.org", "nobody@example.org"):
        client = Client()
        answer = client.post(address, {"email": email})
        assert answer.status_code == 302
        pages.append((answer["Location"], without_the_typed(client.get(answer["Location"]), email)))
    assert pages[0] == pages[1]
    assert Notice.objects.count() == 1


def test_an_inactive_trainer_cannot_sign_in(client, jordan):
    jordan.is_active = False
    jordan.save()
    assert with_password(client, "jordan@example.org")["Location"] == "/account/inactive/"
    client.post("/account/login/code/", {"email": "jordan@example.org"})
    assert not Notice.objects.exists()
    assert client.get("/account/").status_code == 302


def test_a_wrong_password_does_not_reveal_that_the_account_is_inactive(jordan):
    jordan.is_active = False
    jordan.save()
    closed = with_password(Client(), "jordan@example.org", "not the password")
    unknown = with_password(Client(), "nobody@example.org", "not the password")
    assert without_the_typed(closed, "jordan@example.org") == without_the_typed(unknown, "nobody@example.org")


@pytest.mark.parametrize("email", ["jordan@example.org", "nobody@example.org"])
def test_after_five_wrong_passwords_even_the_right_one_is_refused(jordan, email):
    answers = [with_password(Client(), email, f"guess {n}") for n in range(6)]
    answers.append(with_password(Client(), email))
    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2
    for refused in answers[5:]:
        assert "Too many tries. Wait 5 minutes, then try again." in refused.content.decode()


def test_nobody_can_sign_up(client, db):
    page = client.get("/account/signup/")
    assert "You already have an account" in page.content.decode()
    client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not Trainer.objects.filter(email="new@example.org").exists()


def test_a_forgotten_password_is_replaced_with_a_code(client, jordan):
    assert reset_password(client, jordan)["Location"] == "/account/password/reset/done/"
    jordan.refresh_from_db()
    assert jordan.check_password("three quiet otters")
    entry = HistoryEntry.objects.get(verb="password_set")
    assert (entry.trainer, entry.by) == (jordan, jordan)


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_signing_in_never_redirects_to_another_site(client, jordan, target):
    assert with_password(client, "jordan@example.org", next=target)["Location"] == "/home/"


def test_signing_in_redirects_to_the_requested_page(client, jordan):
    asked = client.get("/messages/")
    assert asked["Location"] == "/account/login/?next=/messages/"
    assert with_password(client, "jordan@example.org", next="/messages/")["Location"] == "/messages/"


def test_each_field_of_the_sign_in_page_has_a_label_and_autocomplete(client, db):
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="current-password"' in page
    assert 'for="id_login"' in page
    assert "placeholder" not in page


def test_signing_out_ends_the_session(signed_in, jordan):
    client = signed_in(jordan)
    assert client.post(reverse("account_logout"))["Location"] == "/"
    assert client.get("/account/").status_code == 302


def test_an_email_address_gets_at_most_ten_codes_an_hour(jordan):
    """Nobody's mailbox is filled by a stranger who waits out the minute."""
    answers = []
    with time_machine.travel(datetime(2027, 1, 15, tzinfo=UTC), tick=False) as traveller:
        for _ in range(11):
            traveller.shift(61)
            answer = Client().post("/account/login/code/", {"email": "jordan@example.org"})
            answers.append(answer.status_code)
    assert answers == [302] * 10 + [429]
    assert Notice.objects.count() == 10
