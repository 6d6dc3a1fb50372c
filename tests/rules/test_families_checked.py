"""A policy file that nobody could meet, pay or use is refused: the whole list of problems at each
boundary, and no other problem.
"""

from dataclasses import replace

import pytest

from rules.policy.check import check_policy
from rules.policy.parse import PolicyError
from tests.rules.making import PLAIN, made, unchecked

V = "versions[2000-01-01]"
LIVE = 'formats = ["live", "online"]\ntopics = ["law", "yoga"]\n'
NONE = PLAIN.replace('value = "20"', "none = true")
LATE = 'tiers = [{ code = "late", after = "E", through = "E + 10 days" }]\n'
TWO = 'categories = [{ code = "education", maximum = { value = "12" } }, { code = "teaching", maximum = { value = "%s" } }]\n'


def problems_of(version: str, plain: str = PLAIN) -> list[str]:
    try:
        made(version, plain=plain)
    except PolicyError as error:
        return [one.removeprefix(f"{V}.") for one in error.problems]
    return []


def limit(*ends: str, over: str = "", code: str = "x") -> str:
    about = f"over = {{ {over} }}, " if over else ""
    return f'{{ code = "{code}", {about}{", ".join(ends)} }}'


def least(value: str) -> str:
    return f'minimum = {{ value = "{value}" }}'


def most(value: str) -> str:
    return f'maximum = {{ value = "{value}" }}'


YEARS = 'cycle = { length = "30 months", text = "x" }\n'
CAN, TOTAL = "can never be met; what it is about counts", "are more than the total, 20 credits."


@pytest.mark.parametrize(
    ("limits", "more", "problems"),
    [
        ([limit(least("3"), most("3"))], 'values = {}', ["total: 20 credits can never be met; 3 credits count at most."]),
        ([limit(least("4"), most("3"), over='topics = ["law"]')], LIVE, ["limits[x].minimum: it is more than the maximum; nobody can meet it.", f"limits[x].minimum: 4 credits {CAN} 3 credits at most."]),
        ([limit(least("20"))], "", []),
        ([limit(least("20.01"))], "", [f"limits[x].minimum: 20.01 credits {TOTAL}"]),
        ([limit(least("10"), 'per = "year"')], "", []),
        ([limit(least("10.01"), 'per = "year"')], "", [f"limits[x].minimum: 20.02 credits {TOTAL}"]),
        # three years begin in 30 months
        ([limit(least("6.66"), 'per = "year"')], YEARS, []),
        ([limit(least("6.67"), 'per = "year"')], YEARS, [f"limits[x].minimum: 20.01 credits {TOTAL}"]),
        ([limit(least("21"), 'per = "item"')], "", []),
        ([limit('minimum = { value = 30 }', 'counts = "records"')], "", []),
        ([limit(most("20"))], "", []),
        ([limit(most("19.99"))], "", ["total: 20 credits can never be met; 19.99 credits count at most."]),
        # a cap of each year is one of the cycle, which has two, and touches three calendar years at most
        ([limit(most("10"), 'per = "year"')], "", []),
        ([limit(most("9.99"), 'per = "year"')], "", ["total: 20 credits can never be met; 19.98 credits count at most."]),
        ([limit(most("6.67"), 'per = "calendar_year"')], "", []),
        ([limit(most("6.66"), 'per = "calendar_year"')], "", ["total: 20 credits can never be met; 19.98 credits count at most."]),
        ([limit(most("1"), 'per = "calendar_year"')], "carry_over = {}", []),
        ([limit('maximum = { value = 0 }', 'counts = "records"')], "", ["total: 20 credits can never be met; 0 credits count at most."]),
        # a number of different topics or categories that there are not
        ([limit('minimum = { value = 2 }', 'counts = "topics"')], LIVE, []),
        ([limit('minimum = { value = 3 }', 'counts = "topics"')], LIVE, ["limits[x].minimum: it needs 3 topics, and there are 2."]),
        ([limit('minimum = { value = 2 }', 'counts = "topics"', over='topics = ["law"]')], LIVE, ["limits[x].minimum: it needs 2 topics, and there are 1."]),
        ([limit('minimum = { value = 9 }', 'counts = "topics"')], "", []),
        ([limit('minimum = { value = 3 }', 'counts = "categories"')], TWO % "8", ["limits[x].minimum: it needs 3 categories, and there are 2."]),
        # what does not always cut is no cap of all
        ([limit(most("1"), 'per = "item"')], "", []),
        ([limit('maximum = { value = 1 }', 'counts = "records"')], "", []),
        ([limit(most("1"), "when = { member = true }")], "", []),
        ([limit(most("1"), over='topics = ["law"]')], LIVE, []),
        # a cap is over a minimum when each record of the one is of the other
        ([limit(least("5"), over='formats = ["live"], topics = ["law"]'), limit(most("4"), over='formats = ["live"]', code="y")], LIVE, [f"limits[x].minimum: 5 credits {CAN} 4 credits at most."]),
        ([limit(least("4"), over='formats = ["live"]'), limit(most("4"), over='formats = ["live"]', code="y")], LIVE, []),
        ([limit(least("5"), over='formats = ["live"]'), limit(most("4"), over='formats = ["live"], topics = ["law"]', code="y")], LIVE, []),
        ([limit(least("5"), over='formats = ["live", "online"]'), limit(most("4"), over='formats = ["live"]', code="y")], LIVE, []),
        ([limit(least("5"), over='formats = ["live"]'), limit(most("4"), over='formats = ["live", "online"]', code="y")], LIVE, [f"limits[x].minimum: 5 credits {CAN} 4 credits at most."]),
        ([limit(least("5"), over='formats = ["live"]'), limit(most("9"), over='formats = ["live"]', code="y"), limit(most("4"), over='formats = ["live"]', code="z")], LIVE, [f"limits[x].minimum: 5 credits {CAN} 4 credits at most."]),
        # categories that are capped one by one
        ([limit(least("13"), over='categories = ["education"]')], TWO % "9", [f"limits[x].minimum: 13 credits {CAN} 12 credits at most."]),
        ([limit(least("12"), over='categories = ["education"]')], TWO % "9", []),
        ([limit(least("20"), over='categories = ["education", "teaching"]')], TWO % "8", []),
    ],
)  # fmt: skip
def test_a_limit_that_nobody_can_meet_is_refused_and_the_strictest_possible_one_is_accepted(
    limits, more, problems
):
    assert problems_of(f"{more}\nlimits = [{', '.join(limits)}]\n") == problems


def test_a_minimum_above_the_usual_total_is_accepted_if_a_special_total_reaches_it():
    plain = PLAIN.replace(
        'value = "20"', 'value = "20", instead = [{ when = { member = true }, value = "30" }]'
    )
    assert problems_of(f"limits = [{limit(least('21'))}]\n", plain=plain) == []
    assert problems_of(f"limits = [{limit(least('21'))}]\n", plain=NONE) == []


def test_a_special_total_that_the_caps_make_impossible_is_refused():
    plain = PLAIN.replace(
        'value = "20"', 'value = "20", instead = [{ when = { member = true }, value = "30" }]'
    )
    assert problems_of(f"limits = [{limit(most('30'))}]\n", plain=plain) == []
    assert problems_of(f"limits = [{limit(most('29'))}]\n", plain=plain) == [
        "total.instead: 30 credits can never be met; 29 credits count at most."
    ]
    assert problems_of(TWO % "17", plain=plain) == [
        "total.instead: 30 credits can never be met; 29 credits count at most."
    ]
    worth = 'cards = [{ code = "cpr", worth = "1" }]\n'
    assert problems_of(TWO % "17" + worth, plain=plain) == []


@pytest.mark.parametrize(
    ("version", "codes"),
    [
        ('cards = [{ code = "x" }]\ndues = [{ code = "x", amount = "1.00", first = "E" }]', ["x"]),
        (
            'cards = [{ code = "x" }]\ndues = [{ code = "x", amount = "1.00", first = "E", blocks = false }]',
            [],
        ),
        ('cards = [{ code = "window" }]', ["window"]),
        ('cards = [{ code = "total", needed = false, worth = "1" }]', []),
        (f"limits = [{limit(most('30'), code='total')}]", []),
    ],
)
def test_two_requirements_with_one_code_are_refused(version, codes):
    assert problems_of(version) == [
        f"needs: the code {one} stands for more than one requirement." for one in codes
    ]


def fees(rows: str) -> str:
    return PLAIN.replace(" }]", f" }}, {rows}]")


CHEAP = "write cheaper = true if that is meant."


@pytest.mark.parametrize(
    ("rows", "tier", "problems"),
    [
        ('{ code = "gift", amount = "1.00", takes_off = true }', 'adds = ["gift"]', [f"tiers[late]: it costs $99, less than $100 of on_time before it; {CHEAP}"]),
        ('{ code = "gift", amount = "1.00", takes_off = true }', 'adds = ["gift"], cheaper = true', []),
        ('{ code = "gift", amount = "1.00", takes_off = true, when = { member = true } }', 'adds = ["gift"]', []),
        ('{ code = "gift", amount = "1.00", takes_off = true, per = "petition" }', 'adds = ["gift"]', []),
        ('{ code = "gift", amount = "1.00", takes_off = true, per = "credential" }', 'adds = ["gift"]', [f"tiers[late]: it costs $99, less than $100 of on_time before it; {CHEAP}"]),
        ('{ code = "other", amount = "100.00" }', 'adds = ["other"], in_place_of = ["renewal"]', []),
        ('{ code = "other", amount = "99.99" }', 'adds = ["other"], in_place_of = ["renewal"]', [f"tiers[late]: it costs $99.99, less than $100 of on_time before it; {CHEAP}"]),
        ('{ code = "other", amount = "9.00" }', "adds = []", ["fees[other]: no tier and no path adds it."]),
    ],
)  # fmt: skip
def test_an_unmarked_cheaper_later_tier_and_a_fee_that_nobody_pays_are_refused(rows, tier, problems):
    version = f'tiers = [{{ code = "late", after = "E", through = "E + 10 days", {tier} }}]\n'
    assert problems_of(version, plain=fees(rows)) == problems


def test_the_price_of_a_tier_for_members_only_is_not_compared_with_other_tiers():
    rows = '{ code = "gift", amount = "1.00", takes_off = true }'
    version = 'tiers = [{ code = "late", after = "E", through = "E + 10 days", adds = ["gift"], when = { member = true } }]\n'
    assert problems_of(version, plain=fees(rows)) == []


@pytest.mark.parametrize(
    ("ranks", "problems"),
    [
        ('["low", "made"]', []),
        ('["low", "high"]', ["several.ranks: made itself is not among them."]),
        ("[]", []),
    ],
)
def test_ranks_that_lack_the_policys_own_credential_are_refused(ranks, problems):
    assert problems_of(f"several = {{ ranks = {ranks} }}") == problems


WHEN = "(when the cycle ends on E = 2023-01-01)."


@pytest.mark.parametrize(
    ("version", "problems"),
    [
        ('earning = { through = "E + 10 days" }\n' + LATE, []),
        ('earning = { through = "E + 11 days" }\n' + LATE, [f"earning: courses count through 2023-01-12, after 2023-01-11, the last day to apply {WHEN}"]),
        ('acts = [{ code = "x", from = "S", through = "E + 10 days" }]\n' + LATE, []),
        ('acts = [{ code = "x", from = "S", before = "E + 11 days" }]\n' + LATE, []),
        ('acts = [{ code = "x", from = "S", through = "E + 11 days" }]\n' + LATE, [f"acts[x]: it is open through 2023-01-12, after 2023-01-11, the last day to apply {WHEN}"]),
        ('acts = [{ code = "x", from = "S", through = "S + 3 years" }]\n' + LATE, [f"acts[x]: it is open through 2024-01-02, after 2023-01-11, the last day to apply {WHEN}"]),
        ('acts = [{ code = "x", from = "S", through = "D + 9 years" }]\n' + LATE, []),
        ('dues = [{ code = "x", amount = "1.00", first = "S" }, { code = "y", amount = "1.00", first = "E" }]', []),
        ('dues = [{ code = "x", amount = "1.00", first = "S - 1 day" }]', [f"dues[x].first: 2021-01-01 is not in the cycle {WHEN}"]),
        ('dues = [{ code = "x", amount = "1.00", first = "E + 1 day" }]', [f"dues[x].first: 2023-01-02 is not in the cycle {WHEN}"]),
    ],
)  # fmt: skip
def test_days_after_the_last_day_to_apply_or_outside_the_cycle_are_refused_with_an_example_cycle(
    version, problems
):
    assert problems_of(version) == problems


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Every 2 years.", None),
        ("Every 2-year period, of 730 days.", None),
        ("Every 3 years.", "3"),
        ("Every 3 Years, or every 4 years.", "3, 4"),
        ("Every 2.0 years.", None),
        ("Every 2.5 years.", "2.5"),
        ("Every 20 years.", "20"),
        ("Within 3 months.", "3"),
        ("It costs $3.", None),
    ],
)
def test_a_text_that_states_another_number_than_its_figure_is_refused(text, said):
    expected = [f"cycle.text: the text says {said}, and the value is 2 years."] if said else []
    assert problems_of(f'cycle = {{ text = "{text}" }}') == expected


def test_a_text_that_states_another_amount_of_money_than_its_figure_is_refused():
    plain = PLAIN.replace('"100.00" }', '"100.00", text = "A renewal costs $90.50." }')
    assert problems_of("", plain=plain) == ["fees[renewal].text: the text says 90.5, and the value is $100."]
    assert problems_of("", plain=plain.replace("$90.50", "$100.00")) == []


def test_a_policy_file_that_is_based_on_no_other_is_refused_for_the_same():
    policy = unchecked(
        'cycle = { text = "Every 3 years." }\n', plain=fees('{ code = "spare", amount = "1.00" }')
    )
    problems = [
        "fees[spare]: no tier and no path adds it.",
        "cycle.text: the text says 3, and the value is 2 years.",
    ]
    assert (
        check_policy(policy)
        == check_policy(replace(policy, short=False))
        == [f"{V}.{one}" for one in problems]
    )
    assert check_policy(policy, texts=False) == [f"{V}.{problems[0]}"]


def test_a_minimum_above_a_total_of_one_hundredth_is_refused():
    plain = PLAIN.replace('value = "20"', 'value = "0.01"')
    assert problems_of(f"limits = [{limit(least('0.01'))}]\n", plain=plain) == []
    assert problems_of(f"limits = [{limit(least('0.02'))}]\n", plain=plain) == [
        "limits[x].minimum: 0.02 credits are more than the total, 0.01 credits."
    ]


def test_a_minimum_above_one_categorys_cap_is_accepted_if_another_category_has_no_cap():
    one = 'categories = [{ code = "education", maximum = { value = "12" } }, { code = "teaching" }]\n'
    assert problems_of(f"{one}limits = [{limit(least('13'))}]\n") == []
    both = TWO % "0.99"
    assert problems_of(f"{both}limits = [{limit(least('13'))}]\n")[-1] == (
        f"limits[x].minimum: 13 credits {CAN} 12.99 credits at most."
    )


def test_one_year_and_another_number_of_years_are_compared_as_the_same_kind():
    def said(text: str) -> list[str]:
        return problems_of(f'cycle = {{ length = "1 year", text = "{text}" }}')

    assert said("Every 2 years.") == ["cycle.text: the text says 2, and the value is 1 year."]
    assert said("Every year, which is 1 years.") == []


def test_a_total_of_one_hundredth_below_the_minima_of_the_categories_is_refused():
    plain = PLAIN.replace('value = "20"', 'value = "0.01"')
    least_of = 'categories = [{ code = "education", minimum = { value = "%s" } }]\n'
    assert problems_of(least_of % "0.01", plain=plain) == []
    assert problems_of(least_of % "0.02", plain=plain) == [
        "total: 0.01 credits is less than the minima of the categories together, 0.02 credits."
    ]


def test_a_cards_worth_fills_what_the_caps_of_the_categories_leave_open():
    worth = 'cards = [{ code = "cpr", worth = "1" }]\n'
    assert problems_of(TWO % "7" + worth) == []
    assert problems_of(TWO % "6.99" + worth) == [
        "total: 20 credits can never be met; the categories count 18.99 credits at most."
    ]
