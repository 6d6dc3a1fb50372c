"""Everybody outside meets a person with two certifications: each number, badge and row of a team is its own,
and reports and the journal count each renewal once.

Jordan is certified through March 14, 2027 (1193 4482), and as something else through June 30, 2026 (5512 0007).
"""

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from api.services import make_key
from employers.models import ApiKey
from journal.services import make_journal_key, write_entries
from renewals.services.badges import make_badge
from renewals.services.submission import submit_application
from tests import factories
from tests.badge_structure import is_set
from tests.employers.scenes import AT, consent, gina, lakeside
from tests.reading import text_of
from tests.renewals import scenes
from tests.twice import FIRST, SECOND
from trainers.models import Credential, Cycle
from trainers.services.credentials import suspend_credential

pytestmark = pytest.mark.django_db


def suspend_second(lead, at) -> None:
    second = Credential.objects.get(number=SECOND)
    suspend_credential(second, by=lead, at=at, on=at.date(), reason="Fee went back.")


def renew(number: str, day: str) -> None:
    cycle = Cycle.objects.select_related("credential__trainer").get(credential__number=number)
    asked = {"by": cycle.credential.trainer, "attestation_version": scenes.VERSION}
    scenes.pay(submit_application(cycle, at=scenes.moment(day), **asked), day)


@pytest.fixture
def key(viewer) -> str:
    """A key of Lakeside with every scope."""
    return make_key(lakeside(), kind=ApiKey, name="Planner", scopes=ApiKey.Scope.values, by=gina(), at=AT)[1]


def ask(key: str, path: str, data=None):
    browser = Client(headers={"Authorization": f"Bearer {key}"})
    if data is None:
        return browser.get(f"/api/v1{path}").json()
    return browser.post(f"/api/v1{path}", data, content_type="application/json").json()


def test_each_number_and_code_of_two_is_verified_as_its_own_certification(twice, client, lead, clock_at):
    at = clock_at("2026-06-18")
    days = {FIRST: "Certified through March 14, 2027", SECOND: "Certified through June 30, 2026"}
    for credential in twice.credentials.all():
        asked = {"number": credential.number, "family_name": "Rivera"}
        for page in (client.post("/verify/", asked), client.get(f"/c/{credential.check_code}/")):
            told = text_of(page)
            assert days[credential.number] in told
            assert credential.display_number in told
            assert all(day not in told for number, day in days.items() if number != credential.number)
    suspend_second(lead, at)
    told = text_of(client.post("/verify/list/", {"people": f"{FIRST}\tRivera\n{SECOND}\tRivera"}))
    assert "1 in force, 1 not in force." in told


def test_each_certification_of_two_has_its_own_badge_that_the_other_ones_suspension_leaves(
    twice, client, lead, clock_at, settings
):
    settings.PORTAL_URL = "https://portal.example"
    at = clock_at("2026-06-18")
    found = {}
    for credential in twice.credentials.all():
        make_badge(credential, by=twice, at=at)
        found[credential.number] = json.loads(client.get(f"/badges/{credential.check_code}.json").content)
    numbers = {
        number: [one["identityHash"] for one in badge["credentialSubject"]["identifier"]]
        for number, badge in found.items()
    }
    assert numbers == {number: ["Jordan Rivera", number] for number in (FIRST, SECOND)}
    assert [found[number]["validUntil"][:10] for number in (FIRST, SECOND)] == ["2027-03-15", "2026-07-01"]
    suspend_second(lead, at)
    marked = {
        number: any(
            is_set(
                json.loads(client.get(one["statusListCredential"].removeprefix("https://portal.example")).content),
                one["statusListIndex"],
            )
            for one in badge["credentialStatus"]
        )
        for number, badge in found.items()
    }  # fmt: skip
    assert marked == {FIRST: False, SECOND: True}


def test_a_team_shows_both_certifications_on_its_page_in_its_csv_file_and_in_the_api(
    twice, stranger, viewer, key, signed_in, lead, clock_at
):
    at = clock_at("2026-06-18")
    consent(twice)
    suspend_second(lead, at)
    gym = signed_in(viewer)
    told = text_of(gym.get("/employer/"))
    assert told.count("Jordan Rivera") == 2
    assert "In force Certified through March 14, 2027" in told
    assert "Not in force Not certified since June 18, 2026" in told
    content = b"".join(gym.get("/employer/team.csv")).decode("utf-8-sig")
    rows = {(row["State"], row["Certified through"]) for row in csv.DictReader(StringIO(content))}
    assert rows == {("In force", "2027-03-14"), ("Not in force", "")}
    team = ask(key, "/team")["team"]
    assert [(one["state"], one["through"]) for one in team] == [
        ("in_force", "2027-03-14"),
        ("not_in_force", None),
    ]
    assert len({one["id"] for one in team}) == 2
    assert stranger.name not in told + content + str(team)


def test_a_program_checks_each_number_of_two_with_its_own_days(twice, key, clock_at):
    clock_at("2026-06-18")
    asked = [{"number": number, "family_name": "Rivera"} for number in (SECOND, FIRST)]
    rows = ask(key, "/certifications/check", {"rows": asked})["rows"]
    assert [(one["number"], one["through"]) for one in rows] == [
        (SECOND, "2026-06-30"),
        (FIRST, "2027-03-14"),
    ]


def test_reports_and_the_journal_count_the_renewals_of_both_once_each(
    twice, lead, finance, signed_in, clock_at
):
    clock_at("2026-06-18")
    second = Credential.objects.get(number=SECOND)
    factories.CeuRecordFactory(credential=second, hundredths=190)
    factories.CardFactory(credential=second)
    renew(SECOND, "2026-06-16")
    clock_at("2027-03-01")
    renew(FIRST, "2027-02-26")
    for week, taken in (("2026-06-15..2026-06-21", "$99.00"), ("2027-02-22..2027-02-28", "$99.00")):
        report = signed_in(lead).get(f"/staff/reports/?days={week}").context["report"]
        figures = {one.label: one.value for one in report.figures}
        assert (figures["Renewed"], figures["Taken"]) == ("1", taken)
    key = make_journal_key("Books", by=finance, at=scenes.moment("2027-03-01"))[1]
    write_entries(at=scenes.moment("2027-03-01"))
    page = Client().get("/api/journal/entries", {"limit": 100}, headers={"Authorization": f"Bearer {key}"})
    approved = [one for one in page.json()["entries"] if one["kind"] == "approved"]
    assert [(one["certification"], one["cycle_expires_on"]) for one in approved] == [
        (SECOND, "2026-06-30"),
        (FIRST, "2027-03-14"),
    ]
