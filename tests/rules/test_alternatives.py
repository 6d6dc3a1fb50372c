"""Requirements of which one of several ways is enough: ten hours of one kind or fifteen of another, or a card."""

import json
from typing import Any

import pytest

from rules.question import read_question
from rules.standing import assess
from tests.rules.cases import ask, at
from tests.rules.making import made, problems_in

LIMITS = (
    'categories = [{ code = "a" }, { code = "b" }, { code = "c" }]\n'
    "limits = [\n"
    '  { code = "ten_a", label = "Teaching", over = { categories = ["a"] }, minimum = { value = "10" } },\n'
    '  { code = "fifteen_b", label = "Practice", over = { categories = ["b"] }, minimum = { value = "15" } },\n'
    '  { code = "five_c", label = "Ethics", over = { categories = ["c"] }, minimum = { value = "5" } },\n'
    "]\n"
)
ONE = 'alternatives = [{ code = "work", of = ["ten_a", "fifteen_b"] }]\n'


def answered(
    alternatives: str, *records: tuple[str, str], head: str = "", days: str = "", **asked: Any
) -> Any:
    """The answer on records (category, amount), each completed a month after the one before."""
    policy = made(LIMITS + alternatives + days, head)
    rows = [
        {"id": str(number), "category": category, "ceus": amount, "completed_on": f"2025-0{number + 1}-01"}
        for number, (category, amount) in enumerate(records)
    ]
    cycle = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    answer = ask({"as_of": "2026-06-30", "cycle": cycle, "records": rows, **asked}, policy)
    assert "error" not in answer, answer
    return answer


@pytest.mark.parametrize(
    ("a", "b", "met"),
    [("10", "0.01", True), ("0.01", "15", True), ("9.99", "14.99", False), ("10", "15", True)],
)
def test_ten_of_one_kind_or_fifteen_of_another_are_enough(a, b, met):
    answer = answered(ONE, ("a", a), ("b", b), ("c", "20"))
    assert at(answer, "requirements.work.met") is met
    assert [one["code"] for one in answer["requirements"]] == ["total", "five_c", "work"]
    assert answer["unmet"] == ([] if met else ["work"])


def test_the_sentence_says_how_far_each_way_is():
    answer = answered(ONE, ("a", "4"), ("c", "20"))
    assert {
        "clause": "page",
        "text": (
            "Work: one of these is enough. You have 4 of 10 credits in Teaching. You need 6 more. "
            "Or: You have 0 of 15 credits in Practice. You need 15 more."
        ),
    } in answer["explanations"]


def test_a_way_of_two_requirements_needs_both():
    both = 'alternatives = [{ code = "work", of = ["ten_a", ["fifteen_b", "five_c"]] }]\n'
    assert at(answered(both, ("b", "15"), ("c", "4.99")), "requirements.work.met") is False
    assert at(answered(both, ("b", "15"), ("c", "5")), "requirements.work.met") is True
    assert at(answered(both, ("a", "10")), "requirements.work.met") is True


def test_two_of_three_ways():
    two = 'alternatives = [{ code = "work", of = ["ten_a", "fifteen_b", "five_c"], at_least = 2 }]\n'
    answer = answered(two, ("a", "10"), ("b", "14"), ("c", "4"))
    assert at(answer, "requirements.work") == {"code": "work", "required": "2", "counted": "1", "met": False}
    answer = answered(two, ("a", "10"), ("b", "15"), ("c", "5"))
    assert at(answer, "requirements.work") == {"code": "work", "required": "2", "counted": "2", "met": True}


FACT = 'facts = [{ code = "exam", kind = "yes_no" }]\n'
OR_EXAM = 'needs = [{ code = "passed", fact = "exam" }]\ncards = [{ code = "cpr", label = "CPR" }]\nalternatives = [{ code = "work", of = ["ten_a", "passed", "cpr"] }]\n'


def test_a_fact_or_a_card_can_be_a_way():
    rest = ("b", "15"), ("c", "5")
    assert answered(OR_EXAM, *rest, head=FACT)["unmet"] == ["work"]
    assert answered(OR_EXAM, *rest, head=FACT, facts={"exam": True})["unmet"] == []
    assert answered(OR_EXAM, *rest, head=FACT, cards=[{"card": "cpr"}])["unmet"] == []


def test_alternatives_for_some_people_are_needed_by_them_alone():
    some = ONE.replace(" }]", ", when = { member = true } }]")
    assert answered(some, ("c", "20"))["unmet"] == []
    assert answered(some, ("c", "20"), member=True)["unmet"] == ["work"]


def test_where_no_credit_is_needed_no_way_of_credit_is_either():
    paths = 'paths = [{ code = "credits" }, { code = "exam", credits = false }]\n'
    assert answered(ONE, days=paths, path="exam")["unmet"] == []
    assert answered(ONE, ("a", "10"), ("c", "10"), days=paths, path="credits")["unmet"] == []


EACH = (
    LIMITS.replace('value = "10" }', 'value = "10" }, per = "year"').replace(
        'value = "15" }', 'value = "15" }, per = "year"'
    )
    + 'alternatives = [{ code = "work", of = ["ten_a", "fifteen_b", "passed"], per = "year" }]\nneeds = [{ code = "passed", fact = "exam" }]\n'
)


def each_year(*records: tuple[str, str, str], late: bool = False, **asked: Any) -> Any:
    """The standing on records (category, amount, day) where each of two years needs one way."""
    policy = made(EACH + (GRACE if late else ""), FACT, plain=NOTHING)
    rows = [
        {"id": str(number), "category": category, "ceus": amount, "completed_on": day}
        for number, (category, amount, day) in enumerate((*records, ("c", "5", "2024-07-01")))
    ]
    cycle = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    question = {"as_of": "2026-06-30", "cycle": cycle, "records": rows, **asked}
    facts, today = read_question(json.dumps(question).encode(), policy)
    return assess(facts, today, policy)


def test_each_year_may_be_reached_in_another_way():
    first, second = ("a", "10", "2025-06-30"), ("b", "15", "2025-07-01")
    assert each_year(first, second).unmet == ()
    assert each_year(first, ("b", "14.99", "2025-07-01")).unmet == ("work_2",)
    assert each_year(("a", "10", "2025-07-01"), ("b", "15", "2025-07-02")).unmet == ("work_1",)
    assert each_year(facts={"exam": True}).unmet == ()
    found = each_year(first, second).requirements
    assert [one.code for one in found] == ["total", "five_c", "work_1", "work_2"]


def test_a_late_course_is_claimed_for_the_way_of_the_last_year():
    rows = (
        ("a", "10", "2025-01-01"),
        ("b", "6", "2025-08-01"),
        ("a", "10", "2026-07-01"),
        ("b", "9", "2026-07-02"),
    )
    assert each_year(*rows, late=True).claims == ("4", "0", "1", "3")


GRACE = 'earning = { through = "E + 90 days" }\ntiers = [{ code = "on_time", through = "E + 90 days" }]\n'


def claims(alternatives: str, *records: tuple[str, str, str], **asked: Any) -> list[str]:
    """The ids of the records that an application on 2026-08-01 claims."""
    policy = made(LIMITS + alternatives + GRACE, FACT if "passed" in alternatives else "", plain=NOTHING)
    rows = [
        {"id": str(number), "category": category, "ceus": amount, "completed_on": day}
        for number, (category, amount, day) in enumerate(records)
    ]
    cycle = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    question = {"as_of": "2026-08-01", "cycle": cycle, "records": rows, **asked}
    facts, today = read_question(json.dumps(question).encode(), policy)
    return list(assess(facts, today, policy).claims)


NOTHING = (
    'in_force_from = 2000-01-01\ntotal = { none = true }\nfees = [{ code = "renewal", amount = "100.00" }]\n'
)


def test_after_the_end_the_way_is_claimed_that_can_be_reached_and_lacks_least():
    late = (
        ("a", "6", "2026-07-01"),
        ("b", "5", "2026-07-02"),
        ("a", "4", "2026-07-03"),
        ("b", "5", "2026-07-04"),
    )
    ethics = "c", "5", "2025-01-01"
    assert claims(ONE, ethics, *late) == ["0", "1", "3"]  # fifteen of b are out of reach
    assert claims(ONE, ethics, ("b", "5", "2025-01-02"), *late) == ["0", "1", "2", "4"]  # both lack ten
    assert claims(ONE, ethics, ("b", "6", "2025-01-02"), *late) == ["0", "1", "3", "5"]  # b lacks nine


def test_a_way_that_is_reached_without_courses_leaves_late_ones_for_the_next_cycle():
    rows = ("c", "5", "2025-01-01"), ("a", "10", "2026-07-01")
    assert claims(OR_EXAM, *rows, ("b", "15", "2025-01-01")) == ["0", "2", "1"]
    assert claims(OR_EXAM, *rows, ("b", "15", "2025-01-01"), facts={"exam": True}) == ["0", "2"]


@pytest.mark.parametrize(
    ("first", "second", "group", "problem"),
    [
        ('per = "year"', 'per = "calendar_year"', ', per = "year"', "per: its limits count different years; let all be per year, or per calendar_year."),
        ('per = "year"', 'per = "year"', ', per = "year"', None),
        ("when = { member = true }", "when = { member = true }", "", "of: only 0 of its ways are for everybody; give it a when, too."),
        ("when = { member = true }", "", "", None),
        ("when = { member = true }", "when = { member = true }", ", when = { member = true }", None),
    ],
)  # fmt: skip
def test_ways_of_which_some_people_would_have_none_or_of_different_years_are_refused(
    first, second, group, problem
):
    rows = "".join(
        f'{{ code = "{code}", over = {{ categories = ["{code}"] }}, minimum = {{ value = "5" }}{more and ", " + more} }},'
        for code, more in (("a", first), ("b", second))
    )
    text = f'categories = [{{ code = "a" }}, {{ code = "b" }}]\nlimits = [{rows}]\n'
    found = problems_in(f'{text}alternatives = [{{ code = "act", of = ["a", "b"]{group} }}]\n')
    assert found == ([f"alternatives[act].{problem}"] if problem else [])
