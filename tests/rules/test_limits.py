"""Limits, against an oracle that counts record by record and unit by unit, and asks each cap before each unit."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.facts import Facts, RecordDetails, RecordFact
from rules.standing import assess
from tests.rules.cases import ask, at
from tests.rules.making import PLAIN, made

S, E = date(2024, 7, 1), date(2026, 6, 30)
UNIT = 'unit = { singular = "hour", plural = "hours", digits = 0, step = "1" }\n'
LISTS = 'topics = ["law", "safety"]\nformats = ["live", "online"]\nproviders = ["own", "else"]\n'
POLICY = made(
    LISTS
    + """
categories = [{ code = "education", maximum = { value = "25" } }, { code = "teaching" }]
limits = [
    { code = "online", over = { formats = ["online"] }, maximum = { value = "6" } },
    { code = "outside", over = { outside = ["own"] }, maximum = { value = "9" } },
    { code = "taught", over = { categories = ["teaching"] }, counts = "records", maximum = { value = 2 } },
    { code = "yearly", over = { categories = ["teaching"] }, per = "year", maximum = { value = "5" } },
    { code = "each", over = { formats = ["online"] }, per = "item", minimum = { value = "2" }, maximum = { value = "4" } },
    { code = "live_law", over = { topics = ["law"], formats = ["live"] }, minimum = { value = "3" } },
    { code = "each_year", per = "year", minimum = { value = "5" } },
    { code = "safety_records", over = { topics = ["safety"] }, counts = "records", minimum = { value = 2 } },
]
""",
    head=UNIT,
)
records = st.builds(
    RecordFact,
    id=st.uuids().map(str),
    category=st.sampled_from(["education", "teaching"]),
    ceus=st.integers(1, 12),
    completed_on=st.dates(S, E),
    details=st.builds(
        RecordDetails,
        provider=st.sampled_from(["own", "else", ""]),
        topics=st.sampled_from([(), ("law",), ("safety",), ("law", "safety")]),
        format=st.sampled_from(["live", "online", ""]),
    ),
)
record_lists = st.lists(records, max_size=7, unique_by=lambda record: record.id)


def counted_by_hand(found: list[RecordFact]) -> dict[str, int]:
    """How much of each record counts: one hour after the other, while no cap is full."""
    counted: dict[str, int] = {}
    taught = 0
    kept = sorted(found, key=lambda one: (one.completed_on, one.id))
    for record in kept:
        counted[record.id] = 0
        online, teaching = record.details.format == "online", record.category == "teaching"
        if (online and record.ceus < 2) or (teaching and taught == 2):
            continue
        second = record.completed_on >= date(2025, 7, 1)
        for _ in range(record.ceus):
            before = [(one, counted.get(one.id, 0)) for one in kept]
            full = [
                online
                and (
                    total(before, lambda one: one.details.format == "online") == 6 or counted[record.id] == 4
                ),
                record.details.provider != "own"
                and total(before, lambda one: one.details.provider != "own") == 9,
                teaching and total(before, lambda one, late=second: in_year(one, late)) == 5,
                not teaching and total(before, lambda one: one.category == "education") == 25,
            ]
            if any(full):
                break
            counted[record.id] += 1
        taught += teaching and counted[record.id] > 0
    return counted


def in_year(record: RecordFact, second: bool) -> bool:
    return record.category == "teaching" and (record.completed_on >= date(2025, 7, 1)) == second


def total(before, chosen) -> int:
    return sum(amount for one, amount in before if chosen(one))


@settings(deadline=None)
@given(record_lists)
def test_several_limits_together_count_the_same_as_counting_the_records_hour_by_hour(found):
    standing = assess(Facts(E, S, records=tuple(found)), E, POLICY)
    expected = counted_by_hand(found)
    assert {one.id: one.counted for one in standing.records} == expected
    assert standing.total.counted == sum(expected.values())
    law = sum(
        expected[one.id] for one in found if "law" in one.details.topics and one.details.format == "live"
    )
    assert standing.requirement("live_law").counted == law
    for year, late in (("each_year_1", False), ("each_year_2", True)):
        days = [one for one in found if (one.completed_on >= date(2025, 7, 1)) == late]
        assert standing.requirement(year).counted == sum(expected[one.id] for one in days)
    safe = [one for one in found if "safety" in one.details.topics and expected[one.id]]
    assert standing.requirement("safety_records").counted == len(safe)


@settings(deadline=None)
@given(record_lists, st.integers(0, 60))
def test_the_records_claimed_under_several_limits_meet_every_requirement_that_all_records_meet(found, days):
    moved = [replace(one, completed_on=one.completed_on.replace(year=2026, month=7)) if number % 3 == days % 3 else one
             for number, one in enumerate(found)]  # fmt: skip
    policy = made('earning = { through = "E + 90 days" }\n' + LIMITS, head=UNIT)
    standing = assess(Facts(E, S, records=tuple(moved)), date(2026, 6, 30), policy)
    claimed = tuple(one for one in moved if one.id in standing.claims)
    again = assess(Facts(E, S, records=claimed), date(2026, 6, 30), policy)
    assert again.unmet == standing.unmet
    assert all(one.counted for one in again.records)


LIMITS = (
    LISTS
    + """
categories = [{ code = "education" }, { code = "teaching" }]
limits = [
    { code = "live_law", over = { topics = ["law"], formats = ["live"] }, minimum = { value = "3" } },
    { code = "safety_records", over = { topics = ["safety"] }, counts = "records", minimum = { value = 2 } },
]
tiers = [{ code = "late", after = "E", through = "E + 90 days" }]
"""
)


@pytest.mark.parametrize(
    ("reason", "said", "change"),
    [
        ("limit", "4 of 7 hours count, because A seminar counts 4 hours at most each time.", {"ceus": "7"}),
        ("too_small", "This does not count, because A seminar counts from 2 hours.", {"ceus": "1"}),
        ("late_report", "This was reported after March 2, 2025, the last day for it.", {"reported_on": "2025-03-03"}),
        ("used_elsewhere", "This already counted for other.", {"used_by": ["other"]}),
        ("taken_before", "You took the same course before.", {"taken_before": True}),
        (None, "You have 4 of 20 hours. You need 16 more.", {"ceus": "4", "reported_on": "2025-03-02"}),
    ],
)  # fmt: skip
def test_the_reason_why_a_record_does_not_count_in_full_is_the_sentence_of_the_policy(reason, said, change):
    policy = made(
        'limits = [{ code = "each", label = "A seminar", per = "item", minimum = { value = "2" }, maximum = { value = "4" } }]\n'
        'reporting = { days = 30 }\nseveral = { credits = "separate" }\nrepeats = { count = "never" }\n',
        head=UNIT,
    )
    record = {"id": "a", "category": "education", "ceus": "3", "completed_on": "2025-01-31", **change}
    answer = ask({"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": [record]}, policy)
    assert answer["records"][0]["reason"] == reason
    assert answer["explanations"][-1] == {"clause": "page", "text": said}


@pytest.mark.parametrize(("received_on", "required"), [("2026-06-30", "20"), ("2026-07-01", "25"), ("2027-06-30", "25"), ("2027-07-01", "30")])  # fmt: skip
def test_the_required_total_grows_with_each_year_that_began_after_expiration(received_on, required):
    policy = made(
        'tiers = [{ code = "late", after = "E", through = "E + 3 years" }]\n',
        plain=PLAIN.replace(
            'total = { value = "20" }',
            'total = { value = "20", instead = [{ when = { tier = ["late"] }, value = "20", each_year = "5" }] }',
        ),
    )
    answer = ask({"as_of": received_on, "cycle": {"expires_on": "2026-06-30"}, "records": []}, policy)
    assert answer["requirements"][0]["required"] == required


@pytest.mark.parametrize(
    ("minimum", "counts", "needed"),
    [
        ('percent = "50", each_year = "5"', "amount", ["10", "15", "20"]),
        ('value = "7", each_year = "5"', "amount", ["7", "12", "17"]),
        ("value = 2, each_year = 1", "records", ["2", "3", "4"]),
        ("value = 1, each_year = 0", "topics", ["1", "1", "1"]),
    ],
)
def test_a_minimum_of_amounts_of_a_share_or_of_records_grows_with_each_year_after_expiration(
    minimum, counts, needed
):
    policy = made(
        'tiers = [{ code = "late", after = "E", through = "E + 3 years" }]\n'
        f'limits = [{{ code = "least", counts = "{counts}", minimum = {{ {minimum} }} }}]\n'
    )
    for day, expected in zip(("2026-06-30", "2027-06-30", "2027-07-01"), needed, strict=True):
        answer = ask({"as_of": day, "cycle": {"expires_on": "2026-06-30"}, "records": []}, policy)
        assert at(answer, "requirements.least.required") == expected, day


def test_a_policy_without_a_credit_requirement_is_met_without_records():
    policy = made("", plain=PLAIN.replace('value = "20"', "none = true"))
    answer = ask({"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}, policy)
    assert (answer["eligible"], answer["requirements"][0]["required"]) == (True, "0")


@pytest.mark.parametrize(("given", "counted"), [("2", "30"), ("0.5", "7"), ("0.06", None)])
def test_another_unit_is_converted_and_rounded_down_to_the_step(given, counted):
    policy = made('conversions = [{ code = "semester_hour", worth = "15" }]\n', head=UNIT)
    record = {
        "id": "a",
        "category": "education",
        "ceus": given,
        "of": "semester_hour",
        "completed_on": "2025-01-31",
    }
    answer = ask({"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": [record]}, policy)
    assert (answer["records"][0]["counted"] if counted else answer["error"]["code"]) == (
        counted or "bad_amount"
    )
