"""Strangers who try somebody's address do not lock the owner out on a device where they signed in before."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.trainers.scenes import PASSWORD, enter_code, last_code, reset_password, with_password
from trainers.services.sessions import end_sessions

CODE, RESET = "/account/login/code/", "/account/password/reset/"


def known_to(trainer, client: Client | None = None) -> Client:
    """A browser in which `trainer` signed in before, and whose session has ended."""
    client = client or Client()
    assert with_password(client, trainer.email).status_code == 302
    client.get("/account/")
    assert client.cookies["device"].value
    del client.cookies["sessionid"]
    return client


def guess_until_limited(email: str) -> None:
    answers = [with_password(Client(), email, f"guess {n}").status_code for n in range(6)]
    codes = [Client().post(CODE, {"email": email}).status_code for n in range(4)]
    assert (answers[-1], codes[-1]) == (429, 429)


def may_sign_in(client: Client, trainer) -> bool:
    return with_password(client, trainer.email).status_code == 302


def test_the_owners_device_signs_in_after_strangers_have_used_up_every_try(jordan):
    by_password, by_code = known_to(jordan), known_to(jordan)
    guess_until_limited(jordan.email)
    assert by_code.post(CODE, {"email": "Jordan@example.org"}).status_code == 302
    assert enter_code(by_code, last_code(jordan))["Location"] == "/home/"
    assert may_sign_in(by_password, jordan)
    assert not may_sign_in(Client(), jordan)


def test_sign_in_attempts_on_a_known_device_have_a_limit_of_their_own(jordan):
    device = known_to(jordan)
    answers = [with_password(device, jordan.email, f"guess {n}").status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    codes = []
    for _ in range(4):
        codes.append(device.post(CODE, {"email": jordan.email}).status_code)
        device.cookies.pop("sessionid", None)  # or allauth leads back to the code that was mailed
    assert codes == [302] * 3 + [429]
    assert may_sign_in(Client(), jordan)


def test_the_owners_device_gets_a_reset_code_after_strangers_have_used_up_every_try(jordan):
    device = known_to(jordan)
    assert [Client().post(RESET, {"email": jordan.email}).status_code for _ in range(4)] == [302] * 3 + [429]
    assert [device.post(RESET, {"email": "Jordan@example.org"}).status_code for _ in range(4)] == [
        302
    ] * 3 + [429]
    assert Client().post(RESET, {"email": jordan.email}).status_code == 429


def test_a_device_known_for_another_account_does_not_lift_the_sign_in_limit(jordan, stranger):
    device = known_to(stranger)
    guess_until_limited(jordan.email)
    assert not may_sign_in(device, jordan)
    assert device.post(CODE, {"email": jordan.email}).status_code == 429


@pytest.mark.parametrize("forged", ["x", "x.y", ".", "~~~~~~~~", "é.é", "x" * 5000])
def test_a_forged_device_cookie_does_not_lift_the_sign_in_limit(jordan, forged):
    guess_until_limited(jordan.email)
    client = Client()
    client.cookies["device"] = forged
    assert with_password(client, jordan.email).status_code == 429


def test_the_cookie_of_a_known_device_does_not_reveal_its_owner(jordan):
    held = known_to(jordan).cookies["device"]
    assert held["httponly"]
    nonce, signature = held.value.split(".")
    assert (len(nonce), len(signature)) == (16, 64)


def test_two_people_who_share_a_device_are_both_known_on_it(jordan, stranger):
    device = known_to(stranger, known_to(jordan))
    for person in (jordan, stranger):
        guess_until_limited(person.email)
        assert may_sign_in(device, person)
        del device.cookies["sessionid"]
        cache.clear()  # the tries of this network address, too


def sign_out_elsewhere(jordan) -> None:
    here = Client()
    with_password(here, jordan.email)
    here.post("/account/sessions/")


ENDS = {
    "every session was ended": end_sessions,
    "the password was reset": lambda jordan: reset_password(Client(), jordan),
    "other devices were signed out": sign_out_elsewhere,
}


@pytest.mark.parametrize("what", ENDS)
def test_a_known_device_is_forgotten_after_a_new_password_or_after_ending_every_session(what, jordan):
    password = PASSWORD if "password" not in what else "three quiet otters"
    device = Client()
    with_password(device, jordan.email)  # still signed in, as a device that was stolen
    device.get("/account/")
    held = device.cookies["device"].value
    ENDS[what](jordan)
    cache.clear()  # the tries of this network address, too
    guess_until_limited(jordan.email)
    stolen = Client()
    stolen.cookies["device"] = held
    assert with_password(stolen, jordan.email, password).status_code == 429


def test_a_device_stays_known_when_the_secret_key_is_replaced(jordan, settings):
    device = known_to(jordan)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-at-least-fifty-characters-for-this-test"
    guess_until_limited(jordan.email)
    assert may_sign_in(device, jordan)


def test_over_https_the_cookie_of_a_device_belongs_to_this_host_alone(jordan, settings):
    settings.SESSION_COOKIE_SECURE = True
    device = Client()
    with_password(device, jordan.email)
    device.get("/account/")
    held = device.cookies["__Host-device"]
    assert (held["secure"], held["httponly"], held["path"], held["domain"]) == (True, True, "/", "")
    assert (held["samesite"], "device" in device.cookies) == ("Lax", False)
    guess_until_limited(jordan.email)
    device.cookies.pop("sessionid")
    assert may_sign_in(device, jordan)
