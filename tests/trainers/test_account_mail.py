"""Mails with codes and about changes, none of which tells whether an account exists."""

import pytest
from django.core import mail as outbox

from core import clock
from outbox.models import Notice
from outbox.sender import send_due
from trainers.notices import CHANGES, CODES
from trainers.services.account_notices import queue_account_mail


@pytest.fixture(autouse=True)
def _noon(clock_at):
    clock_at("2027-03-02")


def ask(name: str, email: str = "jordan@example.org", **context) -> Notice | None:
    return queue_account_mail(f"account/email/{name}", email, context, at=clock.now())


@pytest.mark.parametrize("name", sorted(CODES))
def test_a_sign_in_code_is_mailed_once_and_then_erased(jordan, name):
    notice = ask(name, code="K4X-9QD")
    assert notice.private
    send_due()
    message = outbox.outbox[0]
    assert "K4X-9QD" in message.body
    assert "K4X-9QD" in message.alternatives[0].content
    assert "K4X-9QD" not in message.subject
    assert "http" not in message.body
    notice.refresh_from_db()
    assert (notice.state, notice.payload, notice.text) == ("sent", {}, "")


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_an_account_change_is_mailed_with_one_link_and_the_mail_is_stored(jordan, name):
    notice = ask(name, user=jordan)
    send_due()
    notice.refresh_from_db()
    assert len(notice.title) <= 50
    assert CHANGES[name] in notice.text
    assert notice.text.count("http://") == notice.html.count("http://") == 1
    assert "http://127.0.0.1:8000/account/" in notice.text


def test_two_codes_requested_at_the_same_moment_are_two_mails(jordan):
    assert ask("login_code", code="AAA-111") != ask("login_code", code="BBB-222")


def test_an_expired_code_is_not_sent(jordan, clock_at, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
    notice = ask("login_code", code="K4X-9QD")
    clock_at("2027-03-02 12:03:00")
    send_due()
    notice.refresh_from_db()
    assert (notice.state, notice.payload, outbox.outbox) == ("superseded", {}, [])


def test_a_code_is_still_mailed_in_the_last_second_before_it_expires(jordan, clock_at, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
    ask("login_code", code="K4X-9QD")
    clock_at("2027-03-02 12:02:59")
    send_due()
    assert len(outbox.outbox) == 1


def test_the_code_for_a_new_email_address_is_sent_to_that_address(jordan):
    ask("email_confirmation", "new@example.org", user=jordan, code="K4X-9QD")
    send_due()
    assert outbox.outbox[0].to == ["new@example.org"]


def test_an_email_address_without_an_account_gets_no_mail(jordan):
    assert ask("login_code", "nobody@example.org", code="K4X-9QD") is None
    assert not Notice.objects.exists()


def test_sending_an_unknown_kind_of_account_mail_raises_an_error(jordan):
    with pytest.raises(KeyError):
        ask("something_new", user=jordan)
