"""The secret address of the calendar feed: who can read it, how it is made and removed, and its page."""

from datetime import date

from django.core.signing import Signer
from django.test import Client

from renewals.pages.calendar_feed import feed_address
from tests import factories
from tests.renewals.scenes import feed_path
from trainers.models import Trainer
from trainers.services.feed import remove_feed, replace_feed

PAGE = "/account/calendar/"


def test_an_unchanged_calendar_feed_gets_304(jordan, clock_at):
    clock_at("2026-06-01")
    address, browser = feed_path(jordan), Client()
    first = browser.get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-cache"
    clock_at("2026-06-02")
    again = browser.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    factories.CardFactory(credential=jordan.credentials.get(), completed_on=date(2026, 5, 2))
    changed = browser.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_all_invalid_calendar_feed_urls_get_the_same_answer(jordan, stranger, clock_at):
    clock_at("2026-06-01")
    good = feed_path(jordan)
    token = good.removeprefix("/calendar/").removesuffix(".ics")
    nonce = Trainer.objects.get(pk=jordan.pk).feed_nonce
    signer = Signer(salt="renewals.pages.calendar_feed", sep=".")
    wrong = (
        "x",
        f"{jordan.pk}-{nonce}",  # what the database contains
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        Signer(salt="another", sep=".").sign(f"{jordan.pk}-{nonce}"),
        signer.sign(f"{stranger.pk}-{nonce}"),
        signer.sign(f"{stranger.pk}-"),  # the stranger has none, and a nonce of nothing opens nothing
        signer.sign("-"),
    )
    answers = [Client().get(f"/calendar/{one}.ics") for one in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert Client().get(good).status_code == 200


def test_a_replaced_or_removed_calendar_feed_url_stops_working(jordan, clock_at):
    at = clock_at("2026-06-01")
    first = feed_path(jordan)
    assert feed_path(jordan) == first  # asked for again, it stays
    replaced = replace_feed(jordan, by=jordan, at=at)
    second = feed_address(replaced).removeprefix("http://127.0.0.1:8000")
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    remove_feed(jordan, by=jordan, at=at)
    assert Client().get(second).status_code == 404
    verbs = jordan.history.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["feed_made", "feed_replaced", "feed_removed"]
    assert replaced.feed_nonce not in str(list(jordan.history.values()))


def test_a_closed_account_has_no_calendar_feed(jordan, clock_at):
    address = feed_path(jordan)
    Trainer.objects.filter(pk=jordan.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_the_calendar_page_creates_a_feed_url_and_asks_before_removing_it(signed_in, jordan):
    client = signed_in(jordan)
    assert "webcal://" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}remove/")["Location"] == PAGE  # nothing to remove
    assert client.post(PAGE)["Location"] == PAGE
    jordan.refresh_from_db()
    page = client.get(PAGE).content.decode()
    made = feed_address(jordan)
    assert f'value="{made}"' in page
    assert f'href="{made.replace("http://", "webcal://")}"' in page
    nonce = jordan.feed_nonce
    for step, button in (("new-address", "Make a new address"), ("remove", "Remove the address")):
        assert button in client.get(f"{PAGE}{step}/").content.decode()
        jordan.refresh_from_db()
        assert jordan.feed_nonce == nonce  # a look changes nothing
    client.post(f"{PAGE}new-address/")
    jordan.refresh_from_db()
    assert jordan.feed_nonce not in ("", nonce)
    assert "was removed" in client.post(f"{PAGE}remove/", follow=True).content.decode()
    jordan.refresh_from_db()
    assert jordan.feed_nonce == ""


def test_another_trainer_can_neither_see_nor_remove_jordans_calendar_feed(signed_in, jordan, stranger):
    feed_path(jordan)
    client = signed_in(stranger)
    client.post(f"{PAGE}remove/")
    client.post(f"{PAGE}new-address/")
    jordan.refresh_from_db()
    assert Client().get(feed_address(jordan).removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert jordan.feed_nonce not in client.get(PAGE).content.decode()


def test_the_own_data_page_does_not_contain_the_calendar_feed_url(signed_in, jordan):
    feed_path(jordan)
    jordan.refresh_from_db()
    assert jordan.feed_nonce not in signed_in(jordan).get("/account/data/").content.decode()
