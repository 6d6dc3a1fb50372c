"""What is computed once for many people is the same as what is computed for each of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.answers import standing_as_dict
from rules.facts import (
    NO_CIRCUMSTANCES,
    NO_DETAILS,
    Circumstances,
    DuePaid,
    Facts,
    RecordDetails,
    RecordFact,
)
from rules.policy.load import load_policy_file
from rules.standing import assess
from tests.rules.cases import HERE
from tests.rules.making import PLAIN, made

FILES = sorted((HERE / "bodies").glob("*.toml"))
E = date(2026, 6, 30)
DAYS = [E + timedelta(days=days) for days in (-400, -30, 0, 1, 45, 91, 364, 366)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_price_list_that_is_kept_is_that_of_the_person(path):
    policy = load_policy_file(path)
    kinds = [one.code for one in policy.versions[-1].categories]
    rows = [
        RecordFact(str(number), kind, policy.unit.step * 3000, E - timedelta(days=20 * number - 30))
        for number, kind in enumerate(kinds)
    ]
    for records in ((), tuple(rows[:1]), tuple(rows)):
        for awarded_on in (None, date(2010, 6, 30), date(2024, 6, 30)):
            for day in DAYS:
                facts = Facts(E, date(2024, 7, 1), awarded_on, records=records)
                own = replace(facts, more=Circumstances())  # equal, but not the one of whom nothing is told
                assert standing_as_dict(assess(facts, day, policy)) == standing_as_dict(
                    assess(own, day, policy)
                )


ADDS = 'earning = {{ through = "E + 90 days" }}\ntiers = [{{ code = "on_time", through = "E + 90 days", adds = ["renewal", {}] }}]\n'
YEARLY = (
    'dues = [{ code = "yearly", amount = "50.00", first = "S", every = "1 year", with_renewal = true }]\n'
)


def total(policy, *records: RecordFact, **told) -> int:
    facts = Facts(
        E, date(2024, 7, 1), records=records, more=Circumstances(**told) if told else NO_CIRCUMSTANCES
    )
    return assess(facts, date(2026, 7, 30), policy).fees.total_cents


OWN = RecordFact("a", "education", 2000, date(2026, 7, 1), details=RecordDetails(provider="own"))
EARLY = replace(OWN, completed_on=date(2025, 1, 1), details=NO_DETAILS)


@pytest.mark.parametrize(
    ("when", "totals"),
    [
        ('all_from = ["own"]', [100_00, 110_00, 100_00]),
        ("completed_after_e = true", [100_00, 110_00, 100_00]),
        ("short = true", [110_00, 100_00, 100_00]),
        ('unmet = ["total"]', [110_00, 100_00, 100_00]),
    ],
)
def test_a_price_that_asks_about_records_or_needs_is_that_of_each_of_three_people(when, totals):
    fee = f'"100.00" }}, {{ code = "more", amount = "10.00", when = {{ {when} }} }}'
    policy = made(ADDS.format('"more"'), plain=PLAIN.replace('"100.00" }', fee))
    for _ in range(2):
        assert [total(policy), total(policy, OWN), total(policy, EARLY)] == totals


def test_a_recurring_fee_that_was_paid_is_not_in_the_price_of_who_paid_it():
    policy = made(YEARLY + ADDS.format("").replace(", ]", "]"))
    paid = DuePaid("yearly", date(2024, 7, 1), date(2024, 7, 1))
    assert [total(policy), total(policy, dues=(paid,)), total(policy)] == [200_00, 150_00, 200_00]
