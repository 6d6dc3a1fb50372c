"""The first visit (/claim/): the owner gets a code, and nobody learns who is certified."""

import pytest
from django.test import Client
from django.urls import reverse

from outbox.models import Notice
from tests.trainers.scenes import NEW_PASSWORD, enter_code, last_code, without_the_typed

CLAIM = "/claim/"


@pytest.fixture
def newcomer(jordan):
    """Jordan, who has never signed in."""
    jordan.set_unusable_password()
    jordan.save()
    jordan.emailaddress_set.update(verified=False)
    return jordan


def claim(client, number="1193 4482", email="jordan@example.org"):
    return client.post(CLAIM, {"number": number, "email": email})


def test_claiming_an_account_sends_its_owner_a_code_and_then_asks_for_a_password(client, newcomer):
    answer = claim(client)
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/code/confirm/?next=%2Fclaim%2Fdone%2F"
    entered = enter_code(client, last_code(newcomer), next="/claim/done/")
    assert entered["Location"] == "/claim/done/"
    assert client.get("/claim/done/")["Location"] == "/account/password/set/?next=%2Fhome%2F"
    chosen = client.post("/account/password/set/", {**NEW_PASSWORD, "next": "/home/"})
    assert chosen["Location"] == "/home/"
    newcomer.refresh_from_db()
    assert newcomer.check_password("three quiet otters")


def test_choosing_a_password_after_claiming_an_account_can_be_skipped(client, newcomer):
    claim(client)
    enter_code(client, last_code(newcomer))
    page = client.get("/account/password/set/")
    assert "Skip for now" in page.content.decode()
    assert client.get("/account/").status_code == 200


def test_claiming_an_account_that_has_a_password_redirects_home_after_the_code(client, jordan):
    claim(client)
    enter_code(client, last_code(jordan))
    assert client.get("/claim/done/")["Location"] == "/home/"


@pytest.mark.parametrize(
    "typed",
    [
        *({"number": text} for text in ("1193 4482", "11934482", "1193-4482", " 1193  4482 ")),
        *({"email": text} for text in ("JORDAN@example.org", " jordan@example.org ")),
    ],
)
def test_an_account_is_claimed_with_the_number_in_groups_and_the_address_in_capitals(client, newcomer, typed):
    claim(client, **typed)
    assert Notice.objects.filter(trainer=newcomer, private=True).count() == 1


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("1193 4482", "stranger@example.org"),  # another's address
        ("2000 0001", "jordan@example.org"),  # another's number
        ("9999 9999", "jordan@example.org"),  # nobody's number
        ("1193 4482", "nobody@example.org"),  # nobody's address
    ],
)
def test_claiming_with_a_wrong_number_or_address_looks_the_same_and_sends_no_mail(
    newcomer, stranger, number, email
):
    right, wrong = Client(), Client()
    claimed, refused = claim(right), claim(wrong, number, email)
    assert (refused.status_code, refused["Location"]) == (claimed.status_code, claimed["Location"])
    shown, same = right.get(claimed["Location"]), wrong.get(refused["Location"])
    assert same.status_code == shown.status_code == 200
    assert without_the_typed(same, email) == without_the_typed(shown, "jordan@example.org")
    assert Notice.objects.count() == 1
    assert set(right.session.keys()) == set(wrong.session.keys())


def test_after_claiming_with_a_wrong_number_or_address_no_code_signs_in(newcomer, stranger):
    client = Client()
    claim(client, email="stranger@example.org")
    answers = [enter_code(client, code) for code in ("", "ABC-DEF", "None", "0")]
    assert [answer.status_code for answer in answers] == [422, 422, 302, 302]  # three tries, then anew
    assert answers[2]["Location"] == "/account/login/code/"
    assert client.get("/account/").status_code == 302


def test_an_inactive_trainer_gets_no_code(client, newcomer):
    newcomer.is_active = False
    newcomer.save()
    assert claim(client).status_code == 302
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("email", "mails"), [("jordan@example.org", 3), ("nobody@example.org", 0)])
def test_claims_of_an_account_with_one_email_address_are_limited_to_three_a_minute(newcomer, email, mails):
    answers = [claim(Client(), email=email) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Too many tries" in answers[3].content.decode()
    assert Notice.objects.count() == mails


@pytest.mark.parametrize(
    ("number", "email", "sentence"),
    [
        ("", "jordan@example.org", "Enter your certification number."),
        ("1193 4482", "", "Enter your email address."),
        ("1193 4482", "jordan", "Enter an address like name@example.org."),
        ("1193\x004482", "jordan@example.org", "Take out the hidden characters"),
        ("1" * 31, "jordan@example.org", "Use 30 characters or fewer."),
    ],
)
def test_an_invalid_account_claim_shows_a_field_error_and_keeps_the_input(
    client, db, number, email, sentence
):
    answer = claim(client, number, email)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) == 2  # in the summary and at the field
    assert f'value="{email}"' in page or not email


def test_a_signed_in_trainer_who_opens_the_claim_page_is_redirected_to_their_account(signed_in, jordan):
    assert signed_in(jordan).get(CLAIM)["Location"] == reverse("trainers:account")
