"""What is computed once for many people is the same as what is computed for each of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.answers import standing_as_dict
from rules.facts import (
    NO_CIRCUMSTANCES,
    NO_DETAILS,
    Circumstances,
    CycleExtension,
    DuePaid,
    Facts,
    RecordDetails,
    RecordFact,
    Waiver,
)
from rules.kept import Kept
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


def test_a_fee_for_each_record_is_that_of_each_of_three_people():
    policy = made(
        ADDS.format('"each"'),
        plain=PLAIN.replace('"100.00" }', '"100.00" }, { code = "each", amount = "10.00", per = "record" }'),
    )
    other = replace(EARLY, id="b")
    for _ in range(2):
        assert [total(policy), total(policy, EARLY), total(policy, EARLY, other)] == [100_00, 110_00, 120_00]


def test_a_price_that_asks_about_the_award_is_that_of_each_of_two_people_in_the_same_cycle():
    fee = '"100.00", instead = [{ when = { awarded_from = 2010-06-01 }, amount = "90.00", text = "It is {value}." }] }'
    policy = made(ADDS.format("").replace(", ]", "]"), plain=PLAIN.replace('"100.00" }', fee))
    awards = [date(2010, 5, 30), date(2010, 6, 10), date(2010, 5, 30)]
    found = [assess(Facts(E, date(2024, 7, 1), one), date(2026, 7, 30), policy) for one in awards]
    assert {one.more.number for one in found} == {None}  # none of their cycles ends on E
    assert [one.fees.total_cents for one in found] == [100_00, 90_00, 100_00]


def test_people_with_one_price_list_have_the_status_of_their_own_day():
    policy = load_policy_file(HERE / "bodies" / "cedar-keepers.toml")
    facts = Facts(date(2026, 12, 31), date(2025, 1, 1), received_on=date(2026, 12, 1))
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 1), date(2032, 1, 1), date(2026, 12, 31)]
    found = [assess(facts, day, policy).status for day in days]
    assert found == ["active", "expired", "delinquent", "terminated", "active"]


def test_who_has_an_extension_or_a_waiver_has_a_last_day_and_a_price_of_their_own():
    policy = made(YEARLY + ADDS.format("").replace(", ]", "]"))
    plain = Facts(E, date(2024, 7, 1))
    waived = replace(plain, waivers=(Waiver("renewal", None, "illness"),))
    longer = replace(plain, extensions=(CycleExtension("application", date(2026, 12, 1), "illness"),))
    found = [assess(one, date(2026, 7, 30), policy) for one in (plain, waived, longer, plain)]
    assert [one.fees.total_cents for one in found] == [200_00, 100_00, 200_00, 200_00]
    last_days = [str(one.dates.last_day_to_apply) for one in found]
    assert last_days == ["2026-09-28", "2026-09-28", "2026-12-01", "2026-09-28"]


def test_a_full_memory_forgets_and_computes_again():
    kept: Kept[int] = Kept(2)
    computed: list[int] = []
    for key in (1, 2, 1, 3, 1, 3):
        assert kept.get(key, lambda key=key: computed.append(key) or key * 10) == key * 10
    assert computed == [1, 2, 3, 1]
