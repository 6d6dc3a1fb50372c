"""The account page: name, address and time zone."""

import pytest
from allauth.account.models import EmailAddress

from core.models import HistoryEntry
from outbox.models import Notice
from tests.factories import TrainerFactory
from tests.trainers.scenes import ask_for_address, confirm_person, last_code, with_password
from trainers.forms import TimeZoneForm


def test_the_account_page_shows_name_number_address_and_time_zone(signed_in, jordan):
    page = signed_in(jordan).get("/account/").content.decode()
    for words in ("Jordan Rivera", "1193 4482", "jordan@example.org", "Phoenix"):
        assert words in page


def test_changing_the_name_writes_a_row_of_history(signed_in, jordan):
    assert signed_in(jordan).post("/account/name/", {"name": "JORDAN Rivera"})["Location"] == "/account/"
    jordan.refresh_from_db()
    assert jordan.name == "JORDAN Rivera"
    entry = HistoryEntry.objects.get(trainer=jordan, verb="renamed")
    assert (entry.by, entry.detail) == (jordan, {"name": ["Jordan Rivera", "JORDAN Rivera"]})


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("   ", "Enter your name."),
        ("x" * 121, "Use 120 characters or fewer."),
        ("Jor\x00dan", "Take out the hidden characters"),
        ("\u3164", "Write a name of 1 to 120 characters, with letters."),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_and_the_old_name_stays(signed_in, jordan, name, sentence):
    answer = signed_in(jordan).post("/account/name/", {"name": name})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    jordan.refresh_from_db()
    assert jordan.name == "Jordan Rivera"


def test_unknown_fields_in_a_form_change_nothing(signed_in, jordan):
    extra = {
        "is_staff": "1",
        "is_superuser": "1",
        "email": "x@example.org",
        "trainer": "1",
        "status": "active",
    }
    signed_in(jordan).post("/account/name/", {"name": "Jordan Rivera", **extra})
    jordan.refresh_from_db()
    assert (jordan.is_staff, jordan.is_superuser, jordan.email) == (False, False, "jordan@example.org")


def test_changing_the_time_zone_writes_a_row_of_history(signed_in, jordan):
    signed_in(jordan).post("/account/time-zone/", {"time_zone": "America/New_York"})
    jordan.refresh_from_db()
    assert jordan.time_zone == "America/New_York"
    assert HistoryEntry.objects.filter(trainer=jordan, verb="time_zone_changed").count() == 1


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc", "America/Phoenix\x00"])
def test_a_time_zone_that_does_not_exist_is_refused(signed_in, jordan, zone):
    assert signed_in(jordan).post("/account/time-zone/", {"time_zone": zone}).status_code == 422


def test_a_new_email_address_takes_effect_once_its_code_is_entered(client, jordan):
    ask_for_address(confirm_person(client, jordan), "rivera@example.org")
    jordan.refresh_from_db()
    assert jordan.email == "jordan@example.org"
    notice = Notice.objects.get(private=True)
    assert notice.to_address == "rivera@example.org"
    client.post("/account/confirm-email/", {"code": notice.payload["code"]})
    jordan.refresh_from_db()
    assert jordan.email == "rivera@example.org"
    assert [a.email for a in EmailAddress.objects.filter(user=jordan)] == ["rivera@example.org"]
    entry = HistoryEntry.objects.get(trainer=jordan, verb="email_changed")
    assert entry.detail == {"email": ["jordan@example.org", "rivera@example.org"]}


def test_a_change_of_the_email_address_is_mailed_to_the_old_one(client, jordan):
    ask_for_address(confirm_person(client, jordan), "rivera@example.org")
    client.post("/account/confirm-email/", {"code": last_code(jordan)})
    told = Notice.objects.get(private=False)
    assert (told.payload["mail"], told.to_address) == ("email_changed", "jordan@example.org")


def test_changing_the_email_address_requires_confirming_the_identity_first(client, jordan):
    with_password(client, jordan.email)
    asked = ask_for_address(client, "rivera@example.org")
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert not Notice.objects.exists()


def test_a_wrong_password_does_not_confirm_the_identity(client, jordan):
    with_password(client, jordan.email)
    assert client.post("/account/reauthenticate/", {"password": "not the password"}).status_code == 422
    asked = ask_for_address(client, "rivera@example.org")
    assert asked["Location"].startswith("/account/reauthenticate/")


def test_an_email_address_of_another_account_gets_the_same_answer_as_a_free_one(client, jordan, stranger):
    confirm_person(client, jordan)
    free = ask_for_address(client, "rivera@example.org")
    shown = client.get("/account/confirm-email/").content.decode()
    taken = ask_for_address(client, "stranger@example.org")
    same = client.get("/account/confirm-email/").content.decode()
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert "stranger@example.org" in same
    assert len(shown) - len("rivera@example.org") == len(same) - len("stranger@example.org")


def test_a_replaced_email_address_can_no_longer_sign_in(client, jordan):
    jordan.email = "rivera@example.org"
    jordan.save()
    assert with_password(client, "jordan@example.org").status_code == 422
    assert with_password(client, "rivera@example.org").status_code == 302


def test_an_email_address_moved_to_another_account_signs_in_to_that_account(client, jordan, stranger):
    jordan.email = "old@example.org"
    jordan.save()
    stranger.email = "jordan@example.org"
    stranger.save()
    with_password(client, "jordan@example.org")
    client.post("/account/confirm-email/", {"code": last_code(stranger)})
    assert "Sam Stranger" in client.get("/account/").content.decode()


def test_the_account_page_without_a_credential_says_so(signed_in, db):
    page = signed_in(TrainerFactory()).get("/account/")
    assert page.status_code == 200
    assert "Certification number" not in page.content.decode()


@pytest.mark.parametrize(
    ("now", "first", "inside", "outside"),
    [
        ("America/Phoenix", "In your country", "America/New_York", "America/Toronto"),
        ("Asia/Tokyo", "In your country", "Asia/Tokyo", "Asia/Seoul"),
        ("UTC", "All time zones", "Asia/Seoul", None),
    ],
)
def test_the_time_zones_of_the_trainers_own_country_come_first(now, first, inside, outside):
    groups = dict(TimeZoneForm(initial={"time_zone": now}).fields["time_zone"].choices)
    assert next(iter(groups)) == first
    names = [name for name, _ in groups[first]]
    assert inside in names
    assert outside not in names
    everything = [name for group in groups.values() for name, _ in group]
    assert len(everything) == len(set(everything)) > 400
