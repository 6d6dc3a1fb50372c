"""Staff take an entry, or its city, off the public directory; the trainer reads why, and enters again only
once staff allow it.
"""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import Refusal
from core.models import HistoryEntry
from employers.models import Listing
from employers.services import empty_listed_city, reinstate_listing, take_off_listing
from employers.services.listing import list_trainer
from outbox.models import Notice
from tests.cast import colleague
from tests.employers.scenes import AT, listed
from tests.factories import CycleFactory
from tests.merging.scenes import merged, older_account
from tests.reading import text_of

pytestmark = pytest.mark.django_db
PAGE, MINE = "/directory/", "/account/sharing/directory/"
WHY = "Your city is an address of a website."
DOING = (take_off_listing, empty_listed_city, reinstate_listing)


@pytest.fixture(autouse=True)
def _today(clock_at) -> None:
    clock_at("2027-03-02 12:00")


def names(client) -> list[str]:
    return [one.name for one in client.get(PAGE).context["entries"]]


def act(browser, listing: Listing, name: str, **answers: str):
    return browser.post(reverse(f"admin:employers_listing_{name}", args=[listing.pk]), answers)


def test_a_registrar_sees_the_mail_first_then_the_entry_is_gone_with_its_reason_in_the_history(
    jordan, registrar, signed_in, client
):
    entry, desk = listed(jordan, "buy-pills.example"), signed_in(registrar)
    shown = text_of(act(desk, entry, "take-off", words=WHY))
    assert "You are not in the directory any more" in shown
    assert names(client) == ["Jordan Rivera"]
    act(desk, entry, "take-off", words=WHY, confirmed="yes")
    entry.refresh_from_db()
    assert (entry.state, names(client)) == ("removed", [])
    told = HistoryEntry.objects.get(verb="taken off")
    assert (told.trainer, told.by, told.reason) == (jordan, registrar, WHY)
    assert Notice.objects.get(kind="employers.entry").trainer == jordan
    act(desk, entry, "take-off", words=WHY, confirmed="yes")
    assert Notice.objects.filter(kind="employers.entry").count() == 1


def test_whoever_was_taken_off_makes_no_new_entry_until_staff_allow_it(jordan, registrar, signed_in, client):
    take_off_listing(listed(jordan), by=registrar, at=AT, words=WHY)
    browser = signed_in(jordan)
    assert "We took your entry off. You are not in it." in text_of(browser.get("/account/sharing/"))
    assert "write to us" in text_of(browser.get(MINE))
    refused = browser.post(MINE, {"city": "Mesa"})
    assert (refused.status_code, names(client)) == (422, [])
    assert "We took your entry off." in text_of(refused)
    reinstate_listing(Listing.objects.get(), by=registrar, at=AT, words="Thank you.")
    assert browser.post(MINE, {"city": "Mesa"}).status_code == 302
    assert (names(client), Listing.objects.count()) == (["Jordan Rivera"], 2)
    assert {one.payload["what"] for one in Notice.objects.filter(kind="employers.entry")} == {
        "removed",
        "left",
    }


def test_the_city_alone_is_emptied_and_another_one_can_be_written(jordan, registrar, signed_in, client):
    entry = listed(jordan, "buy-pills.example")
    act(signed_in(registrar), entry, "empty-city", words=WHY, confirmed="yes")
    entry.refresh_from_db()
    assert (entry.city, entry.city_key, entry.state, entry.topics.count()) == ("", "", "listed", 1)
    assert "buy-pills" not in client.get(PAGE).content.decode()
    assert HistoryEntry.objects.get(verb="city emptied").reason == WHY
    with pytest.raises(Refusal, match="This entry has no city"):
        empty_listed_city(entry, by=registrar, at=AT, words=WHY)
    signed_in(jordan).post(MINE, {"city": "Mesa"})
    assert Listing.objects.get().city == "Mesa"


@pytest.mark.parametrize("do", DOING)
@pytest.mark.parametrize("who", ["reviewer", "finance", "read_only", "stranger"])
def test_nobody_but_registrars_and_leads_decides_about_an_entry(jordan, stranger, signed_in, who, do):
    entry = listed(jordan)
    by = stranger if who == "stranger" else colleague(who)
    with pytest.raises(Refusal, match="Only a registrar or a lead"):
        do(entry, by=by, at=AT, words=WHY)
    answer = act(signed_in(by), entry, "take-off", words=WHY, confirmed="yes")
    assert answer.status_code in (302, 403, 404)
    assert Listing.objects.get().state == "listed"


def test_nobody_decides_about_their_own_entry(lead, signed_in):
    cycle = CycleFactory(expires_on=date(2028, 3, 14), credential__trainer=lead)
    entry = list_trainer(cycle.credential.trainer, city="Mesa", topics=[], by=lead, at=AT)
    for do in DOING[:2]:
        with pytest.raises(Refusal, match="Somebody else must decide it"):
            do(entry, by=lead, at=AT, words=WHY)


def test_an_entry_that_its_trainer_left_can_be_neither_taken_off_nor_allowed_again(jordan, registrar):
    entry = listed(jordan)
    with pytest.raises(Refusal, match="is in the directory"):
        reinstate_listing(entry, by=registrar, at=AT, words=WHY)
    signed_out = Listing.objects.get()
    list_trainer(jordan, city="", topics=[], by=jordan, at=AT)
    Listing.objects.filter(pk=signed_out.pk).update(state="left", ended_at=AT)
    with pytest.raises(Refusal, match="left"):
        take_off_listing(signed_out, by=registrar, at=AT, words=WHY)


def test_whoever_was_taken_off_is_not_in_the_directory_by_another_account(jordan, registrar, lead, client):
    other = older_account()
    take_off_listing(listed(jordan), by=registrar, at=AT, words=WHY)
    listed(other, "Tempe")
    merged(other, jordan)
    assert names(client) == []
