"""A policy whose cycles end by the day of birth: pages, grants and rosters need it, and say so."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories import TrainerFactory
from tests.reading import refused_with
from trainers.models import Cycle
from trainers.roster.cells import NO_BIRTHDAYS, RowReader
from trainers.roster.reading import Row
from trainers.services.credentials import grant_credential
from trainers.services.cycles import open_next_cycle
from trainers.services.facts import NEEDED, set_facts

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
BIRTHDAY = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
cycle = { ends = "birthday", text = "A cycle ends on your birthday." }
"""
GIVEN = {"number": "77", "policy_code": "body", "awarded_on": date(2024, 1, 10), "by": None, "at": NOON}


def test_a_credential_is_granted_and_its_cycles_follow_the_day_of_birth(follow_body):
    follow_body(BIRTHDAY)
    kim = TrainerFactory(born_on=date(1985, 5, 20))
    granted = grant_credential(kim, cycle_expires_on=date(2026, 5, 20), **GIVEN)
    following = open_next_cycle(Cycle.objects.get(credential=granted), by=None, at=NOON)
    assert (following.starts_on, following.expires_on) == (date(2026, 5, 21), date(2028, 5, 20))


def test_without_a_day_of_birth_a_grant_says_what_is_missing(follow_body):
    follow_body(BIRTHDAY)
    with refused_with("Body Trainer counts from the day of birth. Enter it first.", "no_birthday"):
        grant_credential(TrainerFactory(), cycle_expires_on=date(2026, 5, 20), **GIVEN)


def test_the_day_of_birth_is_corrected_and_never_taken_away_while_cycles_end_by_it(
    follow_body, registrar, stranger
):
    follow_body(BIRTHDAY)
    kim = TrainerFactory(born_on=date(1985, 5, 20))
    granted = grant_credential(kim, cycle_expires_on=date(2026, 5, 20), **GIVEN)
    for said in ({"by": kim}, {"by": registrar, "reason": "On the phone."}):
        with refused_with(NEEDED, "needed"):
            set_facts(granted, answers={"born_on": None}, at=NOON, **said)
    set_facts(granted, answers={"born_on": date(1985, 5, 21)}, by=kim, at=NOON)
    kim.refresh_from_db()
    assert kim.born_on == date(1985, 5, 21)


def test_a_roster_refuses_each_row_of_such_a_policy_with_a_sentence(follow_body):
    follow_body(BIRTHDAY)
    cells = {"number": "77", "name": "Kim Ode", "email": "kim@example.org", "time_zone": ""}
    row = Row(2, {**cells, "awarded_on": "2024-01-10", "expires_on": "2026-05-20"})
    (flaw,) = RowReader("body", date(2026, 3, 2)).read(row)
    assert flaw.sentence == NO_BIRTHDAYS


@pytest.mark.parametrize("path", ["/how-renewal-works/", "/how-renewal-works/all-rules/"])
def test_the_public_pages_show_an_example(follow_body, client, clock_at, path):
    clock_at("2026-03-02")
    follow_body(BIRTHDAY)
    assert client.get(path).status_code == 200
