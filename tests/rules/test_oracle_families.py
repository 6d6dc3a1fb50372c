"""Paths, what is carried over, ranks, prices and conditions of made-up bodies, against the independent oracle."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.facts import Circumstances, Facts, OtherCredential
from rules.policy.parse import PolicyError
from rules.pricing import renewed_with
from tests.rules import oracle_families as oracle
from tests.rules.cases import ask
from tests.rules.making import made, unchecked

E, S = date(2026, 6, 30), "2024-07-01"
CYCLE = {"starts_on": S, "expires_on": "2026-06-30", "number": 4}
LATE = 'earning = { through = "E + 90 days" }\ntiers = [{ code = "on_time", adds = ["renewal"] }, { code = "late", after = "E", through = "E + 90 days" }]\n'
KINDS = 'categories = [{ code = "a" }, { code = "b" }]\n'


def record(number: int, units: int, day: date, **more: Any) -> dict[str, Any]:
    return {"id": f"r{number}", "category": "a", "ceus": str(units), "completed_on": str(day), **more}


WAYS = [
    oracle.Way("credits"),
    oracle.Way("exam", members=True, asks_credits=False, fee=7500),
    oracle.Way("rest", asks_credits=False, fee=4000, replaces=True, status="on_leave"),
    oracle.Way("back", after="rest", fee=2500),
]


def way_row(one: oracle.Way) -> str:
    when = [f'renewed_by = ["{one.after}"]'] * bool(one.after) + ["member = true"] * one.members
    keys = [f'code = "{one.code}"', f"when = {{ {', '.join(when)} }}" * bool(when)]
    keys += ["credits = false" * (not one.asks_credits), f'status = "{one.status}"' * bool(one.status)]
    keys += [f'adds = ["{one.code}"]' * bool(one.fee), 'in_place_of = ["renewal"]' * one.replaces]
    return f"{{ {', '.join(filter(None, keys))} }}"


@pytest.mark.parametrize("first", range(4))
@pytest.mark.parametrize("renewed_by", ["", "credits", "exam", "rest", "back"])
@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_each_way_in_each_order_asks_costs_and_becomes_what_the_oracle_says(first, renewed_by, stride):
    fees = "".join(f', {{ code = "{one.code}", amount = "{one.fee // 100}.00" }}' for one in WAYS if one.fee)
    plain = f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\nfees = [{{ code = "renewal", amount = "100.00" }}{fees}]\n'
    for ways in [order for order in permutations(WAYS) if order[0] is WAYS[first]][::stride]:
        policy = unchecked(f"{KINDS}{LATE}paths = [{', '.join(map(way_row, ways))}]\n", plain=plain)
        for asked, member, units, as_of in product(
            ["", "credits", "exam", "rest", "back"], [False, True], [19, 20], [E, E + timedelta(days=1)]
        ):
            records = [record(1, units, E)]
            question = {"as_of": str(as_of), "cycle": CYCLE, "records": records, "member": member}
            told = {"path": asked or None, "renewed_by": renewed_by or None}
            answer = ask({**question, **told}, policy)
            way = oracle.way_taken(list(ways), asked, renewed_by, member, units)
            agrees(answer, way, renewed_by, units, as_of)


def agrees(answer: Any, way: oracle.Way | None, renewed_by: str, units: int, as_of: date) -> None:
    """One answer on one way; an unknown path where the way is not open."""
    if way is None:
        assert answer["error"]["code"] == "unknown_path"
        return
    total = way.fee if way.replaces else 10_000 + way.fee
    now = "expired" if as_of > E else "on_leave" if renewed_by == "rest" else "active"
    assert answer["path"] == way.code
    assert round(100 * Fraction(answer["fees"]["total"])) == total
    assert answer["eligible"] == (units >= 20 or not way.asks_credits)
    assert (answer["status"], answer.get("next_status", "")) == (now, way.status)
    needed = [one["code"] for one in answer["requirements"] if one["required"] != "0"]
    assert needed == (["total"] if way.asks_credits else [])


earned = st.lists(
    st.tuples(
        st.integers(1, 12), st.sampled_from("ab"), st.integers(-4, 4).map(lambda n: E + timedelta(days=n))
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=100)
@given(earned, st.sampled_from(["ab", "a", "b"]), st.none() | st.integers(1, 6))
def test_what_a_cycle_leaves_for_the_next_one_agrees_with_the_oracle(found, kinds, most):
    over = f"over = {{ categories = {list(kinds)} }}".replace("'", '"')
    at_most = "" if most is None else f', most = "{most}"'
    policy = unchecked(f"{KINDS}{LATE}carry_over = {{ {over}{at_most} }}\n")
    rows = [record(n, units, day, category=kind) for n, (units, kind, day) in enumerate(found)]
    answer = ask({"as_of": "2026-07-20", "cycle": CYCLE, "records": rows}, policy)
    units = [(f"r{n}", kind, amount, day) for n, (amount, kind, day) in enumerate(found)]
    left = {one["id"]: int(one["amount"]) for one in answer["carry_over"]["records"]}
    assert left == oracle.left_over(units, E, list(kinds), most)
    assert answer["carry_over"]["total"] == str(sum(left.values()))


RANKS = ["low", "made", "high", "top"]
RANKED = f"several = {{ ranks = {RANKS}, highest_renews_lower = true }}\n".replace("'", '"')


def test_which_higher_credential_renews_a_lower_one_agrees_with_the_oracle():
    policy, today, day = made(RANKED), date(2026, 6, 1), timedelta(days=1)
    ends = [today - day, today, date(2028, 6, 30)]
    others = [
        (code, *dates)
        for code in ["low", "high", "top", "stranger"]
        for dates in product(ends, [E, E + day], [E - day, E])
    ]
    for pair in [*((one,) for one in others), *product(others, others)]:
        if len({one[0] for one in pair}) < len(pair):
            continue
        also = tuple(
            OtherCredential(code, until, opens_on=opens, next_expires_on=then)
            for code, until, opens, then in pair
        )
        found = renewed_with(Facts(E, more=Circumstances(also=also)), policy, today)
        assert (found.code if found else "") == oracle.renews_this(RANKS, "made", pair, today, E), pair


def test_a_price_for_several_counts_those_that_are_renewed_and_not_ranked_lower():
    fees = 'fees = [{ code = "renewal", amount = "100.00" }, { code = "further", amount = "1.00", per = "further_credential" }, { code = "all", amount = "0.10", per = "credential" }]\n'
    plain = f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\n{fees}'
    usual = LATE.replace('["renewal"]', '["renewal", "further", "all"]')
    for rows, ranked in ((RANKED, {"low"}), ('several = { credits = "shared" }\n', set())):
        policy = unchecked(usual + rows, plain=plain)
        for renewed in product([None, False, True], repeat=4):
            codes = zip(["low", "high", "top", "stranger"], renewed, strict=True)
            told = [{"code": code, "renewed": one} for code, one in codes if one is not None]
            question = {"as_of": str(E), "cycle": CYCLE, "records": [], "also": told}
            count = sum(one["renewed"] and one["code"] not in ranked for one in told)
            total = Fraction(ask(question, policy)["fees"]["total"])
            assert total == 100 + count + Fraction(1 + count, 10), (rows, told)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 70), st.integers(0, 800), st.integers(1, 4), st.none() | st.integers(1, 9))
def test_a_fee_for_calendar_months_agrees_with_the_oracle(ends_in, days, each, most):
    ends_on = date(2024, 1, 1) + timedelta(days=ends_in)
    limit = "" if most is None else f', at_most = "{most}.00"'
    every = f", each = {each}" if each > 1 else ""
    fees = f'fees = [{{ code = "renewal", amount = "0.00" }}, {{ code = "late", amount = "1.00", per = "late_calendar_month"{every}{limit} }}]\n'
    tiers = 'tiers = [{ code = "on_time", adds = ["renewal"] }, { code = "late", after = "E", through = "E + 3 years", adds = ["late"] }]\n'
    plain = f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\n{fees}'
    received_on = ends_on + timedelta(days=days)
    question = {"as_of": str(received_on), "cycle": {"expires_on": str(ends_on)}, "records": []}
    cents = round(100 * Fraction(ask(question, unchecked(tiers, plain=plain))["fees"]["total"]))
    dollars = -(-oracle.calendar_months(ends_on, received_on) // each)
    assert cents == 100 * (dollars if most is None else min(dollars, most))


def fee_row(one: oracle.Priced) -> str:
    of = f', of = ["{one.of[0]}"]' if one.of else ""
    amount = (
        f'percent = "{one.percent / 100:.2f}"{of}'
        if one.percent
        else f'amount = "{one.cents // 100}.{one.cents % 100:02d}"'
    )
    instead = f', instead = [{{ when = {{ member = true }}, amount = "{(one.for_members or 0) // 100}.{(one.for_members or 0) % 100:02d}" }}]'
    off = ", takes_off = true" if one.takes_off else ""
    return f'{{ code = "{one.code}", {amount}{off}{instead if one.for_members is not None else ""} }}'


kinds_of_fee = st.tuples(
    st.booleans(),
    st.integers(0, 20_000),
    st.integers(1, 10_000),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 20_000),
    st.booleans(),
)


@settings(deadline=None, max_examples=100)
@given(st.lists(kinds_of_fee, min_size=1, max_size=4), st.booleans())
def test_shares_discounts_and_amounts_in_their_place_agree_with_the_oracle(rows, member):
    fees = [oracle.Priced("renewal", 10_000)]
    for number, (share, cents, percent, of, for_members, off) in enumerate(rows):
        named = (fees[of % len(fees)].code,) if share and of is not None else ()
        fees.append(
            oracle.Priced(f"f{number}", 0 if share else cents, percent * share, named, for_members, off)
        )
    plain = (
        f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\nfees = [{", ".join(map(fee_row, fees))}]\n'
    )
    adds = ", ".join(f'"{one.code}"' for one in fees)
    policy = unchecked(LATE.replace('"renewal"', adds), plain=plain)
    answer = ask({"as_of": str(E), "cycle": CYCLE, "records": [], "member": member}, policy)
    found = {one["code"]: round(100 * Fraction(one["amount"])) for one in answer["fees"]["lines"]}
    lines = {code: cents for code, cents in oracle.price_lines(fees, member).items() if cents}
    assert found == lines
    assert round(100 * Fraction(answer["fees"]["total"])) == sum(lines.values())


conditions = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "also_from": st.integers(1, 3),
            "also_through": st.integers(0, 2),
            "also_holds": st.just(["n", "c"]),
            "member": st.booleans(),
            "renewed_by": st.sampled_from([["rest"], ["rest", "usual"]]),
            "all_from": st.sampled_from([["p"], ["p", "q"]]),
            "short": st.just(True),
            "renewal_each": st.integers(2, 4),
            "renewal_from": st.integers(1, 5),
        },
    ).filter(lambda one: one and one.get("also_from", 0) <= one.get("also_through", 9)),
    lambda inner: (
        st.builds(lambda one: {"not": one}, inner)
        | st.builds(lambda them: {"any": them}, st.lists(inner, min_size=2, max_size=3))
        | st.builds(
            lambda one, more: {"not": one, "any": more}, inner, st.lists(inner, min_size=1, max_size=2)
        )
    ),
    max_leaves=4,
)
questions = st.fixed_dictionaries(
    {
        "also": st.lists(st.sampled_from("nco"), unique=True).map(
            lambda codes: [{"code": one} for one in codes]
        ),
        "member": st.booleans(),
        "renewed_by": st.sampled_from([None, "rest", "usual"]),
        "records": st.lists(
            st.tuples(
                st.sampled_from([5, 10, 20]),
                st.sampled_from(["p", "q", None]),
                st.sampled_from(["a", "other"]),
            ),
            max_size=3,
        ).map(
            lambda rows: [
                record(n, units, E, provider=who, category=kind) for n, (units, who, kind) in enumerate(rows)
            ]
        ),
    }
)


def toml_of(value: Any) -> str:
    """A value of a condition as the file states it."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml_of(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_of, value))}]"
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


@settings(deadline=None, max_examples=100)
@given(conditions, questions, st.integers(1, 6))
def test_a_fee_is_charged_when_its_condition_holds_as_the_oracle_says(when, told, number):
    fees = f'fees = [{{ code = "renewal", amount = "0.00" }}, {{ code = "more", amount = "1.00", when = {toml_of(when)} }}]\n'
    plain = f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\n{fees}'
    rows = f'{KINDS}paths = [{{ code = "usual" }}, {{ code = "rest", status = "resting" }}]\nproviders = ["p", "q"]\n'
    question = {"as_of": str(E), **told, "cycle": {**CYCLE, "number": number}}
    holds = oracle.condition_holds(when, question)
    try:
        policy = unchecked(LATE.replace('"renewal"', '"renewal", "more"') + rows, plain=plain)
    except PolicyError as error:
        if holds or "nobody fits" not in str(error):
            raise
        return
    answer = ask(question, policy)
    assert Fraction(answer["fees"]["total"]) == holds, answer
