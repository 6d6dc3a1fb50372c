"""The exact answers of docs/design/rules.md and of the invented bodies, as sentences in cases/*.toml."""

import pytest

from tests.rules.cases import Case, all_cases, ask, at, policy_named, receipts


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.policy}: {case.sentence}")
def test_each_toml_case_gets_the_answer_that_it_expects(case: Case):
    answer = ask(case.question, policy_named(case.policy))
    assert "error" not in answer, answer
    assert {path: at(answer, path) for path in case.expect} == case.expect


@pytest.mark.parametrize(("why", "expires_on", "received_on", "tier", "total"), receipts())
def test_the_day_on_which_an_application_is_received_decides_its_tier_and_price(
    why, expires_on, received_on, tier, total
):
    question = {"as_of": received_on, "cycle": {"expires_on": expires_on}, "records": []}
    answer = ask(question, policy_named("nasm-cpt"))
    assert (answer["tier"], answer["accepts_application"]) == (tier, tier != "closed"), why
    assert (answer["fees"] or {"total": ""})["total"] == total


def test_no_two_cases_of_a_policy_have_the_same_sentence():
    named = [(case.policy, case.sentence) for case in all_cases()]
    assert len(named) == len(set(named))
