"""/account/reminders/: which messages are optional, their dates, and whether our mail arrives."""

import re
from datetime import UTC, datetime

import pytest

from core.models import HistoryEntry
from renewals.services import lapse_application
from tests import factories
from tests.renewals import scenes
from tests.renewals.scenes import home_on
from trainers.services import suspend_credential
from trainers.services.wishes import set_wishes

ADDRESS = "/account/reminders/"
NOON = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


def parts(page: str) -> tuple[str, str]:
    """(what is optional, what is always sent), as text."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    optional, _, always = text.partition("Optional reminders You can switch")[2].partition("Always sent")
    return optional, always


def shown(client) -> str:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_reminders_page_separates_optional_messages_from_those_always_sent(signed_in, jordan, clock_at):
    clock_at("2026-06-01")
    optional, always = parts(shown(signed_in(jordan)))
    assert "90 days before your expiration date: December 14, 2026" in optional
    assert "60 days before your expiration date: January 13, 2027" in optional
    assert "60 days before the last day of your card" in optional
    assert "They cannot be switched off." in always
    for line in (
        "On the first day you can renew: September 15, 2026",
        "7 days before your expiration date: March 7, 2027",
        "On your expiration date: March 14, 2027",
        "On the last day you can renew: March 13, 2028",
        "2 days before the last day to answer",
        "20 days before the last day to send them. Only if you have not added any",
        "72 hours after you sent it",
    ):
        assert line in always
        assert line not in optional


def test_the_reminders_page_marks_a_date_as_passed_from_the_day_after(signed_in, jordan, clock_at):
    client = signed_in(jordan)
    clock_at("2026-12-14 23:59")
    assert "December 14, 2026 (passed)" not in parts(shown(client))[0]
    clock_at("2026-12-15 00:00")
    assert "December 14, 2026 (passed)" in parts(shown(client))[0]


def test_the_reminders_page_states_the_condition_of_a_conditional_reminder(signed_in, jordan, clock_at):
    clock_at("2026-01-01")
    optional, _ = parts(shown(signed_in(jordan)))
    line = "365 days before your expiration date: March 14, 2026. Only if you have less than 1.0 CEU by then"
    assert line in optional


def test_the_reminders_page_shows_the_dates_of_the_trainers_own_cycle(signed_in, jordan, stranger, clock_at):
    clock_at("2026-06-01")
    optional, _ = parts(shown(signed_in(stranger)))
    assert "90 days before your expiration date: April 1, 2027" in optional
    assert "December 14, 2026" not in optional


def test_the_reminders_page_without_a_credential_shows_no_dates(signed_in, db, clock_at):
    clock_at("2026-06-01")
    optional, always = parts(shown(signed_in(factories.TrainerFactory())))
    assert "90 days before your expiration date" in optional
    assert "On your expiration date" in always
    assert "202" not in optional + always
    assert "your own calendar" not in always


def test_the_reminders_page_of_a_suspended_trainer_shows_no_dates(signed_in, jordan, lead, clock_at):
    at = clock_at("2026-06-01")
    suspend_credential(jordan.credentials.get(), reason="Under review.", on=at.date(), by=lead, at=at)
    page = shown(signed_in(jordan))
    assert "Your certification is not active" in page
    assert "December 14, 2026" not in page


def test_switching_optional_reminders_off_and_on_writes_history(signed_in, jordan, stranger):
    client = signed_in(jordan)
    assert 'id="id_wants_reminders" checked' in shown(client)
    answer = client.post(ADDRESS, {}, follow=True)
    assert "We send you no optional reminders any more." in answer.content.decode()
    jordan.refresh_from_db()
    assert jordan.wants_reminders is False
    assert 'id="id_wants_reminders" checked' not in shown(client)
    client.post(ADDRESS, {"wants_reminders": "on"})
    jordan.refresh_from_db()
    stranger.refresh_from_db()
    assert (jordan.wants_reminders, stranger.wants_reminders) == (True, True)
    told = HistoryEntry.objects.filter(trainer=jordan).order_by("pk").values_list("verb", "by", "detail")
    assert list(told) == [
        ("reminders_off", jordan.pk, {"wants_reminders": [True, False]}),
        ("reminders_on", jordan.pk, {"wants_reminders": [False, True]}),
    ]


def test_saving_an_unchanged_reminder_choice_writes_no_history(jordan):
    assert set_wishes(jordan, wants_reminders=True, by=jordan, at=NOON).wants_reminders is True
    assert not HistoryEntry.objects.filter(trainer=jordan).exists()


def test_a_visitor_is_redirected_to_sign_in_and_changes_nothing(client, jordan):
    assert client.get(ADDRESS)["Location"].startswith("/account/login/")
    assert client.post(ADDRESS, {})["Location"].startswith("/account/login/")
    jordan.refresh_from_db()
    assert jordan.wants_reminders is True


def test_account_and_messages_pages_link_to_the_reminders_page(signed_in, jordan):
    client = signed_in(jordan)
    for address in ("/account/", "/messages/"):
        assert f'href="{ADDRESS}"' in client.get(address).content.decode()


@pytest.fixture
def unreachable(jordan):
    jordan.mail_trouble_at = NOON
    jordan.mail_trouble = "550 5.1.1 <jordan@example.org> has moved"
    jordan.save()
    return jordan


def test_the_reminders_page_reports_bounced_mail_with_the_servers_reply(signed_in, unreachable):
    page = shown(signed_in(unreachable))
    assert "Our last mail to jordan@example.org came back on" in page
    assert "March 2, 2027 at 12:00 pm" in page
    assert "550 5.1.1 &lt;jordan@example.org&gt; has moved" in page
    assert 'href="/account/email/"' in page


def test_home_reports_bounced_mail_in_a_banner_without_another_query(
    signed_in, jordan, stranger, clock_at, django_assert_max_num_queries
):
    clock_at("2027-03-02")
    client = signed_in(jordan)
    with django_assert_max_num_queries(50) as before:
        assert "came back" not in client.get("/home/").content.decode()
    jordan.mail_trouble_at = NOON
    jordan.save()
    with django_assert_max_num_queries(len(before)):
        page = client.get("/home/").content.decode()
    assert "Our last mail to jordan@example.org came back." in page
    assert page.count('class="banner') == 1
    assert "came back" not in signed_in(stranger).get("/home/").content.decode()


def test_one_banner_on_home_reports_both_an_ended_renewal_and_bounced_mail(signed_in, unreachable, clock_at):
    factories.everything_met(unreachable)
    application = scenes.submit(unreachable, "2027-03-02")
    lapse_application(application, at=scenes.moment("2027-03-10"))
    clock_at("2027-03-10")
    page = signed_in(unreachable).get("/home/").content.decode()
    assert page.count('class="banner') == 1
    assert "was not paid through March 9, 2027 and has ended" in page
    assert "came back" in page


def test_the_bounced_mail_banner_on_home_disappears_once_mail_is_delivered(unreachable):
    assert home_on("2027-03-02", unreachable).mail_comes_back
    unreachable.mail_trouble_at = None
    unreachable.save()
    assert home_on("2027-03-03", unreachable).mail_comes_back == ""


def test_the_reminders_page_uses_six_queries(signed_in, jordan, clock_at, django_assert_num_queries):
    clock_at("2026-06-01")
    client = signed_in(jordan)
    with django_assert_num_queries(
        6
    ):  # session, account, credential, cycle, its later last day, new messages
        client.get(ADDRESS)
