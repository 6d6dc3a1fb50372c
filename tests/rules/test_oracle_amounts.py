"""Weights, caps, years, parts of the time and alternatives of made-up bodies, against the independent oracle."""

import json
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.question import read_question
from rules.standing import assess
from tests.rules import oracle_amounts as oracle
from tests.rules.cases import ask
from tests.rules.making import unchecked

KINDS = ["a", "b", "c"]
TIMES = {4: "2", 6: "3", 1: "0.5", 3: "1.5"}
HEAD = 'unit = { singular = "unit", plural = "units", digits = 1, step = "0.5" }\n'
CYCLE = {"starts_on": "2024-01-01", "expires_on": "2026-12-31"}
CATEGORIES = 'cycle = { length = "3 years" }\ncategories = [{ code = "a" }, { code = "b" }, { code = "c" }]\n'

activities = st.lists(
    st.builds(
        oracle.Activity,
        id=st.uuids().map(str),
        kind=st.sampled_from(KINDS),
        units=st.integers(1, 12),
        day=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    ),
    max_size=7,
    unique_by=lambda one: one.id,
)
weights = st.lists(
    st.builds(
        oracle.Weight,
        kind=st.sampled_from(KINDS),
        halves=st.sampled_from(list(TIMES)),
        beyond=st.integers(0, 6),
        first=st.none() | st.integers(1, 8),
        yearly=st.booleans(),
    ),
    max_size=3,
)
caps = st.lists(
    st.builds(
        oracle.Cap,
        kind=st.sampled_from(["", *KINDS]),
        units=st.integers(1, 15),
        yearly=st.booleans(),
        excess=st.sampled_from(["", "next", "later"]),
        excess_most=st.none() | st.integers(1, 6),
    ),
    max_size=3,
)


def weight_row(number: int, one: oracle.Weight) -> str:
    beyond = f', beyond = "{one.beyond}"' if one.beyond else ""
    first = "" if one.first is None else f', first = "{one.first}"'
    per = ', per = "year"' if one.yearly and (beyond or first) else ""
    return f'{{ code = "w{number}", over = {{ categories = ["{one.kind}"] }}, times = "{TIMES[one.halves]}"{beyond}{first}{per} }}'


def excess_keys(excess: str, most: int | None) -> str:
    at_most = f', excess_at_most = "{most}"' if most is not None else ""
    return f', excess = "{excess}"{at_most}' if excess else ""


def cap_row(number: int, one: oracle.Cap) -> str:
    over = f'over = {{ categories = ["{one.kind}"] }}, ' if one.kind else ""
    years = f', per = "year"{excess_keys(one.excess, one.excess_most)}' if one.yearly else ""
    return f'{{ code = "c{number}", {over}maximum = {{ value = "{one.units}" }}{years} }}'


def rows_of(found: list[oracle.Activity]) -> list[dict[str, str]]:
    return [
        {"id": one.id, "category": one.kind, "ceus": str(one.units), "completed_on": str(one.day)}
        for one in found
    ]


def section(key: str, rows: list[str]) -> str:
    return f"{key} = [{', '.join(rows)}]\n" if rows else ""


@settings(deadline=None, max_examples=150)
@given(activities, weights, caps)
def test_what_records_count_with_weights_and_caps_agrees_with_the_oracle(found, weighed, capped):
    version = CATEGORIES + section("weights", [weight_row(*one) for one in enumerate(weighed)])
    version += section("limits", [cap_row(*one) for one in enumerate(capped)])
    answer = ask({"as_of": "2026-12-31", "cycle": CYCLE, "records": rows_of(found)}, unchecked(version, HEAD))
    counted = {one["id"]: int(2 * Fraction(one["counted"])) for one in answer["records"]}
    assert counted == oracle.halves_counted(found, weighed, capped)


@settings(deadline=None, max_examples=100)
@given(activities, st.integers(1, 15), st.sampled_from(["", "next", "later"]), st.none() | st.integers(1, 6))
def test_what_each_year_has_with_what_came_to_it_agrees_with_the_oracle(found, least, excess, most):
    row = f'{{ code = "each", per = "year", minimum = {{ value = "{least}" }}{excess_keys(excess, most)} }}'
    policy = unchecked(CATEGORIES + section("limits", [row]), HEAD)
    answer = ask({"as_of": "2026-12-31", "cycle": CYCLE, "records": rows_of(found)}, policy)
    own = [sum(one.units for one in found if one.day.year == year) for year in (2024, 2025, 2026)]
    expected = oracle.reached_in_years(own, least, excess, most)
    needs = [one for one in answer["requirements"] if one["code"].startswith("each_")]
    assert [int(one["counted"]) for one in needs] == expected
    assert [one["met"] for one in needs] == [amount >= least for amount in expected]


PARTS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
roundings = st.sampled_from(["up", "down", "nearest"])
awards = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def share(awarded_on: date, ends_on: date, counts: str, by: str, usual: int) -> Fraction:
    """The part that a first cycle is of the usual months."""
    if by == "day":
        begins = date(ends_on.year - usual // 12, ends_on.month, ends_on.day)
        return Fraction((ends_on - awarded_on).days + 1, (ends_on - begins).days)
    months = Fraction(oracle.months_of(awarded_on, ends_on, begun=counts == "begun"), PARTS[by])
    whole = (
        -(-months.numerator // months.denominator)
        if counts == "begun"
        else months.numerator // months.denominator
    )
    return Fraction(whole * PARTS[by], usual)


@settings(deadline=None, max_examples=150)
@given(
    awards,
    st.sampled_from(["whole", "begun"]),
    st.sampled_from([*PARTS, "day"]),
    roundings,
    st.integers(1, 6),
)
def test_what_a_short_first_cycle_needs_agrees_with_the_oracle(awarded_on, counts, by, rounds, halves):
    to = f"{halves // 2}.{5 * (halves % 2)}"
    first = f'first = {{ prorated = "{counts}", by = "{by}", rounds = "{rounds}", to = "{to}" }}'
    policy = unchecked(CATEGORIES.replace('"3 years"', f'"3 years", {first}'), HEAD)
    cycle = {"starts_on": str(awarded_on), "expires_on": "2026-12-31", "number": 1}
    answer = ask({"as_of": "2026-12-31", "cycle": cycle, "records": []}, policy)
    part = share(awarded_on, date(2026, 12, 31), counts, by, 36)
    assert int(2 * Fraction(answer["requirements"][0]["required"])) == oracle.part_of(
        40, part, rounds, halves
    )


@settings(deadline=None, max_examples=100)
@given(
    awards, st.sampled_from(["whole", "begun"]), st.sampled_from(list(PARTS)), roundings, st.integers(1, 700)
)
def test_a_recurring_fee_for_the_rest_of_a_year_agrees_with_the_oracle(awarded_on, counts, by, rounds, to):
    rule = f'prorated = "{counts}", by = "{by}", rounds = "{rounds}", to = "{to // 100}.{to % 100:02d}"'
    policy = unchecked(
        f'{CATEGORIES}dues = [{{ code = "d", amount = "95.00", fixed_days = ["01-01"], {rule} }}]\n'
    )
    cycle = {"starts_on": str(awarded_on), "expires_on": "2026-12-31", "number": 1}
    answer = ask({"as_of": "2026-12-31", "cycle": cycle, "records": []}, policy)
    ends_on = date(awarded_on.year, 12, 31)
    whole = {str(date(year, 1, 1)): 9500 for year in range(awarded_on.year + 1, 2027)}
    part = oracle.part_of(9500, share(awarded_on, ends_on, counts, by, 12), rounds, to)
    first = 9500 if awarded_on.day == awarded_on.month == 1 else part
    found = {one["due_on"]: round(100 * Fraction(one["amount"])) for one in answer["dues"]}
    assert found == {str(awarded_on): first, **whole}


late = st.lists(
    st.builds(
        oracle.Activity,
        id=st.uuids().map(str),
        kind=st.sampled_from(KINDS),
        units=st.integers(1, 6),
        day=st.dates(date(2026, 10, 1), date(2027, 2, 28)),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)
GRACE = 'earning = { through = "E + 60 days" }\ntiers = [{ code = "on_time", through = "E + 60 days" }]\n'
NEEDED = [("a", 5), ("b", 6), ("c", 4)]


@settings(deadline=None, max_examples=150)
@given(late, st.integers(1, 2), st.booleans(), st.booleans())
def test_alternatives_are_reached_as_each_way_is_and_what_is_claimed_reaches_as_much(
    found, needed, joined, yearly
):
    per = 'per = "year", ' if yearly else ""
    limits = [
        f'{{ code = "of_{kind}", over = {{ categories = ["{kind}"] }}, {per}minimum = {{ value = "{least}" }} }}'
        for kind, least in NEEDED
    ]
    ways = [["of_a"], ["of_b"], ["of_c"]] if not joined else [["of_a", "of_b"], ["of_c"], ["of_b", "of_c"]]
    last = ', per = "year"' if yearly else ""
    row = f'{{ code = "one", of = {json.dumps(ways)}, at_least = {needed}{last} }}'
    plain = 'in_force_from = 2000-01-01\ntotal = { none = true }\nfees = [{ code = "renewal", amount = "1.00" }]\n'
    version = (CATEGORIES.replace("3 years", "2 years") if yearly else CATEGORIES) + GRACE
    policy = unchecked(version + section("limits", limits) + section("alternatives", [row]), HEAD, plain)
    cycle = {"starts_on": "2025-01-01" if yearly else "2024-01-01", "expires_on": "2026-12-31"}
    question = {"as_of": "2027-02-28", "cycle": cycle, "records": rows_of(found)}
    facts, today = read_question(json.dumps(question).encode(), policy)
    standing = assess(facts, today, policy)
    had = {kind: sum(one.units for one in found if one.kind == kind) for kind in KINDS}
    met = [all(had[code[-1]] >= dict(NEEDED)[code[-1]] for code in way) for way in ways]
    code = "one_2" if yearly else "one"
    assert standing.requirement(code).counted == min(needed, sum(met))
    kept = [one for one in rows_of(found) if one["id"] in standing.claims]
    facts, _ = read_question(json.dumps({**question, "records": kept}).encode(), policy)
    assert assess(facts, today, policy).requirement(code).counted == standing.requirement(code).counted


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 5000), st.integers(1, 400), st.integers(1, 90), roundings)
def test_a_conversion_agrees_with_the_oracle(given_tenths, worth, of, rounds):
    row = f'{{ code = "x", worth = "{worth}", of = "{of}", rounds = "{rounds}" }}'
    policy = unchecked(f"conversions = [{row}]\n", HEAD)
    record = {
        "id": "r",
        "category": "education",
        "ceus": f"{given_tenths // 10}.{given_tenths % 10}",
        "of": "x",
        "completed_on": "2025-01-01",
    }
    cycle = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    answer = ask({"as_of": "2026-06-30", "cycle": cycle, "records": [record]}, policy)
    expected = oracle.part_of(given_tenths, Fraction(2 * worth, 10 * of), rounds, 1)
    if expected:
        assert 2 * Fraction(answer["records"][0]["counted"]) == expected
    else:
        assert answer["error"]["code"] == "bad_amount"


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 400), st.sampled_from(["late_day", "late_month", "late_year"]), st.integers(0, 90))
def test_a_fee_by_late_days_months_and_years_agrees_with_the_oracle(days, per, since):
    fee = f'fees = [{{ code = "renewal", amount = "0.00" }}, {{ code = "late", amount = "1.00", per = "{per}", since = "E + {since} days" }}]\n'
    plain = f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\n{fee}'
    tiers = 'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 2 years", adds = ["late"] }]\n'
    ends_on = date(2024, 2, 29)
    received_on, begins = ends_on + timedelta(days=days), ends_on + timedelta(days=since)
    answer = ask(
        {"as_of": str(received_on), "cycle": {"expires_on": str(ends_on)}, "records": []},
        unchecked(tiers, HEAD, plain),
    )
    late_days = max(0, (received_on - begins).days)
    months = oracle.months_of(begins, received_on - timedelta(days=1), begun=True) if late_days else 0
    expected = {"late_day": late_days, "late_month": months, "late_year": -(-months // 12)}[per]
    assert Fraction(answer["fees"]["total"]) == expected
