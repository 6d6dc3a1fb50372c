"""Staff need a second factor: having one is not enough, the session must have passed it."""

import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import CredentialFactory
from tests.reading import source_of
from tests.trainers.passkeys import Passkey
from tests.trainers.scenes import (
    confirm_person,
    enter_code,
    last_code,
    mailed_code,
    reset_password,
    with_password,
)
from trainers.allauth_internals import activate_authenticator, totp_code
from trainers.models import Trainer

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def lead(lead):
    """Lee, who leads the staff and has an authenticator app."""
    activate_authenticator(lead, secret=SECRET)
    return lead


def test_the_admin_login_redirects_staff_to_the_portals_own_sign_in(client, db):
    assert client.get("/staff/")["Location"] == "/staff/login/?next=/staff/"
    assert client.get("/staff/login/?next=/staff/")["Location"] == "/account/login/?next=/staff/"


def test_a_password_alone_does_not_open_the_staff_site(client, lead):
    assert with_password(client, lead.email)["Location"] == "/account/2fa/authenticate/"
    assert client.get("/staff/")["Location"].startswith("/staff/login/")


def test_a_mailed_code_alone_does_not_open_the_staff_site(client, lead):
    assert enter_code(client, mailed_code(client, lead))["Location"] == "/account/2fa/authenticate/"
    assert client.get("/staff/")["Location"].startswith("/staff/login/")


def test_claiming_an_account_alone_does_not_open_the_staff_site(client, lead):
    CredentialFactory(trainer=lead, number="40000004")
    client.post("/claim/", {"number": "4000 0004", "email": lead.email})
    assert enter_code(client, last_code(lead))["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/staff/")["Location"].startswith("/staff/login/")


def test_resetting_the_password_by_mailed_code_does_not_open_the_staff_site(client, lead):
    reset_password(client, lead)
    assert client.get("/staff/")["Location"].startswith("/staff/login/")


def test_password_and_authenticator_app_open_the_staff_site(client, lead, app_code):
    with_password(client, lead.email)
    assert client.post("/account/2fa/authenticate/", {"code": app_code(SECRET)})["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_a_mailed_code_and_the_authenticator_app_open_the_staff_site(client, lead, app_code):
    enter_code(client, mailed_code(client, lead))
    assert client.post("/account/2fa/authenticate/", {"code": app_code(SECRET)})["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


@pytest.fixture
def phone(reviewer) -> Passkey:
    """The passkey of Robin, who reviews and has no app: it is asked for after the password."""
    passkey = Passkey()
    passkey.add(confirm_person(Client(), reviewer), alone=False)
    return passkey


def test_after_the_password_a_passkey_is_accepted_as_the_second_step(client, reviewer, phone):
    assert with_password(client, reviewer.email)["Location"] == "/account/2fa/authenticate/"
    assert client.get("/staff/")["Location"].startswith("/staff/login/")
    assert phone.pass_second_step(client)["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_after_a_mailed_code_a_passkey_is_accepted_as_the_second_step(client, reviewer, phone):
    assert enter_code(client, mailed_code(client, reviewer))["Location"] == "/account/2fa/authenticate/"
    assert client.get("/staff/")["Location"].startswith("/staff/login/")
    assert phone.pass_second_step(client)["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_another_persons_passkey_is_refused_as_the_second_step(client, lead, reviewer, phone):
    with_password(client, lead.email)
    for passkey in (Passkey(), phone):
        answer = passkey.pass_second_step(client)
        assert answer.status_code == 422
        assert 'role="alert"><p>The passkey was not used. Try again' in answer.content.decode()
    assert client.get("/staff/")["Location"].startswith("/staff/login/")


def test_a_passkey_with_user_verification_alone_opens_the_staff_site(client, reviewer):
    passkey = Passkey()
    passkey.add(confirm_person(Client(), reviewer), alone=True)
    assert passkey.sign_in_alone(client)["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_a_passkey_without_user_verification_does_not_sign_in_alone(client, reviewer, phone):
    phone.flags = Passkey(verifies=False).flags
    assert phone.sign_in_alone(client)["Location"] == "/account/login/"
    page = source_of(client.get("/account/login/"))
    assert page.count("The passkey was not used. Try again") == 2  # once more, hidden, for scripts
    assert "not the code" not in page
    assert client.get("/staff/")["Location"].startswith("/staff/login/")


@pytest.mark.parametrize(
    ("read", "sent", "answers"),
    [
        ("17:00:29", "17:00:30", [302, 422]),
        ("17:00:00", "17:00:59", [302, 422]),
        ("17:00:29", "17:01:00", [422, 422]),
        ("17:00:30", "17:00:29", [422, 422]),
    ],
)
def test_an_authenticator_code_is_taken_once_in_its_half_minute_and_the_next(lead, read, sent, answers):
    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"2027-03-02 {clock}+00:00")

    code = totp_code(SECRET, unix_time=int(at(read).timestamp()))[0]
    with time_machine.travel(at(sent), tick=False):
        assert [enter(code, lead), enter(code, lead)] == answers


def test_an_authenticator_code_that_was_used_is_not_taken_in_the_next_half_minute(lead):
    with time_machine.travel(datetime(2027, 3, 2, 17, 0, 5, tzinfo=UTC), tick=False) as traveller:
        code = totp_code(SECRET, unix_time=int(time.time()))[0]
        assert enter(code, lead) == 302
        traveller.shift(50)
        assert enter(code, lead) == 422


def enter(code: str, person: Trainer) -> int:
    """The answer to a code after the password."""
    client = Client()
    with_password(client, person.email)
    return client.post("/account/2fa/authenticate/", {"code": code}).status_code


def test_a_session_from_before_the_app_was_added_must_still_pass_the_second_factor(signed_in, lead, app_code):
    client = signed_in(lead, second_factor=False)
    assert client.get("/staff/")["Location"] == "/account/2fa/reauthenticate/?next=%2Fstaff%2F"
    passed = client.post("/account/2fa/reauthenticate/", {"code": app_code(SECRET), "next": "/staff/"})
    assert passed["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_staff_without_an_authenticator_app_are_redirected_to_add_one(signed_in, reviewer):
    assert (
        signed_in(reviewer, second_factor=False).get("/staff/")["Location"]
        == "/account/2fa/totp/activate/?next=%2Fstaff%2F"
    )


def test_staff_who_have_not_passed_a_second_factor_see_only_public_pages(signed_in, reviewer):
    fresh = signed_in(reviewer, second_factor=False)
    for address in ("/messages/", "/account/data/", "/staff/trainers/trainer/"):
        assert fresh.get(address)["Location"].startswith("/account/2fa/totp/activate/"), address
    assert fresh.get("/help/").status_code == 200


@pytest.mark.parametrize("address", ["/staff/", "/staff/trainers/trainer/", "/staff/nothing/"])
def test_a_trainer_gets_404_on_the_staff_site(signed_in, jordan, address):
    assert signed_in(jordan).get(address).status_code == 404


def test_a_trainer_with_a_second_factor_still_gets_404_on_the_staff_site(client, jordan, app_code):
    activate_authenticator(jordan, secret=SECRET)
    with_password(client, jordan.email)
    client.post("/account/2fa/authenticate/", {"code": app_code(SECRET)})
    assert client.get("/staff/").status_code == 404


def test_staff_cannot_remove_their_last_second_factor(signed_in, lead, app_code):
    client = signed_in(lead)
    client.post("/account/2fa/reauthenticate/", {"code": app_code(SECRET)})
    page = client.post("/account/2fa/totp/deactivate/")
    assert "it cannot be removed" in page.content.decode()
    assert lead.authenticator_set.filter(type="totp").exists()


def test_adding_an_authenticator_asks_for_the_password_again_even_right_after_signing_in(client, jordan):
    with_password(client, jordan.email)
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")


def test_the_staff_code_command_prints_a_valid_authenticator_code(client, lead, capsys):
    call_command("staff_code")
    email, code = capsys.readouterr().out.split()[:2]
    assert email == lead.email
    with_password(client, lead.email)
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302


def test_the_staff_code_command_prints_no_code_of_a_trainer(lead, jordan, capsys):
    activate_authenticator(jordan, secret="JBSWY3DPEHPK3PXP")
    call_command("staff_code")
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [lead.email]


def test_the_staff_code_command_is_refused_in_production(lead, settings, capsys):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("staff_code")
    assert not capsys.readouterr().out
