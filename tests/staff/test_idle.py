"""Staff who do nothing for half an hour are signed out, and what they typed waits for them."""

import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from tests.reading import text_of

SENTENCE = "You were signed out, because nothing was done here for 30 minutes."
BEGAN = datetime(2027, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def minutes_later():
    """Return a function that moves the clock by so many minutes, beginning at ten o'clock in Phoenix."""
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield lambda minutes: traveller.shift(minutes * 60)


def test_staff_who_do_nothing_for_30_minutes_are_signed_out_with_a_sentence(
    reviewer, signed_in, minutes_later
):
    browser = signed_in(reviewer)
    minutes_later(29)
    assert browser.get("/staff/").status_code == 200
    minutes_later(29)
    assert browser.get("/staff/").status_code == 200
    minutes_later(30)
    assert browser.get("/staff/")["Location"] == "/account/login/?next=/staff/"
    assert SENTENCE in text_of(browser.get("/account/login/"))
    assert browser.get("/staff/")["Location"].startswith("/staff/login/")


def test_viewing_public_pages_does_not_prolong_a_staff_session(reviewer, signed_in, minutes_later):
    browser = signed_in(reviewer)
    browser.get("/staff/")
    for _ in range(3):
        minutes_later(10)
        assert browser.get("/help/").status_code == 200
    assert browser.get("/staff/").status_code == 302


def test_a_trainer_who_does_nothing_for_a_day_stays_signed_in(jordan, signed_in, minutes_later):
    browser = signed_in(jordan)
    browser.get("/account/")
    minutes_later(24 * 60)
    assert browser.get("/account/").status_code == 200


def test_a_staff_session_ends_12_hours_after_signing_in_even_while_it_is_used(
    reviewer, signed_in, minutes_later
):
    browser = signed_in(reviewer)
    for _ in range(12 * 3 - 1):
        minutes_later(20)
        assert browser.get("/staff/").status_code == 200
    minutes_later(20)
    assert browser.get("/staff/")["Location"] == "/account/login/?next=/staff/"
    assert "a session ends 12 hours after signing in" in text_of(browser.get("/account/login/"))


def test_a_trainers_session_ends_28_days_after_signing_in_even_while_it_is_used(
    jordan, signed_in, minutes_later
):
    browser = signed_in(jordan)
    for _ in range(2):
        minutes_later(13 * 24 * 60)
        assert browser.get("/account/").status_code == 200
        session = browser.session
        session["used"] = True  # whatever writes it makes it last 14 more days
        session.save()
    minutes_later(2 * 24 * 60)
    assert browser.get("/account/")["Location"].startswith("/account/login/")


def test_what_an_idle_colleague_typed_is_shown_again_after_signing_in(
    reviewer, jordan, signed_in, minutes_later
):
    browser = signed_in(reviewer)
    browser.get("/staff/")
    minutes_later(31)
    address = reverse("admin:trainers_trainer_note", args=[jordan.pk])
    late = browser.post(address, {"text": "She called about her card."})
    assert late["Location"] == "/account/login/?next=/unsent/"
    again = signed_in(reviewer)
    session = browser.session
    for key, value in again.session.items():
        session[key] = value
    session.save()
    assert settings.SESSION_COOKIE_NAME in browser.cookies
    page = browser.get("/unsent/").content.decode()
    assert "She called about her card." in page
    assert f'action="{address}"' in page


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("account_change_password", {"oldpassword": "three quiet otters", "password1": "four quiet otters"}),
        ("account_reauthenticate", {"password": "three quiet otters"}),
        ("mfa_activate_totp", {"code": "three quiet otters"}),
    ],
)
def test_a_password_or_code_of_an_idle_colleague_is_not_kept(reviewer, signed_in, minutes_later, page, typed):
    browser = signed_in(reviewer)
    browser.get("/staff/")
    minutes_later(31)
    assert browser.post(reverse(page), typed)["Location"] == "/account/login/"
    assert "otters" not in str(dict(browser.session.items()))


def test_a_staff_session_is_written_at_most_once_a_minute(reviewer, signed_in, minutes_later):
    browser = signed_in(reviewer)
    browser.get("/staff/help/")
    first = browser.session["staff_seen"]
    minutes_later(0.5)
    browser.get("/staff/help/")
    assert browser.session["staff_seen"] == first
    minutes_later(0.5)
    browser.get("/staff/help/")
    assert browser.session["staff_seen"] == time.time()
