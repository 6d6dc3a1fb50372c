"""The stored windows of cycles follow a version of the rules with other days, and go back with it."""

from datetime import date

import pytest

from rules.policy.load import load_policy
from tests.drafting import LATER_LAST_DAY, TODAY, approve, draft, withdraw
from trainers.invariants import CHECKS
from trainers.models import Cycle
from trainers.roster.cells import RowReader
from trainers.roster.reading import Row
from trainers.services.cycles import cycle_dates
from trainers.tasks import realign_windows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_on_file")]


def last_days() -> dict[str, str]:
    rows = Cycle.objects.order_by("expires_on").values_list("expires_on", "last_day_to_apply")
    return {str(expires_on): str(last_day) for expires_on, last_day in rows}


def faults() -> list[str]:
    return [line for check in CHECKS if check.number == 2 for line in check.find()]


def test_the_windows_of_cycles_move_with_an_approved_version_and_back_when_it_is_withdrawn(
    jordan, stranger, drew
):
    before = last_days()
    assert before == {"2026-06-30": "2027-06-29", "2027-03-14": "2028-03-13", "2027-06-30": "2028-06-29"}
    found = approve(draft(changes=LATER_LAST_DAY))
    assert len(faults()) == 3
    assert (realign_windows(), realign_windows()) == (3, 0)
    assert last_days() == {
        "2026-06-30": "2028-06-29",
        "2027-03-14": "2029-03-13",
        "2027-06-30": "2029-06-29",
    }
    assert faults() == []
    withdraw(found)
    assert realign_windows() == 3
    assert (last_days(), faults()) == (before, [])


def test_a_policy_without_a_file_stops_no_other_cycle(jordan, stranger):
    Cycle.objects.filter(credential__trainer=jordan).update(policy_code="gone")
    approve(draft(changes=LATER_LAST_DAY))
    assert realign_windows() == 1
    assert last_days() == {"2027-03-14": "2028-03-13", "2027-06-30": "2029-06-29"}


def test_a_new_cycle_and_a_row_of_a_roster_have_the_days_of_an_approved_version_at_once(lead):
    asked = date(2021, 6, 30), date(2027, 6, 30)
    cells = {"number": "77", "name": "Kim Ode", "email": "kim@example.org", "time_zone": ""}
    row = Row(2, {**cells, "awarded_on": "2021-06-30", "expires_on": "2027-06-30"})
    reader = RowReader("nasm-cpt", TODAY)
    assert cycle_dates(load_policy("nasm-cpt"), *asked).last_day_to_apply == date(2028, 6, 29)
    assert reader.read(row).last_day_to_apply == date(2028, 6, 29)
    approve(draft(changes=LATER_LAST_DAY))
    assert cycle_dates(load_policy("nasm-cpt"), *asked).last_day_to_apply == date(2029, 6, 29)
    assert reader.read(row).last_day_to_apply == date(2029, 6, 29)
