"""Conditions: each test at its boundary, alone and together; what the facts do not state counts as false."""

from dataclasses import replace
from datetime import date

import pytest

from rules.conditions import Context, condition_holds
from rules.days import CyclePeriod, Offset
from rules.facts import Circumstances, Facts, OtherCredential, RecordDetails, RecordFact
from rules.matching import in_order
from rules.policy.building_blocks import Condition, FactTest
from tests.rules.cases import ask
from tests.rules.making import made

E = date(2026, 6, 30)
PERIOD = CyclePeriod(date(2024, 7, 1), E)
MORE = Circumstances(
    member=True,
    born_on=date(1961, 6, 30),
    country="CA",
    own={"exam": True, "region": "north", "hours": 7, "passed_on": date(2026, 1, 5)},
    also=(OtherCredential("nutrition"),),
)
OWN = RecordFact("a", "education", 100, E, details=RecordDetails(provider="own"))
LATER = replace(OWN, id="b", completed_on=date(2026, 7, 1))
CONTEXT = Context(
    Facts(E, awarded_on=date(2020, 6, 30), more=MORE),
    PERIOD,
    received_on=E,
    number=3,
    path="exam",
    tier="late",
    counted=(OWN,),
    unmet=("total",),
)
UNTOLD = Context(Facts(E), PERIOD, E, None)

SENIOR = made(
    'tiers = [{ code = "on_time", from = "S" }]\n',
    plain='in_force_from = 2000-01-01\ntotal = { value = "20" }\n'
    'fees = [{ code = "renewal", amount = "100.00", instead = [{ when = { age_from = 65 }, amount = "60.00" }] }]\n',
)

ROWS = [
    ("awarded_from", date(2020, 6, 30), date(2020, 7, 1)),
    ("awarded_through", date(2020, 6, 30), date(2020, 6, 29)),
    ("expires_from", E, date(2026, 7, 1)),
    ("expires_through", E, date(2026, 6, 29)),
    ("received_from", E, date(2026, 7, 1)),
    ("received_through", E, date(2026, 6, 29)),
    ("renewal_from", 3, 4),
    ("renewal_through", 3, 2),
    ("age_from", 65, 66),
    ("age_through", 65, 64),
    ("held_years_from", 6, 7),
    ("held_years_through", 6, 5),
    ("months_from", 24, 25),
    ("months_through", 24, 23),
    ("begun_from", 24, 25),
    ("begun_through", 24, 23),
    ("member", True, False),
    ("country", ("US", "CA"), ("US",)),
    ("also_holds", ("nutrition",), ("coach",)),
    ("path", ("exam",), ("credits",)),
    ("tier", ("late",), ("on_time",)),
    ("all_from", ("own", "else"), ("else",)),
    ("completed_after_e", False, True),
    ("unmet", ("total", "law"), ("law",)),
    ("short", True, False),
]

FACT_ROWS = [
    (FactTest("exam", (True,)), FactTest("exam", (False,))),
    (FactTest("region", ("north", "south")), FactTest("region", ("south",))),
    (FactTest("hours", first=7), FactTest("hours", first=8)),
    (FactTest("hours", last=7), FactTest("hours", last=6)),
    (FactTest("passed_on", first=date(2026, 1, 5)), FactTest("passed_on", first=date(2026, 1, 6))),
    (FactTest("passed_on", last=date(2026, 1, 5)), FactTest("passed_on", last=date(2026, 1, 4))),
    (
        FactTest("passed_on", counted_from=Offset("R", -176)),
        FactTest("passed_on", counted_from=Offset("E", -175)),
    ),
    (
        FactTest("passed_on", counted_from=Offset("S", 553), since=False),
        FactTest("passed_on", counted_from=Offset("S", 552), since=False),
    ),
]


@pytest.mark.parametrize(("fitting", "other"), FACT_ROWS)
def test_a_condition_about_a_fact_of_the_policy_holds_at_its_boundary_and_not_beyond_it(fitting, other):
    assert condition_holds(Condition(facts=(fitting,)), CONTEXT)
    assert not condition_holds(Condition(facts=(fitting, other)), CONTEXT)
    assert not condition_holds(Condition(facts=(fitting,)), UNTOLD)


@pytest.mark.parametrize(("key", "fitting", "other"), ROWS)
def test_each_part_of_a_condition_holds_at_its_boundary_and_not_beyond_it(key, fitting, other):
    assert condition_holds(Condition(((key, fitting),)), CONTEXT)
    assert not condition_holds(Condition(((key, other),)), CONTEXT)
    assert condition_holds(Condition(none_of=Condition(((key, other),))), CONTEXT)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (key, value)
        for key, value, _ in ROWS
        if key.partition("_")[0] not in ("received", "expires", "months", "begun", "completed")
    ],
)
def test_a_condition_about_something_that_the_facts_do_not_state_does_not_hold(key, value):
    assert not condition_holds(Condition(((key, value),)), UNTOLD)


def test_a_condition_requires_all_its_parts_and_one_of_those_under_any():
    old, young = Condition((("age_from", 65),)), Condition((("age_through", 17),))
    assert condition_holds(None, UNTOLD)
    assert condition_holds(Condition((("age_from", 65), ("member", True))), CONTEXT)
    assert not condition_holds(Condition((("age_from", 65), ("member", False))), CONTEXT)
    assert condition_holds(Condition(any_of=(young, old)), CONTEXT)
    assert not condition_holds(Condition(any_of=(young, Condition((("country", ("US",)),)))), CONTEXT)


def test_the_condition_all_from_a_provider_does_not_hold_without_a_counted_record():
    assert not condition_holds(Condition((("all_from", ("own",)),)), replace(CONTEXT, counted=()))
    assert condition_holds(Condition((("completed_after_e", True),)), replace(CONTEXT, counted=(OWN, LATER)))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (6, 7, True),
        (7, 7, True),
        (8, 7, False),
        (E, date(2026, 7, 1), True),
        (E, E, True),
        (E, date(2026, 6, 29), False),
        (None, 7, False),
        (7, None, False),
        (7, E, False),
        ("a", "b", False),
    ],
)
def test_two_days_or_two_numbers_are_in_order_and_nothing_else_is(first, last, expected):
    assert in_order(first, last) is expected


@pytest.mark.parametrize(
    ("born_on", "received_on", "price"),
    [("1961-06-30", "2026-06-29", "100.00"), ("1961-06-30", "2026-06-30", "60.00"),
     ("1960-02-29", "2025-02-27", "100.00"), ("1960-02-29", "2025-02-28", "60.00"), (None, "2026-06-30", "100.00")],
)  # fmt: skip
def test_a_price_for_people_of_65_applies_from_the_65th_birthday_on(born_on, received_on, price):
    question = {
        "as_of": received_on,
        "cycle": {"expires_on": "2026-06-30"},
        "records": [],
        "born_on": born_on,
    }
    assert ask(question, SENIOR)["fees"]["total"] == price
