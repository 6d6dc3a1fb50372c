"""The link that switches optional reminders off: no sign-in, one click, and only a click (RFC 8058)."""

import pytest
from django.core import signing
from django.test import Client

from core.models import HistoryEntry
from trainers.models import Trainer
from trainers.unsubscribing import masked_address, token_for, trainer_of

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(jordan) -> str:
    return f"/reminders/stop/{token_for(jordan)}/"


def wants(trainer: Trainer) -> bool:
    return Trainer.objects.get(pk=trainer.pk).wants_reminders


def test_opening_the_unsubscribe_link_changes_nothing(client, jordan, link):
    for _ in range(2):
        answer = client.get(link)
        assert answer.status_code == 200
        assert "Stop optional reminders" in answer.content.decode()
    assert client.head(link).status_code == 200
    assert wants(jordan) is True
    assert not HistoryEntry.objects.exists()


def test_a_mail_program_can_switch_reminders_off_with_one_post_without_a_cookie(jordan, stranger, link):
    answer = Client(enforce_csrf_checks=True).post(link, ONE_CLICK)
    assert answer.status_code == 200
    assert (wants(jordan), wants(stranger)) == (False, True)
    entry = HistoryEntry.objects.get(trainer=jordan)
    assert (entry.verb, entry.by, entry.reason) == ("reminders_off", None, "By the link in a reminder")


def test_a_one_click_unsubscribe_post_may_be_urlencoded(jordan, link):
    answer = Client(enforce_csrf_checks=True).post(
        link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert wants(jordan) is False


def test_the_button_on_the_unsubscribe_page_switches_reminders_off_and_says_so(jordan, link):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(link).content.decode()
    assert '<button class="button" name="List-Unsubscribe" value="One-Click">' in page
    said = browser.post(link, ONE_CLICK).content.decode()
    assert "Optional reminders are off" in said
    assert "Stop optional reminders" not in said
    assert "You still hear about your rights, your money and last days." in said


def test_unsubscribing_twice_gets_the_same_answer_and_writes_one_history_row(client, jordan, link):
    first, second = client.post(link, ONE_CLICK), client.post(link, ONE_CLICK)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert HistoryEntry.objects.filter(trainer=jordan).count() == 1
    assert "Optional reminders are off" in client.get(link).content.decode()


def test_the_unsubscribe_page_offers_a_signed_in_trainer_to_switch_reminders_on_again(
    signed_in, jordan, stranger, link
):
    said = signed_in(jordan).post(link, ONE_CLICK).content.decode()
    assert '<a href="/account/reminders/">Send them again</a>' in said
    assert "Send them again" not in signed_in(stranger).get(link).content.decode()
    assert "Sign in and choose your reminders" in Client().get(link).content.decode()


def test_the_unsubscribe_page_shows_only_a_masked_address(client, link):
    for page in (client.get(link).content.decode(), client.post(link, ONE_CLICK).content.decode()):
        assert "j…@example.org" in page
        assert "jordan" not in page.lower()
        assert "Rivera" not in page
        assert "11934482" not in page
    assert client.get(link)["Cache-Control"] == "private, no-store"


def test_forged_and_malformed_unsubscribe_links_get_the_same_answer(client, jordan):
    good = token_for(jordan)
    answers = {
        (answer.status_code, answer.content)
        for token in (
            "x",
            good[:-1] + ("A" if good[-1] != "A" else "B"),
            signing.dumps(jordan.pk, salt="something.else"),
            signing.dumps(10**15, salt="trainers.unsubscribe"),
            signing.dumps(10**30, salt="trainers.unsubscribe"),
            str(jordan.pk),
        )
        for answer in (client.get(f"/reminders/stop/{token}/"), client.post(f"/reminders/stop/{token}/"))
    }
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
    assert wants(jordan) is True


def test_the_unsubscribe_link_in_an_old_mail_still_works(jordan, clock_at):
    token = token_for(jordan)
    clock_at("2037-01-01")
    assert trainer_of(token) == jordan


@pytest.mark.parametrize(
    ("email", "shown"),
    [("jordan@example.org", "j…@example.org"), ("j@example.org", "j…@example.org"), ("", "…@")],
)
def test_a_masked_email_address_shows_only_its_first_letter(email, shown):
    assert masked_address(email) == shown
