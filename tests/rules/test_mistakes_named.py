"""Mistakes that are answered with what is known: codes that are close to a right one, a list that is not closed, nothing
in place of an amount.
"""

from pathlib import Path

import pytest

from rules.policy.parse import PolicyError, read_policy
from tests.rules.cases import ask
from tests.rules.making import made, problems_in, without_keys

CYCLE = {"starts_on": "2024-05-11", "expires_on": "2026-05-10"}
DAYS = {"due_on": "2026-01-01", "paid_on": "2026-01-01"}
KNOWING = made(
    'cards = [{ code = "cpr", served_by = ["medic"] }]\n'
    'dues = [{ code = "yearly", amount = "9.00", fixed_days = ["01-01"] }]\n'
    'paths = [{ code = "credits" }, { code = "exam", uses_at_most = 1 }]\n'
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\nb = [\n  1,\n  2,\n\n", "what begins at line 2 is not closed."),
        ('a = [{ c = "]}" }]\nb = [ # [\n  [1],\n', "what begins at line 2 is not closed."),
        ('a = 1\nb = """one [\ntwo\n', "what begins at line 2 is not closed."),
        ("a = [ # ]\n1, # ]\n", "what begins at line 1 is not closed."),
        ("f = [\n[[y.z]]\nc = 1\n", "what begins at line 1 is not closed before line 2."),
        ("a = '''[\n'''\nb = { c = 1", "what begins at line 3 is not closed."),
        ("a = 1\nb =\n", "Invalid value (at line 2, column 4)."),
        ("a = 1\nb = ", "Invalid value (at line 2)."),
        ('[[x]]\nf = [\n  { c = "a" },\n\n[[y.z]]\nc = 1\n', "what begins at line 2 is not closed before line 5."),
        ('[[x]]\nf = [{ c = "\\"[" }]\n  [[y.z]]\nc = = 1\n', "Invalid value (at line 4, column 5)."),
        ("[[x]]\nf = [1]\n[[y.z]\n", "(at line 3, column 6)."),
        ("[[x]]\nf = [1,\n2 3]\n", "Unclosed array (at line 3, column 3)."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_toml_names_the_line_on_which_something_begins_and_is_not_closed(
    text, said, tmp_path: Path
):
    path = tmp_path / "body.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError) as refused:
        read_policy(path)
    (problem,) = refused.value.problems
    assert problem.startswith("The file is not TOML: ")
    assert problem.endswith(said), problem


BY_YEAR = """limits = [{ code = "law", per = "year", minimum = { value = "2" } }, { code = "any", per = "calendar_year", minimum = { value = "2" } },
    { code = "once", minimum = { value = "2" } }, { code = "a", per = "year", minimum = { value = "2" } }, { code = "b", per = "year", minimum = { value = "3" } }]
alternatives = [{ code = "work", of = ["a", "b"], per = "year" }]
"""


@pytest.mark.parametrize(
    ("code", "known"),
    [
        *(("law_1", True), ("law_12", True), ("any_2026", True), ("work_2", True), ("once", True)),
        *(("lww_1", False), ("law_x", False), ("law_", False), ("once_1", False), ("law_1_1", False), ("a_1", False)),
    ],
)  # fmt: skip
def test_a_requirement_of_one_year_is_known_where_its_limit_is_of_years(code, known):
    found = problems_in(f'{BY_YEAR}audit = {{ when = {{ unmet = ["{code}"] }} }}')
    there = f"audit.when.unmet: {code} is not known; there is: any, law, once, total, work."
    assert found == ([] if known else [there])


def test_providers_that_a_condition_names_are_among_those_that_the_policy_lists():
    asked = 'audit = { when = { all_from = ["own", "onw"] } }'
    assert problems_in(f'providers = ["else", "own"]\n{asked}') == [
        "audit.when.all_from: onw is not known; there is: else, own."
    ]
    assert problems_in(asked) == []


@pytest.mark.parametrize(
    ("limit", "key"),
    [('maximum = { value = "0" }', "maximum"), ('minimum = { value = "0" }', "minimum")],
)
def test_an_amount_of_nothing_is_answered_with_how_nothing_is_written(limit, key):
    said = "must be more than 0 and a multiple of 0.01, not '0'; for nothing write none = true."
    assert problems_in(f'limits = [{{ code = "law", {limit} }}]')[0] == f"limits[law].{key}.value: {said}"
    said = "must be more than 0 and a multiple of 0.01, not '-1'."
    assert (
        problems_in(f'limits = [{{ code = "law", {limit.replace("0", "-1")} }}]')[0]
        == f"limits[law].{key}.value: {said}"
    )
    weights = 'weights = [{ code = "w", times = "2", first = "0" }]'
    assert [without_keys(one) for one in problems_in(weights)] == ["weights[w].first: must be more than 0 and a multiple of 0.01, not '0'."]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "field", "code", "known"),
    [
        ({"cards": [{"card": "cpr"}, {"card": "cprr"}]}, "cards[1].card", "unknown_card", "cpr, medic"),
        ({"dues": [{**DAYS, "code": "yearl"}]}, "dues[0].code", "unknown_due", "yearly"),
        ({"uses": {"exams": 1}}, "uses.exams", "unknown_use", "credits, exam, on_time"),
    ],
)
def test_a_question_that_tells_an_unknown_code_is_answered_with_the_known_ones(told, field, code, known):
    question = {"as_of": "2026-05-10", "cycle": CYCLE, "records": [], **told}
    error = ask(question, KNOWING)["error"]
    assert error == {"code": code, "field": field, "message": f"This must be one of {known}."}
    assert "error" not in ask(question, made())


def test_a_question_that_tells_known_cards_dues_and_uses_is_answered():
    told = {
        "cards": [{"card": "medic"}],
        "dues": [{**DAYS, "code": "yearly"}],
        "uses": {"exam": 0, "on_time": 3},
    }
    assert "error" not in ask({"as_of": "2026-05-10", "cycle": CYCLE, "records": [], **told}, KNOWING)
    by_tier = made('tiers = [{ code = "on_time", uses_at_most = 2 }]')
    answer = ask({"as_of": "2026-05-10", "cycle": CYCLE, "records": [], "uses": {"exam": 1}}, by_tier)
    assert answer["error"]["message"] == "This must be one of on_time."
