"""What an employer sees of its team: name, certification, state and days of whoever consents."""

import csv
from datetime import date
from io import StringIO

import pytest

from employers.services.consenting import end_consent
from tests.employers.scenes import AT, consent, gina, lakeside
from tests.factories import CycleFactory, trainer_with_credential
from tests.reading import text_of
from trainers.models import Credential, Trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def gym(viewer, signed_in):
    return signed_in(viewer)


def test_an_employer_without_a_team_reads_how_trainers_get_on_it(gym, employer, jordan):
    told = text_of(gym.get("/employer/"))
    assert "Nobody is on your team yet" in told
    assert "/share/" in told
    assert "Jordan" not in told


def test_an_employer_sees_name_certification_state_and_last_day_and_nothing_else(
    gym, jordan, stranger, clock_at
):
    consent(jordan)
    clock_at("2027-01-05")
    told = text_of(gym.get("/employer/"))
    assert "Jordan Rivera Certified Personal Trainer In force Certified through March 14, 2027" in told
    for hidden in ("1193", "jordan@example.org", "Sam"):
        assert hidden not in told


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-02-11", "In force Certified through March 14, 2027"),
        ("2027-02-12", "Ends soon Certified through March 14, 2027"),
        ("2027-03-14", "Ends soon Certified through March 14, 2027"),
        ("2027-03-15", "Not in force Not certified since March 15, 2027"),
    ],
)
def test_the_state_of_a_certification_follows_the_day(gym, jordan, clock_at, day, said):
    consent(jordan)
    clock_at(day)
    assert said in text_of(gym.get("/employer/"))


def test_a_suspension_shows_as_not_in_force_and_not_why(gym, jordan, clock_at):
    consent(jordan)
    Credential.objects.filter(trainer=jordan).update(state="suspended", state_on="2027-01-02")
    clock_at("2027-01-05")
    told = text_of(gym.get("/employer/"))
    assert "Not in force Not certified since January 2, 2027" in told
    assert "uspended" not in told


def test_another_employer_sees_nothing_of_a_team(jordan, viewer, signed_in, clock_at):
    consent(jordan)
    clock_at("2027-01-05")
    other = signed_in(gina(lakeside("Other Gym"), "Otto Other"))
    assert "Jordan" not in text_of(other.get("/employer/"))
    assert "Jordan" not in b"".join(other.get("/employer/team.csv")).decode()


def test_a_trainer_who_ended_the_consent_or_was_erased_is_off_the_list(gym, jordan, stranger, clock_at):
    given = consent(jordan)
    consent(stranger)
    clock_at("2027-01-05")
    Credential.objects.filter(trainer=stranger).update(state="erased")
    end_consent(given, by=jordan, at=AT)
    assert "Nobody is on your team yet" in text_of(gym.get("/employer/"))


def test_the_team_is_found_by_words_of_a_name_and_shown_by_pages(gym, jordan, clock_at):
    consent(jordan)
    for number in range(27):
        days = {"awarded_on": "2025-03-15", "expires_on": "2027-03-14"}
        person = trainer_with_credential(
            number=f"{40_000_000 + number}", name=f"Ann Number{number:02}", **days
        )
        consent(person)
    clock_at("2026-06-02")
    first = text_of(gym.get("/employer/"))
    assert "Page 1 of 2" in first
    assert "Jordan" not in first
    assert "Jordan Rivera" in text_of(gym.get("/employer/?page=2"))
    found = text_of(gym.get("/employer/?q=riv"))
    assert "Jordan Rivera" in found
    assert "Ann" not in found
    nobody = text_of(gym.get("/employer/?q=zz%F0%9F%8F%8B"))
    assert "Nobody of your team has a name that begins like this." in nobody


def test_the_downloaded_file_has_the_whole_team_and_no_cell_is_a_formula(gym, jordan, clock_at):
    consent(jordan)
    Trainer.objects.filter(pk=jordan.pk).update(name="=Jordan")
    clock_at("2027-01-05")
    answer = gym.get("/employer/team.csv")
    rows = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows == [
        ["Name", "Certification", "State", "Certified through", "Not certified since"],
        ["'=Jordan", "Certified Personal Trainer", "In force", "2027-03-14", ""],
    ]


def test_a_page_of_many_ended_certifications_needs_no_more_queries_than_a_page_of_one(
    gym, jordan, clock_at, django_assert_max_num_queries
):
    clock_at("2027-03-20")
    for _ in range(15):
        consent(CycleFactory(expires_on=date(2027, 3, 14)).credential.trainer)
    gym.get("/employer/")
    with django_assert_max_num_queries(12):
        told = text_of(gym.get("/employer/"))
    assert told.count("Not certified since March 15, 2027") == 15


def test_replacing_the_link_asks_first_and_shows_the_new_one(gym, employer, viewer):
    before = text_of(gym.get("/employer/"))
    assert "The link that you gave out works no more." in text_of(gym.get("/employer/link/replace/"))
    assert text_of(gym.get("/employer/")) == before
    for seen in ("", "x", "9" * 1_000, "\x00", "1"):
        answer = gym.post("/employer/link/replace/", {"seen": seen})
        assert answer.status_code == 302
    employer.refresh_from_db()
    assert employer.links_made == 2


def test_an_employers_page_asks_for_a_second_factor(viewer, signed_in):
    answer = signed_in(viewer, second_factor=False).get("/employer/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/2fa/")


def test_the_menu_of_an_employer_has_the_team_and_nothing_of_a_trainer(gym):
    gym.get("/employer/")
    page = gym.get("/employer/").content.decode().split("<main")[0]
    assert '<a href="/employer/" aria-current="page">Your team</a>' in page
    for word in ("My courses", "Renew", "Certificate", "Petitions"):
        assert word not in page
