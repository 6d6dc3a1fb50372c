"""Somebody whom the policy calls inactive: the public, employers and programs read that word, and never that they are
certified, from the first day of the inactive cycle to the first of the one after the way back.
"""

import json

import pytest
from django.test import Client

from api.services import make_key
from core import clock
from employers.models import ApiKey
from employers.services.showing import start_widget
from employers.services.telling import ending_cycles
from renewals.pages.badge_status import positions_set
from renewals.services.badges import make_badge
from tests.employers.scenes import AT, consent, gina, lakeside, listed, signing
from tests.reading import text_of
from tests.renewals import scenes
from tests.resting import DAY, INSIDE, LAST, OVER, WAY_BACK, follow_resting, rest, send_by

pytestmark = pytest.mark.django_db
BOTH = {"number": "11934482", "family_name": "Rivera"}


@pytest.fixture
def resting(jordan, stranger, viewer, follow_body, clock_at, signed_in):
    """Jordan has a badge and a widget, is in the directory and in Lakeside's team, and renewed as inactive."""
    at = clock_at(DAY)
    follow_resting(jordan, follow_body)
    signing(at)
    listed(jordan)
    consent(jordan)
    make_badge(jordan.credentials.get(), by=jordan, at=at)
    start_widget(jordan.credentials.get(), by=jordan, at=at)
    return rest(jordan, signed_in(jordan))


@pytest.fixture
def key(viewer) -> str:
    return make_key(lakeside(), kind=ApiKey, name="Planner", scopes=ApiKey.Scope.values, by=gina(), at=AT)[1]


def seen(jordan, client, signed_in, key: str) -> dict[str, str]:
    """What everybody outside reads today, by where they read it."""
    credential = jordan.credentials.get()
    program = Client(headers={"Authorization": f"Bearer {key}"})
    rows = {"rows": [{"number": "11934482", "family_name": "Rivera"}, {"number": "11934482"}]}
    checks = program.post("/api/v1/certifications/check", rows, content_type="application/json").json()[
        "rows"
    ]
    badge = credential.badge
    return {
        "name": text_of(client.post("/verify/", BOTH)),
        "number": text_of(client.get("/verify/11934482/")),
        "list": text_of(client.post("/verify/list/", {"people": "11934482 Rivera"})),
        "csv": client.post("/verify/list/", {"people": "11934482 Rivera", "csv": "1"})
        .content.decode()
        .partition("\r\n")[2],
        "badge": text_of(client.get(f"/badges/{credential.check_code}/")),
        "bit": str(badge.position in positions_set("suspension", badge.list_number, at=clock.now())),
        "widget": client.get(f"/widgets/{credential.widget.code}.svg").content.decode(),
        "facts": json.dumps(client.get(f"/widgets/{credential.widget.code}.json").json()),
        "directory": str([one.name for one in client.get("/directory/").context["entries"]]),
        "team": text_of(signed_in(gina()).get("/employer/")),
        "program": json.dumps(program.get("/api/v1/team").json()["team"]),
        "check": json.dumps(checks[0]),
        "bare check": json.dumps(checks[1]),
    }


ACTIVE = {
    "name": "Certified through March 14, {year}",
    "number": "In force",
    "list": "1 in force",
    "csv": "In force,Body Trainer,{year}-03-14",
    "badge": "Certified through March 14, {year}",
    "bit": "False",
    "widget": "In force through March 14, {year}",
    "facts": '"state": "in_force", "through": "{year}-03-14", "for_life": false, "status": null',
    "directory": "['Jordan Rivera']",
    "team": "Certified through March 14, {year}",
    "program": '"through": "{year}-03-14", "for_life": false, "not_since": null, "status": null',
    "check": '"state": "in_force"',
    "bare check": '"state": "in_force"',
}
INACTIVE = {
    "name": "Inactive through March 14, 2029",
    "number": "This certification is inactive.",
    "list": "1 inactive",
    "csv": 'Inactive,Body Trainer,,,"Inactive through March 14, 2029',
    "badge": "Inactive through March 14, 2029",
    "bit": "True",
    "widget": "Inactive through March 14, 2029",
    "facts": '"state": "not_in_force", "through": null, "for_life": false, "status": "inactive"',
    "directory": "[]",
    "team": "Inactive Inactive through March 14, 2029",
    "program": '"state": "not_in_force", "through": null, "for_life": false, "not_since": null, '
    '"status": "inactive", "status_through": "2029-03-14"',
    "check": '"status": "inactive", "status_through": "2029-03-14"',
    "bare check": '"status": "inactive", "status_through": null',
}


def lacking(said: dict[str, str], wanted: dict[str, str], year: str = "") -> dict[str, str]:
    return {
        where: said[where]
        for where, words in wanted.items()
        if words.replace("{year}", year) not in said[where]
    }


def test_everybody_reads_certified_before_the_inactive_cycle_and_inactive_in_it(
    resting, jordan, client, signed_in, key, clock_at
):
    assert lacking(seen(jordan, client, signed_in, key), ACTIVE, "2027") == {}
    for day in ("2027-03-15", INSIDE, LAST):
        clock_at(day)
        said = seen(jordan, client, signed_in, key)
        assert lacking(said, INACTIVE) == {}
        assert [
            where for where, words in said.items() if "ertified through" in words or '"in_force"' in words
        ] == []


def test_everybody_reads_inactive_after_the_way_back_until_its_cycle_begins(
    resting, jordan, client, signed_in, key, clock_at
):
    clock_at(WAY_BACK)
    scenes.pay(send_by("back", jordan, signed_in(jordan), WAY_BACK), WAY_BACK)
    assert lacking(seen(jordan, client, signed_in, key), INACTIVE) == {}
    clock_at(OVER)
    assert lacking(seen(jordan, client, signed_in, key), ACTIVE, "2031") == {}


def test_after_the_inactive_cycle_nobody_reads_that_the_holder_was_certified_until_then(
    resting, jordan, client, signed_in, key, clock_at
):
    clock_at(OVER)
    said = seen(jordan, client, signed_in, key)
    assert "Status Not certified Number" in said["name"]
    assert "since March 15, 2029" not in " ".join(said.values())
    assert '"not_since": null' in said["program"]


def test_an_inactive_holder_makes_no_badge_and_employers_hear_of_no_end(
    resting, jordan, client, signed_in, clock_at
):
    policy = jordan.credentials.get().policy
    clock_at("2029-03-01")
    answer = signed_in(jordan).post("/certificate/badge/")
    assert answer.status_code in (302, 422)
    code = jordan.credentials.get().check_code
    assert client.get(f"/badges/{code}.json").headers["Content-Type"].startswith("text/html")
    assert list(ending_cycles(policy, clock.today(policy.time_zone))) == []
