"""What was typed in a session that ended is shown again after signing in, to whoever typed it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ceus.models import CeuRecord
from tests import factories
from tests.documents import good

pytestmark = pytest.mark.django_db
TYPED = {"completed_on_month": "5", "completed_on_day": "3", "completed_on_year": "2026"}
KEPT = "What you wrote is still here"


@pytest.fixture
def address(db) -> str:
    return reverse("ceus:log", args=[factories.CourseFactory(slug="nutrition").slug])


def end_session(client: Client) -> None:
    """Delete the session's cookie, as after fourteen days; the other cookies of the browser stay."""
    del client.cookies["sessionid"]


def sign_in_again(client: Client, person) -> None:
    """Sign in within the browser's own session, as the sign-in pages do: its data is kept."""
    from django.contrib.auth import login
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = client.session
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key


def typed_too_late(client: Client, address: str, **extra):
    client.get(address)
    end_session(client)
    return client.post(address, {**TYPED, **extra})


def offered(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))


def test_text_typed_after_the_session_ended_is_shown_after_signing_in_and_sent_by_a_second_click(
    jordan, signed_in, address, clock_at, storage
):
    clock_at("2026-06-01 12:00")
    client = signed_in(jordan)
    late = typed_too_late(client, address)
    assert (late.status_code, late["Location"]) == (302, "/account/login/?next=/unsent/")
    assert "What you wrote is kept for an hour" in client.get(late["Location"]).content.decode()
    assert "What you wrote is kept" not in client.get("/account/login/").content.decode()
    sign_in_again(client, jordan)
    page = client.get("/unsent/").content.decode()
    assert KEPT in page
    assert f'action="{address}"' in page
    shown = client.post(address, offered(page))
    assert shown.status_code == 422
    assert not CeuRecord.objects.exists()
    html = shown.content.decode()
    assert "You were signed out before this was sent. Read it again, and send it." in html
    assert "Choose your files again" not in html
    for value in TYPED.values():
        assert f'value="{value}"' in html
    assert "shown-again" not in html
    assert client.post(address, TYPED).status_code == 302
    assert CeuRecord.objects.count() == 1
    assert client.get("/unsent/").status_code == 302


def test_the_page_with_the_kept_text_says_that_files_must_be_chosen_again(
    jordan, signed_in, address, storage
):
    client = signed_in(jordan)
    typed_too_late(client, address, certificate=SimpleUploadedFile("c.pdf", good.pdf()))
    sign_in_again(client, jordan)
    page = client.get("/unsent/").content.decode()
    assert "Your files were not kept. Choose them again on the next page." in page
    assert "Choose your files again." in client.post(address, offered(page)).content.decode()


def test_kept_text_is_not_shown_to_another_person_on_the_same_computer(jordan, stranger, signed_in, address):
    client = signed_in(jordan)
    typed_too_late(client, address)
    sign_in_again(client, stranger)
    assert client.get("/unsent/")["Location"] == reverse("renewals:home")
    sign_in_again(client, jordan)
    assert client.get("/unsent/").status_code == 302


def test_text_typed_after_the_session_ended_is_kept_for_an_hour(jordan, signed_in, address, clock_at):
    clock_at("2026-06-01 12:00")
    client = signed_in(jordan)
    typed_too_late(client, address)
    sign_in_again(client, jordan)
    clock_at("2026-06-01 13:00")
    assert client.get("/unsent/").status_code == 200
    clock_at("2026-06-01 13:01")
    assert client.get("/unsent/").status_code == 302


def test_the_first_page_after_the_hour_drops_what_was_typed_from_the_session(
    jordan, signed_in, address, clock_at
):
    clock_at("2026-06-01 12:00")
    client = signed_in(jordan)
    typed_too_late(client, address)
    sign_in_again(client, jordan)
    clock_at("2026-06-01 13:00")
    client.get("/home/")
    assert "unsent" in client.session
    clock_at("2026-06-01 13:01")
    client.get("/home/")
    assert "unsent" not in client.session


def test_the_first_page_of_another_person_drops_what_was_typed_before_them(
    jordan, stranger, signed_in, address
):
    client = signed_in(jordan)
    typed_too_late(client, address)
    sign_in_again(client, stranger)
    client.get("/home/")
    assert "unsent" not in client.session


def test_a_session_with_text_in_which_nobody_signs_in_ends_after_an_hour_and_any_other_after_14_days(
    jordan, signed_in, address
):
    client = signed_in(jordan)
    typed_too_late(client, address)
    assert client.session.get_expiry_age() == 3_600
    sign_in_again(client, jordan)
    assert client.session.get_expiry_age() == 14 * 86_400


def test_text_posted_from_a_browser_that_was_never_signed_in_is_not_kept(address):
    client = Client()
    assert client.post(address, TYPED)["Location"] == "/account/login/"
    assert "sessionid" not in client.cookies


def test_signing_out_deletes_the_cookie_that_says_who_was_signed_in(jordan, signed_in, address):
    client = signed_in(jordan)
    client.get(address)
    assert client.cookies["was"].value
    client.post(reverse("account_logout"))
    assert client.cookies["was"].value == ""
    assert client.post(address, TYPED)["Location"] == "/account/login/"


@pytest.mark.parametrize("forged", ["1", "", "x:y:z"])
def test_text_posted_with_a_forged_cookie_is_not_kept(address, forged):
    client = Client()
    client.cookies["was"] = forged
    assert client.post(address, TYPED)["Location"] == "/account/login/"


def test_text_of_up_to_100000_characters_is_kept_after_the_session_ended(jordan, signed_in, address):
    rest = 100_000 - sum(map(len, TYPED.values()))
    late = typed_too_late(signed_in(jordan), address, more="x" * rest)
    assert late["Location"] == "/account/login/?next=/unsent/"
    late = typed_too_late(signed_in(jordan), address, more="x" * (rest + 1))
    assert late["Location"] == "/account/login/"


def test_over_long_text_and_a_post_without_text_are_not_kept(jordan, signed_in, address):
    client = signed_in(jordan)
    assert typed_too_late(client, address, more="x" * 100_001)["Location"] == "/account/login/"
    assert client.post(address, {})["Location"] == "/account/login/"
