"""Every reachable page of allauth has the portal's layout and words."""

import pytest
from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from allauth.usersessions import urls as session_urls
from django.http import HttpRequest
from django.test import Client
from django.urls import URLResolver, reverse

from tests.trainers.scenes import with_password
from trainers.allauth_internals import record_sign_in_method


def names(patterns) -> list[str]:
    found = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found += names(entry.url_patterns)
        elif not entry.pattern.converters:
            found.append(entry.name)
    return found


NAMES = sorted(
    set(names([*account_urls.urlpatterns, *mfa_urls.urlpatterns, *session_urls.urlpatterns]))
    - {"mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_download_recovery_codes"}
)


@pytest.fixture
def browsers(jordan):
    """Nobody; somebody half-way in; Jordan, who has just confirmed it is them."""
    half_way = Client()
    half_way.post("/account/login/code/", {"email": jordan.email})
    half_way.post("/account/password/reset/", {"email": jordan.email})
    confirmed = Client()
    with_password(confirmed, jordan.email)
    request = HttpRequest()
    request.session = confirmed.session
    record_sign_in_method(request, jordan, "password", reauthenticated=True)
    request.session.save()
    return [Client(), half_way, confirmed]


# Pages that none of these three has come to: they are about an app, a passkey or a code.
NOT_WITHOUT_AN_APP = {"mfa_view_recovery_codes", "mfa_deactivate_totp"}
LED_ELSEWHERE = NOT_WITHOUT_AN_APP | {
    *("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("account_complete_password_reset", "account_email_verification_sent", "account_set_password"),
}


@pytest.mark.parametrize("name", NAMES)
def test_each_allauth_page_has_our_layout_and_words(browsers, name):
    answers = [browser.get(reverse(name)) for browser in browsers]
    shown = [answer for answer in answers if answer.status_code == 200]
    for answer in shown:
        page = answer.content.decode()
        assert page.count("<h1>") == 1
        assert '<header class="masthead">' in page
        assert "site-packages" not in answer.templates[0].origin.name
        for word in ("invalid", "please note", "oops", "two-factor"):
            assert word not in page.split("<main")[1].lower()
    assert bool(shown) == (name not in LED_ELSEWHERE)
    assert {answer.status_code for answer in answers} - {200} <= {
        302,
        404 if name in NOT_WITHOUT_AN_APP else 302,
    }


def test_the_list_of_allauth_pages_is_not_empty():
    assert len(NAMES) > 15
