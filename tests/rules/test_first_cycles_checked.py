"""First cycles that are shorter or longer than usual are checked too, and later tiers that are cheaper for some."""

from datetime import date

import pytest

from rules.policy.check_cycles import first_cycles
from tests.rules.making import PLAIN, made, problems_in, unchecked

FEELESS = PLAIN.partition("fees")[0]
CHEAPER = (
    "tiers[late]: it costs %s, less than %s of on_time before it; write cheaper = true if that is meant."
)
FAR = "cycle.first: at_most leaves no day that is far enough away: who is certified on %s would have a first cycle through %s, less than at_least."


def cycle(length: str, first: str, more: str = "") -> str:
    return f'cycle = {{ length = "{length}", ends = "fixed", {more} first = {{ {first} }} }}\n'


JUNE, QUARTERS = 'fixed_days = ["06-30"],', 'fixed_days = ["03-31", "06-30", "09-30", "12-31"],'


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (cycle("1 year", 'at_least = "6 months", at_most = "12 months"', JUNE), ("2023-01-01", "2023-06-30")),
        (cycle("1 year", 'at_least = "200 days", at_most = "12 months"', JUNE), ("2023-01-01", "2023-06-30")),
        (cycle("1 year", 'at_least = "6 months", at_most = "18 months"', JUNE), None),
        (cycle("1 year", 'at_least = "6 months", at_most = "9 months"', QUARTERS), None),
        (cycle("1 year", 'at_least = "6 months", at_most = "8 months"', QUARTERS), ("2023-01-01", "2023-06-30")),
        (cycle("2 years", 'at_least = "6 months", at_most = "24 months"', f'years = "even", {JUNE}'), ("2024-01-01", "2024-06-30")),
        (cycle("2 years", 'at_least = "6 months", at_most = "30 months"', f'years = "even", {JUNE}'), None),
        (cycle("3 years", 'at_least = "6 months", at_most = "36 months"', f"years = {{ every = 3, including = 2026 }}, {JUNE}"), ("2023-01-01", "2023-06-30")),
    ],
)  # fmt: skip
def test_a_first_cycle_that_would_be_shorter_than_the_policy_lets_it_be_is_refused_with_its_days(rule, found):
    assert problems_in(rule) == ([FAR % found] if found else [])


def test_who_was_born_on_some_day_has_a_first_cycle_that_ends_near_it():
    rule = (
        'cycle = { length = "1 year", ends = "birthday", first = { at_least = "%s", at_most = "18 months" } }'
    )
    assert problems_in(rule % "6 months") == []
    (problem,) = problems_in(rule % "7 months")
    assert problem.startswith("cycle.first: at_most leaves no day that is far enough away")


def test_first_cycles_are_tried_only_where_they_may_differ():
    assert list(first_cycles(unchecked('cycle = { length = "1 year" }').versions[0])) == []
    short = list(
        first_cycles(unchecked('cycle = { length = "1 year", first = { length = "3 months" } }').versions[0])
    )
    assert (short[0].starts_on, short[0].expires_on) == (date(2023, 1, 1), date(2023, 4, 1))
    assert (short[-1].starts_on, short[-1].expires_on) == (date(2026, 12, 31), date(2027, 3, 31))
    by_birth = list(
        first_cycles(unchecked('cycle = { length = "1 year", ends = "birth_month" }').versions[0])
    )
    assert {one.expires_on.month for one in by_birth} == {2, 6, 12}
    month = list(first_cycles(unchecked('cycle = { length = "1 year", ends = "month_end" }').versions[0]))
    assert 3 * len(month) == len(by_birth)


@pytest.mark.parametrize(
    ("tiers", "found"),
    [
        ('[{ code = "on_time", from = "S + 9 months" }]', "tiers: none of them has a day on which somebody could apply"),
        ('[{ code = "on_time", from = "S + 1 month", through = "E + 3 months" }]', None),
    ],
)  # fmt: skip
def test_a_first_cycle_so_short_that_nobody_could_apply_is_refused(tiers, found):
    short = 'cycle = { length = "1 year", first = { length = "3 months" } }\ntiers = %s\n'
    days = "(in a first cycle from 2023-01-01 through 2023-04-01)."
    problems = [one for one in problems_in(short % tiers) if "first cycle" in one]
    assert problems == ([f"{found} {days}"] if found else [])


def test_a_tier_that_has_no_day_in_a_short_first_cycle_is_no_problem():
    early = '[{ code = "early", from = "S + 5 months", through = "E - 4 months" }, { code = "on_time", after = "E - 4 months" }]'
    assert made(f'cycle = {{ length = "1 year", first = {{ length = "4 months" }} }}\ntiers = {early}\n').wide


def prices(renewal: str, late: str, tier: str = "", more: str = "") -> list[str]:
    fees = f'fees = [{{ code = "renewal", amount = "100.00"{renewal} }}, {{ code = "late", {late} }}{more}]\n'
    late_tier = f'{{ code = "late", after = "E", through = "E + 1 year", adds = ["late"]{tier} }}'
    return problems_in(f'{fees}tiers = [{{ code = "on_time" }}, {late_tier}]\n', plain=FEELESS)


def instead(when: str, amount: str) -> str:
    return f', instead = [{{ when = {{ {when} }}, amount = "{amount}" }}]'


AWAY = ', in_place_of = ["renewal"]'


@pytest.mark.parametrize(
    ("problems", "found"),
    [
        (prices(instead('tier = ["late"]', "80.00"), 'amount = "10.00"'), ("$90", "$100")),
        (prices(instead('tier = ["late"]', "80.00"), 'amount = "20.00"'), None),
        (prices(instead('tier = ["on_time"]', "80.00"), 'amount = "10.00"'), None),
        (prices(instead("member = true", "80.00"), 'amount = "110.00"' + instead("member = true", "60.00"), AWAY), ("$60", "$80")),
        (prices(instead("member = true", "80.00"), 'amount = "110.00"' + instead("member = true", "80.00"), AWAY), None),
        (prices(instead("member = true", "80.00"), 'amount = "90.00"', AWAY), ("$90", "$100")),
        (prices("", 'percent = "10"'), None),
        (prices("", 'percent = "10", takes_off = true'), ("$90", "$100")),
        (prices("", 'percent = "10", takes_off = true', ", cheaper = true"), None),
        (prices("", 'amount = "1.00"' + instead('unmet = ["total"]', "0.00")), None),
        (prices(instead('tier = ["late"], unmet = ["total"]', "50.00"), 'amount = "10.00"'), None),
    ],
)  # fmt: skip
def test_a_later_tier_that_is_cheaper_for_some_kind_of_person_is_refused(problems, found):
    assert problems == ([CHEAPER % found] if found else [])


def test_a_share_is_of_the_fees_before_it_when_tiers_are_compared():
    tax = ', { code = "tax", percent = "10", of = ["late"] }'
    tiers = 'tiers = [{ code = "on_time", adds = ["renewal"] }, { code = "late", after = "E", through = "E + 1 year", adds = ["late", "tax"], in_place_of = ["renewal"] }]'
    for late, found in (("91.00", []), ("90.00", [CHEAPER % ("$99", "$100")])):
        fees = f'fees = [{{ code = "renewal", amount = "100.00" }}, {{ code = "late", amount = "{late}" }}{tax}]\n'
        assert problems_in(fees + tiers, plain=FEELESS) == found
