"""The public directory: whoever listed themselves, with what they chose, while they are certified."""

from datetime import date

import pytest

from ceus.models import Topic
from core.errors import Refusal
from employers.models import Listing
from employers.services.listing import list_trainer, withdraw_listing
from tests.employers.scenes import AT, listed
from tests.factories import CycleFactory, everything_met, walk_to
from tests.merging.scenes import merged, older_account
from tests.reading import text_of
from tests.renewals.scenes import renew
from trainers.models import Credential
from trainers.services.erasing import erase_trainer, request_erasure

pytestmark = pytest.mark.django_db
PAGE, MINE = "/directory/", "/account/sharing/directory/"


@pytest.fixture(autouse=True)
def _today(clock_at) -> None:
    clock_at("2027-03-02 12:00")


def names(client, **asked: str) -> list[str]:
    answer = client.get(PAGE, asked)
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    return [one.name for one in answer.context["entries"]]


def test_nobody_is_listed_until_they_list_themselves_and_then_with_what_they_chose(
    jordan, stranger, signed_in, client
):
    assert "Nobody is listed yet" in text_of(client.get(PAGE))
    strength = Topic.objects.create(name="Strength", slug="strength")
    browser = signed_in(jordan)
    browser.post(MINE, {"city": " Mesa, Arizona ", "topics": [strength.slug]})
    shown = text_of(client.get(PAGE))
    assert "Jordan Rivera Mesa, Arizona Certified Personal Trainer Strength" in shown
    for hidden in ("1193", "jordan@example.org", "2027", stranger.name):
        assert hidden not in shown.partition("1 entry")[2].partition("Not everybody")[0]
    browser.post(MINE, {"city": ""})
    assert "Jordan Rivera – Certified Personal Trainer –" in text_of(client.get(PAGE))
    assert Listing.objects.count() == 1


def test_a_trainer_who_leaves_the_directory_is_gone_at_once_and_returns_with_a_new_entry(
    jordan, signed_in, client
):
    listed(jordan)
    browser = signed_in(jordan)
    browser.post(MINE, {"leave": "1"})
    assert names(client) == []
    assert "You are not in it." in text_of(browser.get("/account/sharing/"))
    browser.post(MINE, {"city": "Tempe"})
    assert (names(client), Listing.objects.count()) == (["Jordan Rivera"], 2)


@pytest.mark.parametrize("state", ["suspended", "revoked", "expired"])
def test_whoever_is_not_certified_today_is_not_in_the_directory(jordan, client, clock_at, state):
    listed(jordan)
    assert names(client) == ["Jordan Rivera"]
    if state == "expired":
        assert (clock_at("2027-03-14 12:00"), names(client))[1] == ["Jordan Rivera"]
        clock_at("2027-03-15 12:00")
    else:
        walk_to(jordan.credentials.get(), state, state_on=date(2027, 2, 1))
    assert names(client) == []
    if state == "suspended":
        Credential.objects.filter(trainer=jordan).update(state="in_force", state_on=None)
        assert names(client) == ["Jordan Rivera"]


def test_an_application_in_review_keeps_an_entry_after_the_last_day(jordan, client, clock_at):
    listed(jordan)
    everything_met(jordan)
    renew(jordan, "2027-03-02")
    clock_at("2027-03-20 12:00")
    assert names(client) == ["Jordan Rivera"]


def test_erasing_a_trainer_removes_their_directory_entry_with_city_and_topics(jordan, client, clock_at):
    listed(jordan)
    at = clock_at("2027-03-03 12:00")
    erase_trainer(request_erasure(jordan, by=jordan, at=at), at=at)
    row = Listing.objects.get()
    assert (row.state, row.city, row.city_key, row.topics.count()) == ("left", "", "", 0)
    assert names(client) == []


def test_the_directory_is_searched_by_name_city_and_topic_and_paged(jordan, client):
    listed(jordan, "Mesa, Arizona", "Strength")
    for number in range(26):
        cycle = CycleFactory(expires_on=date(2028, 3, 14), credential__number=f"5000{number:02}")
        listed(cycle.credential.trainer, "St. Louis", "Yoga")
    assert len(names(client)) == 25
    assert len(names(client, page="2")) == 2
    for asked in (
        {"name": "riv"},
        {"city": "mesa ar"},
        {"topic": "strength"},
        {"name": "jor", "city": "MESA"},
    ):
        assert names(client, **asked) == ["Jordan Rivera"]
    assert len(names(client, city="st louis", page="2")) == 1
    assert "Nobody was found" in text_of(client.get(PAGE, {"name": "riv", "city": "st"}))
    answer = client.get(PAGE, {"topic": "nothing"})
    assert (answer.status_code, "Choose a topic from the list." in text_of(answer)) == (422, True)


def test_as_many_queries_show_a_full_page_as_a_short_one(jordan, client, django_assert_max_num_queries):
    for number in range(25):
        cycle = CycleFactory(expires_on=date(2028, 3, 14), credential__number=f"5000{number:02}")
        listed(cycle.credential.trainer, "Mesa", "Yoga")
    with django_assert_max_num_queries(12):
        client.get(PAGE, {"city": "mesa"})


def test_an_entry_is_made_by_its_trainer_alone_with_few_topics_and_a_short_city(jordan, stranger, signed_in):
    topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}") for n in range(7)]
    with pytest.raises(Refusal, match="Only the person whom it is about may do this"):
        list_trainer(jordan, city="", topics=[], by=stranger, at=AT)
    browser = signed_in(jordan)
    for typed, said in (
        ({"topics": [one.slug for one in topics], "city": "Mesa"}, "Choose at most 6 topics."),
        ({"topics": ["x"]}, "Choose topics from the list."),
        ({"city": "x" * 81}, "Use 80 characters or fewer."),
    ):
        answer = browser.post(MINE, typed)
        assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert Listing.objects.count() == 0
    withdraw_listing(jordan, by=jordan, at=AT)


def test_when_two_listed_accounts_become_one_the_entry_of_the_one_that_stays_goes_on(jordan, client):
    older = older_account()
    listed(older, "Tempe")
    listed(jordan, "Mesa")
    merged(older, jordan)
    assert [(one.city, one.state) for one in Listing.objects.order_by("pk")] == [
        ("Tempe", "left"),
        ("Mesa", "listed"),
    ]
    assert set(Listing.objects.values_list("trainer", flat=True)) == {jordan.pk}
    assert names(client) == ["Jordan Rivera"]
