"""When a session ends, and that nothing of it is left on a shared computer."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from core.models import HistoryEntry
from outbox.models import Notice
from tests.drafting import approve, draft
from tests.reading import text_of
from tests.trainers.scenes import NEW_PASSWORD, PASSWORD, reset_password, with_password

NEW = {"oldpassword": PASSWORD, **NEW_PASSWORD}


def test_a_changed_password_ends_every_other_session(signed_in, jordan):
    here, elsewhere = signed_in(jordan), signed_in(jordan)
    assert elsewhere.get("/account/").status_code == 200
    assert here.post("/account/password/change/", NEW)["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_a_changed_password_is_mailed_and_recorded(signed_in, jordan):
    signed_in(jordan).post("/account/password/change/", NEW)
    notice = Notice.objects.get(trainer=jordan)
    assert (notice.payload["mail"], notice.private) == ("password_changed", False)
    assert HistoryEntry.objects.filter(trainer=jordan, verb="password_set", by=jordan).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"oldpassword": "wrong"}, "Enter your current password as it is now."),
        ({"password1": "short", "password2": "short"}, "at least 10 characters"),
        ({"password2": "another thing"}, "same password"),
        ({"password1": "", "password2": ""}, "Enter a new password."),
    ],
)
def test_an_invalid_password_change_shows_an_error_at_the_field(signed_in, jordan, typed, sentence):
    answer = signed_in(jordan).post("/account/password/change/", NEW | typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_resetting_the_password_with_a_code_ends_every_session(client, signed_in, jordan):
    elsewhere = signed_in(jordan)
    reset_password(client, jordan)
    assert elsewhere.get("/account/").status_code == 302


def test_deactivating_an_account_ends_every_session(signed_in, jordan):
    client = signed_in(jordan)
    assert client.get("/account/").status_code == 200
    jordan.is_active = False
    jordan.save(update_fields=["is_active"])
    assert client.get("/account/").status_code == 302


def test_a_trainer_can_sign_out_other_devices(client, jordan):
    elsewhere = Client()
    with_password(client, jordan.email)
    with_password(elsewhere, jordan.email)
    assert client.get("/account/sessions/").content.decode().count('data-label="Since"') == 2
    client.post("/account/sessions/")
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


@pytest.mark.parametrize(("remember", "lasts"), [({}, True), ({"remember": "on"}, False)])
def test_a_session_ends_with_the_browser_unless_remember_is_chosen(client, jordan, remember, lasts):
    with_password(client, jordan.email, **remember)
    assert client.session.get_expire_at_browser_close() is lasts


@pytest.mark.parametrize("address", ["/account/", "/messages/", "/account/2fa/", "/account/sessions/"])
def test_a_signed_in_page_is_not_cached(signed_in, jordan, address):
    assert signed_in(jordan).get(address)["Cache-Control"] == "private, no-store"


def test_a_public_page_for_a_signed_in_person_is_not_cached(signed_in, jordan):
    assert signed_in(jordan).get("/help/")["Cache-Control"] == "private, no-store"


def test_a_public_page_for_a_visitor_may_be_cached(client, db):
    assert not client.get("/help/").has_header("Cache-Control")


def test_entering_the_password_again_gives_the_session_a_new_key(client, jordan):
    with_password(client, jordan.email)
    before = client.cookies["sessionid"].value
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    after = client.cookies["sessionid"].value
    assert len(after) == 32
    assert after != before
    assert client.get("/account/").status_code == 200
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/account/").status_code == 302
    assert UserSession.objects.get().session_key == after


@pytest.mark.parametrize(("remember", "lasts"), [({}, True), ({"remember": "on"}, False)])
def test_a_session_lasts_as_many_days_as_the_version_of_the_day_states(
    client, jordan, clock_at, as_on_file, remember, lasts
):
    approve(draft(changes={("values", "session_days"): "20"}))
    clock_at("2027-06-30")
    assert "Keep me signed in on this device for 14 days" in text_of(client.get("/account/login/"))
    with_password(client, jordan.email, **remember)
    assert client.session.get_expiry_age() == 14 * 86_400
    clock_at("2027-07-01")
    assert client.session.get_expiry_age() == 20 * 86_400
    assert client.session.get_expire_at_browser_close() is lasts
    assert "Keep me signed in on this device for 20 days" in text_of(Client().get("/account/login/"))
