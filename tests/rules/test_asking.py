"""Which facts about a person a policy asks for, by whom they are stated, and the rules that ask."""

from datetime import date

import pytest

from rules.asking import (
    AskedFact,
    CardKind,
    asked_facts,
    asks_for_others,
    asks_for_renewals,
    card_kinds,
    example_facts,
    needs_birthday,
)
from rules.described import named_codes
from rules.facts import Circumstances, Facts
from rules.policy.building_blocks import Rule
from rules.policy.load import load_policy
from tests.rules.making import PLAIN, made, unchecked

LATER = date(2026, 1, 1)
EXAM = 'facts = [{ code = "exam", kind = "yes_no", by = "staff" }, { code = "hours", kind = "number" }, { code = "rest", kind = "date" }]\n'
IS_MEMBER = "when = { member = true }"


def codes(version: str, head: str = "", plain: str = PLAIN) -> list[str]:
    return [one.code for one in asked_facts(unchecked(version, head, plain), LATER)]


def test_the_sample_policy_asks_for_nothing():
    assert asked_facts(load_policy(), LATER) == ()
    assert not needs_birthday(load_policy())


@pytest.mark.parametrize(
    "version",
    [
        'limits = [{ code = "law", minimum = { value = "2" }, %s }]',
        'limits = [{ code = "law", maximum = { value = "2" }, %s }]',
        'needs = [{ code = "passed", fact = "exam", %s }]',
        'paths = [{ code = "credits" }, { code = "exam", %s }]',
        'cards = [{ code = "cpr", %s }]',
        'dues = [{ code = "yearly", amount = "50.00", first = "S", %s }]',
        'acts = [{ code = "appeal", from = "D", through = "D + 30 days", %s }]',
        "audit = { %s }",
        "audit = { always = { member = true } }",
        'tiers = [{ code = "on_time", %s }]',
    ],
)
def test_the_condition_of_each_row_asks_its_fact(version):
    assert "member" in codes(version % IS_MEMBER if "%s" in version else version, EXAM)


def test_conditions_of_fees_and_totals_ask_their_facts():
    fee = PLAIN.replace('"100.00"', '"100.00", when = { member = true }')
    assert codes("", plain=fee) == ["member"]
    instead = PLAIN.replace('"100.00"', '"100.00", instead = [{ when = { age_from = 65 }, amount = "1.00" }]')
    assert codes("", plain=instead) == ["born_on"]
    total = PLAIN.replace('"20"', '"20", instead = [{ when = { country = ["CA"] }, value = "10" }]')
    assert codes("", plain=total) == ["country"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("age_from = 65", ["born_on"]),
        ("age_through = 25", ["born_on"]),
        ("not = { member = true }", ["member"]),
        (
            'any = [{ member = true }, { country = ["US"] }, { age_through = 20 }]',
            ["born_on", "country", "member"],
        ),
        ("fact = { exam = true }", ["exam"]),
        ("fact_from = { hours = 3, rest = 2020-01-01 }", ["hours", "rest"]),
        ("fact_through = { hours = 3 }", ["hours"]),
        ("renewal_from = 2", []),
    ],
)
def test_each_part_of_a_condition_asks_the_fact_that_it_names(condition, expected):
    assert codes(f'cards = [{{ code = "cpr", when = {{ {condition} }} }}]', EXAM) == expected


def test_a_requirement_about_a_fact_makes_the_portal_ask_for_it_with_its_sentence_as_reason():
    policy = unchecked('needs = [{ code = "passed", fact = "exam", text = "Pass the exam." }]', EXAM)
    why = (Rule("page", "Pass the exam."),)
    assert asked_facts(policy, LATER) == (AskedFact("exam", "Exam", "yes_no", (), "staff", why),)


def test_each_asked_fact_says_who_states_it_and_each_rule_once():
    rows = 'cards = [{ code = "cpr", text = "CPR.", when = { any = [{ age_from = 5 }, { age_through = 4 }] } }, { code = "aed", text = "AED.", when = { not = { member = true }, country = ["US"], age_from = 1 } }]'
    born_on, country, member = asked_facts(unchecked(rows), LATER)
    cpr, aed = Rule("page", "CPR."), Rule("page", "AED.")
    assert born_on == AskedFact("born_on", "Day of birth", "date", (), "trainer", (cpr, aed))
    assert country == AskedFact("country", "Country", "country", (), "trainer", (aed,))
    assert member == AskedFact("member", "Member", "yes_no", (), "staff", (aed,))
    assert [one.is_own for one in (born_on, country, member)] == [False, False, False]


@pytest.mark.parametrize("ends", ["birth_month", "birthday"])
def test_cycles_that_end_by_the_day_of_birth_ask_for_it(ends):
    policy = unchecked(f'cycle = {{ ends = "{ends}", text = "By birth." }}')
    assert needs_birthday(policy)
    (asked,) = asked_facts(policy, LATER)
    assert (asked.code, asked.why) == ("born_on", (Rule("page", "By birth."),))
    assert not needs_birthday(unchecked('cycle = { ends = "month_end" }'))


def test_only_the_version_of_the_day_and_later_ones_ask():
    second = '\n[[versions]]\nin_force_from = 2026-01-01\ncards = [{ code = "cpr", remove = true }, { code = "aed", when = { country = ["US"] } }]\n'
    policy = unchecked('cards = [{ code = "cpr", when = { member = true } }]' + second)
    assert [one.code for one in asked_facts(policy, date(1999, 1, 1))] == ["country", "member"]
    assert [one.code for one in asked_facts(policy, date(2025, 12, 31))] == ["country", "member"]
    assert [one.code for one in asked_facts(policy, date(2026, 1, 1))] == ["country"]


def test_an_own_fact_is_stated_by_the_trainer_unless_the_file_says_staff():
    assert [one.by for one in unchecked(head=EXAM).own_facts] == ["staff", "trainer", "trainer"]


def test_the_sentence_of_another_amount_has_its_own_value_filled_in():
    plain = PLAIN.replace(
        '"100.00"',
        '"100.00", instead = [{ when = { member = true }, amount = "79.00", text = "Members pay {value}." }]',
    )
    (asked,) = asked_facts(made("", plain=plain), LATER)
    assert asked.why == (Rule("page", "Members pay $79."),)


def test_the_kinds_of_cards_are_those_asked_for_and_those_that_serve_as_one():
    rows = (
        'formats = ["hands_on", "online"]\n'
        'cards = [{ code = "cpr", label = "CPR", text = "CPR.", formats = ["hands_on"], served_by = ["first_responder"] }]\n'
        '\n[[versions]]\nin_force_from = 2026-01-01\ncards = [{ code = "aed", text = "AED." }, { code = "cpr", text = "CPR too." }]\n'
    )
    policy = unchecked(rows)
    server, aed = CardKind("first_responder", "First responder", (), ""), CardKind("aed", "Aed", (), "AED.")
    cpr = CardKind("cpr", "CPR", ("hands_on", "online"), "CPR too.")
    assert card_kinds(policy, date(2025, 1, 1)) == (cpr, server, aed)
    assert set(card_kinds(policy, LATER)) == {cpr, server, aed}
    assert card_kinds(load_policy(), LATER) == ()


@pytest.mark.parametrize(
    ("version", "asks"),
    [
        ('tiers = [{ code = "on_time", uses_at_most = 2 }]', True),
        ("carry_over = { none = true }", True),
        ('paths = [{ code = "a" }, { code = "b", uses_at_most = 2 }]', True),
        ('paths = [{ code = "a" }, { code = "b" }]', False),
        ('cards = [{ code = "cpr" }]', False),
        ("", False),
    ],
)
def test_earlier_renewals_are_asked_for_by_tiers_and_ways_with_a_limit_and_by_what_is_carried_over(
    version, asks
):
    assert asks_for_renewals(unchecked(version)) == asks


@pytest.mark.parametrize(
    ("version", "asks"),
    [
        ('several = { credits = "separate" }', True),
        ('cards = [{ code = "cpr", when = { also_holds = ["made"] } }]', True),
        ('cards = [{ code = "cpr", when = { any = [{ member = true }, { also_holds = ["made"] }] } }]', True),
        ('tiers = [{ code = "on_time", when = { not = { also_holds = ["made"] } } }]', True),
        ('cards = [{ code = "cpr", when = { also_from = 1 } }]', True),
        ('cards = [{ code = "cpr", when = { not = { also_through = 2 } } }]', True),
        ('cards = [{ code = "cpr", when = { country = ["US"] } }]', False),
        ("", False),
    ],
)
def test_other_credentials_are_asked_for_by_a_rule_about_several_and_by_conditions(version, asks):
    assert asks_for_others(unchecked(version)) == asks


@pytest.mark.parametrize(
    "version",
    [
        'audit = { when = { not = { all_from = ["own"] } } }',
        'audit = { always = { all_from = ["own"] } }',
        'acts = [{ code = "extension", from = "E", through = "E + 30 days", when = { all_from = ["own"] } }]',
    ],
)
def test_a_provider_that_any_condition_names_is_asked_of_courses(version):
    assert named_codes(unchecked(version), "providers") == ("own",)


def test_the_facts_of_an_example_have_a_day_of_birth_only_where_the_policy_counts_from_it():
    e = date(2026, 6, 30)
    assert example_facts(load_policy(), e) == Facts(e)
    policy = unchecked('cycle = { ends = "birthday" }')
    assert example_facts(policy, e) == Facts(e, more=Circumstances(born_on=date(1986, 6, 30)))
