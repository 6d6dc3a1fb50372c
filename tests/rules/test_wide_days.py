"""What changes on a day under a policy with optional sections: the tier, the status and the next cycle."""

import json
from datetime import date

import pytest

from rules.days import FOR_LIFE_THROUGH, CyclePeriod
from rules.policy.offsets import parse_offset
from rules.question import read_question
from rules.standing import assess
from tests.rules.cases import ask
from tests.rules.making import made

LATE = made(
    "tiers = [\n"
    '  { code = "on_time", from = "S", through = "E" },\n'
    '  { code = "late", after = "E", through = "E + 30 days" },\n'
    "]\n",
    plain='in_force_from = 2000-01-01\ntotal = { value = "20", instead = [{ when = { tier = ["late"] }, value = "30" }] }\n'
    'fees = [{ code = "renewal", amount = "100.00" }]\n',
)


@pytest.mark.parametrize(
    ("as_of", "status", "required"),
    [
        ("2026-06-30", "active", "20"),
        ("2026-07-01", "expired", "30"),
        ("2026-07-30", "expired", "30"),
        ("2026-07-31", "terminated", "20"),
    ],
)
def test_a_tier_decides_what_is_required_from_its_first_through_its_last_day(as_of, status, required):
    answer = ask({"as_of": as_of, "cycle": {"expires_on": "2026-06-30"}, "records": []}, LATE)
    assert (answer["status"], answer["requirements"][0]["required"]) == (status, required)


def test_a_renewal_for_life_begins_on_the_day_after_e_and_has_no_last_day():
    life = made('paths = [{ code = "credits" }, { code = "life", credits = false, lifetime = true }]\n')
    question = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
    facts, as_of = read_question(json.dumps(question).encode(), life)
    assert assess(facts, as_of, life).dates.next_cycle == CyclePeriod(date(2026, 7, 1), FOR_LIFE_THROUGH)


def test_the_month_end_of_the_anchor_itself_is_said_as_such():
    end = parse_offset("E + 0 month ends")
    assert end is not None
    assert end.after(date(2026, 6, 15)) == date(2026, 6, 30)
    assert end.words() == "the last day of the month of the expiration date"
