"""Cards that the rules ask to be current: kept with a picture, counted on their days, refused by staff."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ceus.models import HeldCard
from ceus.services import keep_card, refuse_card, remove_card
from ceus.standing import facts_for_all, standing_for
from core.errors import Refusal
from core.models import HistoryEntry
from documents.services import receive_upload
from outbox.models import Notice
from renewals.circumstances import HELD
from rules.facts import CardFact
from tests import factories
from tests.bodies import let_follow
from tests.ceus.scenes import a_day
from tests.documents import good
from tests.payments.scenes import mail_of
from tests.reading import refused_with, text_of
from tests.renewals.scenes import submit
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
TODAY = date(2027, 3, 2)


@pytest.fixture
def cycle(jordan, follow_body, clock_at, storage) -> Cycle:
    """Jordan's cycle under a real body: Adult CPR for everybody, AED in two countries; 2.0 CECs."""
    clock_at("2027-03-02")
    return let_follow(jordan.credentials.get(), follow_body(name="shared-credits"))


def kept(cycle: Cycle, kind: str = "cpr", valid_through: date | None = date(2028, 5, 31)) -> HeldCard:
    return HeldCard.objects.create(
        trainer=cycle.credential.trainer,
        kind=kind,
        valid_from=date(2026, 5, 3),
        valid_through=valid_through,
        document=factories.DocumentFactory(owner=cycle.credential.trainer),
        added_at=NOON,
    )


def unmet(cycle: Cycle, day: date = TODAY) -> set[str]:
    fresh = Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
    return set(standing_for(fresh, today=day).unmet) & {"cpr", "aed"}


def post(browser, **change: Any):
    typed = {"kind": "cpr", **a_day("valid_from", "5/3/2026"), **a_day("valid_through", "5/31/2028")}
    return browser.post(
        "/cards/add/", {**typed, "certificate": SimpleUploadedFile("card.jpg", good.jpeg()), **change}
    )


def test_a_trainer_adds_a_card_on_its_page_and_the_rules_count_it_on_its_days(cycle, signed_in):
    browser = signed_in(cycle.credential.trainer)
    shown = text_of(browser.get("/cards/"))
    assert "Adult CPR must be current on March 2, 2027." in shown
    assert "AED" not in shown
    assert unmet(cycle) == {"cpr"}
    assert post(browser).status_code == 302
    assert "Valid through May 31, 2028" in text_of(browser.get("/cards/"))
    assert unmet(cycle) == set()
    assert unmet(cycle, date(2028, 6, 1)) == {"cpr"}
    assert "Adult CPR is current on March 2, 2027." in text_of(browser.get("/home/"))


def test_which_cards_are_needed_follows_the_country(cycle, jordan):
    jordan.country = "CA"
    jordan.save()
    assert unmet(cycle) == {"cpr", "aed"}
    kept(cycle, "aed", None)
    assert unmet(cycle) == {"cpr"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "yoga"}, "Choose a card of the list."),
        (a_day("valid_from", "3/3/2027"), "Add the card once it is issued."),
        (a_day("valid_from", "1/1/1950"), "Check the year."),
        (a_day("valid_through", "5/2/2026"), "A card ends after it was issued."),
        (a_day("valid_through", "1/1/2199"), "Check the year."),
        ({"certificate": ""}, "Choose a file"),
    ],
)
def test_a_bad_card_is_refused_at_its_field_and_nothing_is_kept(cycle, signed_in, change, sentence):
    answer = post(signed_in(cycle.credential.trainer), **change)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not HeldCard.objects.exists()


def test_the_same_file_sent_twice_is_one_card(cycle, jordan):
    given = {"kind": "cpr", "valid_from": date(2026, 5, 3), "valid_through": None}
    waiting = receive_upload(SimpleUploadedFile("card.jpg", good.jpeg()), owner=jordan, at=NOON)
    for _ in range(2):
        keep_card(cycle.credential, **given, certificate=waiting, by=jordan, at=NOON, today=TODAY)
    assert HeldCard.objects.count() == 1
    assert HistoryEntry.objects.filter(verb="kept").count() == 1


def test_a_trainer_removes_their_card_after_a_question_but_not_while_a_renewal_is_decided(cycle, signed_in):
    card, jordan = kept(cycle), cycle.credential.trainer
    browser, page = signed_in(jordan), f"/cards/{card.pk}/remove/"
    assert "It will count no more." in text_of(browser.get(page))
    factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 3, 2))
    submit(jordan, "2027-03-02")
    refused = browser.post(page)
    assert (refused.status_code, HELD in text_of(refused)) == (422, True)
    assert unmet(cycle) == set()


def test_a_removed_card_counts_no_more_and_its_page_is_gone(cycle, signed_in):
    card, browser = kept(cycle), signed_in(cycle.credential.trainer)
    assert browser.post(f"/cards/{card.pk}/remove/").status_code == 302
    assert unmet(cycle) == {"cpr"}
    assert browser.post(f"/cards/{card.pk}/remove/").status_code == 404
    card.refresh_from_db()
    assert remove_card(card, by=cycle.credential.trainer, at=NOON).state == "removed"


def test_a_stranger_neither_sees_removes_nor_adds(cycle, stranger, signed_in):
    card = kept(cycle)
    let_follow(stranger.credentials.get(), cycle.policy)
    browser = signed_in(stranger)
    assert browser.get(f"/cards/{card.pk}/remove/").status_code == 404
    assert "Valid through" not in text_of(browser.get("/cards/"))
    with refused_with("Only the person whom it is about may do this.", "not_allowed"):
        remove_card(card, by=stranger, at=NOON)


def test_a_lead_refuses_a_card_with_words_that_its_trainer_reads(cycle, lead, signed_in, reviewer):
    card = kept(cycle)
    with pytest.raises(Refusal):
        refuse_card(card, words="Blurred.", by=reviewer, at=NOON)
    with pytest.raises(Refusal):
        refuse_card(card, words=" ", by=lead, at=NOON)
    address = reverse("admin:ceus_heldcard_refuse", args=[card.pk])
    browser = signed_in(lead)
    assert address in browser.get(reverse("admin:ceus_heldcard_change", args=[card.pk])).content.decode()
    assert browser.post(address, {"words": "The name cannot be read."}).status_code == 302
    mail = mail_of(Notice.objects.get(kind="ceus.card_refused", trainer=cycle.credential.trainer))
    assert mail.title == "A card that you added does not count"
    assert "Why: The name cannot be read." in mail.text
    assert unmet(cycle) == {"cpr"}
    assert "We decided: The name cannot be read." in text_of(
        signed_in(cycle.credential.trainer).get("/cards/")
    )
    told = browser.get(reverse("admin:trainers_trainer_change", args=[cycle.credential.trainer_id]))
    assert "does not count" in told.content.decode()


def test_the_cards_of_many_trainers_take_one_query(cycle, stranger, django_assert_num_queries):
    let_follow(stranger.credentials.get(), cycle.policy)
    kept(cycle)
    cycles = list(Cycle.objects.select_related("credential__trainer"))
    with django_assert_num_queries(
        7
    ):  # records, those of several, what counted before, what was granted, cards, renewals, owners
        found = facts_for_all(cycles)
    assert found[cycle.pk].more.cards == (CardFact("cpr", date(2026, 5, 3), date(2028, 5, 31)),)


def test_a_policy_without_such_cards_says_so(jordan, signed_in, clock_at):
    clock_at("2027-03-02")
    browser = signed_in(jordan)
    assert "ask for no cards here" in text_of(browser.get("/cards/"))
    assert browser.get("/cards/add/").url == "/cards/"


def test_a_card_that_our_rules_accept_for_a_shorter_time_ends_then_on_its_page(
    jordan, stranger, signed_in, follow_body, clock_at, storage
):
    clock_at("2027-05-02")
    rules = """
    total = { value = "2" }
    fees = [{ code = "renewal", amount = "99.00" }]
    cards = [{ code = "cpr", label = "CPR", lasts = "1 year" }, { code = "aed", label = "AED", served_by = ["medic"] }]
    """
    cycle = let_follow(jordan.credentials.get(), follow_body(rules))
    kept(cycle)
    kept(cycle, kind="aed")
    browser = signed_in(jordan)
    told = text_of(browser.get("/cards/"))
    accepted = "Valid through May 31, 2028. Our rules accept it through May 2, 2027."
    assert (told.count("Current"), told.count(accepted)) == (2, 1)
    assert unmet(cycle, date(2027, 5, 2)) == set()
    clock_at("2027-05-03")
    told = text_of(browser.get("/cards/"))
    assert (told.count("Current"), told.count("Ended"), told.count(accepted)) == (1, 1, 1)
    assert unmet(cycle, date(2027, 5, 3)) == {"cpr"}
