"""Requirements: amounts in a short first cycle, a path without credits, cards that count, and facts."""

from datetime import date
from typing import Any

import pytest

from rules.facts import CardFact, Circumstances, Facts, RecordFact
from rules.standing import assess
from tests.rules.cases import ask, at
from tests.rules.making import PLAIN, made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
E = date(2026, 6, 30)
S = date(2024, 7, 1)


def record(**change: Any) -> dict[str, Any]:
    return {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01", **change}


def answer_to(policy: Any, **change: Any) -> dict[str, Any]:
    answer = ask({**ASKED, **change}, policy)
    assert "error" not in answer, answer
    return answer


def needed(answer: dict[str, Any]) -> dict[str, str]:
    return {one["code"]: one["required"] for one in answer["requirements"]}


SHORT = (
    'cycle = {{ ends = "fixed", fixed_days = ["12-31"], rounds = "down", first = {{ prorated = "{0}" }} }}\n'
    'topics = ["law"]\ncategories = [{{ code = "education", minimum = {{ value = "8" }} }}]\n'
    "limits = [\n"
    '  {{ code = "law", over = {{ topics = ["law"] }}, minimum = {{ value = "4" }} }},\n'
    '  {{ code = "talks", counts = "records", minimum = {{ value = 4 }} }},\n'
    '  {{ code = "each", per = "item", minimum = {{ value = "4" }} }},\n'
    "]\n"
)


@pytest.mark.parametrize(
    ("kind", "awarded_on", "total", "education", "law"),
    [
        # 18 of 24 months through 31 December 2025
        ("whole", "2024-07-01", "15", "6", "3"),
        ("begun", "2024-07-01", "15", "6", "3"),
        # 17 whole months and a part: 20 × 17 / 24 = 14.1666…, 8 × 17 / 24 = 5.666…, 4 × 17 / 24 = 2.8333…
        ("whole", "2024-07-02", "14.17", "5.67", "2.84"),
        ("begun", "2024-07-02", "15", "6", "3"),
        # 17 months through 30 December, and the 31st begins another one
        ("whole", "2024-07-31", "14.17", "5.67", "2.84"),
        ("begun", "2024-07-31", "15", "6", "3"),
        ("begun", "2024-08-01", "14.17", "5.67", "2.84"),
        # without it every first cycle needs all
        ("none", "2024-07-01", "20", "8", "4"),
    ],
)
def test_a_short_first_cycle_prorates_required_amounts_but_not_required_numbers_of_records(
    kind, awarded_on, total, education, law
):
    asked = {"as_of": "2025-07-01", "awarded_on": awarded_on, "cycle": {"number": 1}}
    answer = answer_to(
        made(SHORT.format(kind)), **asked, records=[record(completed_on="2025-01-02", ceus="3.99")]
    )
    assert needed(answer) == {"total": total, "education": education, "law": law, "talks": "4"}
    assert at(answer, "records.a.reason") == "too_small"


def test_a_prorated_amount_is_rounded_up_to_the_step_of_the_unit():
    unit = 'unit = { singular = "hour", plural = "hours", digits = 1, step = "0.5" }\n'
    cycle = 'cycle = { ends = "fixed", fixed_days = ["12-31"], rounds = "down", first = { prorated = "whole" } }\n'
    asked = {"as_of": "2025-07-01", "awarded_on": "2024-07-02", "cycle": {"number": 1}}
    # 20 × 17 / 24 = 14.1666…
    assert needed(answer_to(made(cycle, unit), **asked)) == {"total": "14.5"}


def test_only_the_first_cycle_is_prorated():
    asked = {"as_of": "2027-07-01", "awarded_on": "2024-07-01", "cycle": {"number": 2}}
    assert needed(answer_to(made(SHORT.format("begun")), **asked))["total"] == "20"
    assert needed(answer_to(made(SHORT.format("begun"))))["total"] == "20"


TEACHER = made(
    'topics = ["law"]\ncategories = [{ code = "education", minimum = { value = "8" } }]\n'
    "limits = [\n"
    '  { code = "law", over = { topics = ["law"] }, minimum = { value = "4" } },\n'
    '  { code = "each", per = "item", minimum = { value = "4" } },\n'
    "]\n"
    'paths = [{ code = "credits" }, { code = "teaching", credits = false }]\n'
)


@pytest.mark.parametrize(
    ("path", "required"),
    [("credits", {"total": "20", "education": "8", "law": "4"}), ("teaching", {"total": "0"})],
)
def test_a_path_without_credits_requires_no_amounts_but_applies_the_same_checks_to_each_record(
    path, required
):
    answer = answer_to(TEACHER, path=path, records=[record(ceus="3"), record(id="b", ceus="4")])
    assert needed(answer) == required
    assert [one["reason"] for one in answer["records"]] == ["too_small", None]
    assert at(answer, "requirements.total.counted") == "4"


WORTH = (
    'categories = [{ code = "education", minimum = { value = "8" } }, { code = "teaching" }]\n'
    'earning = { through = "E + 90 days" }\ntiers = [{ code = "late", after = "E", through = "E + 90 days" }]\n'
    'cards = [{ code = "cpr", label = "CPR", worth = "2", category = "education" }, { code = "aed", label = "AED", worth = "3" }]\n'
)


@pytest.mark.parametrize(
    ("cards", "total", "education"),
    [([], "6", "6"), (["cpr"], "8", "8"), (["aed"], "9", "6"), (["cpr", "aed"], "11", "8")],
)
def test_a_card_counts_in_the_total_and_in_its_category_if_it_has_one(cards, total, education):
    answer = answer_to(made(WORTH), cards=[{"card": one} for one in cards], records=[record(ceus="6")])
    assert at(answer, "requirements.total.counted") == total
    assert at(answer, "requirements.education.counted") == education


def claims(version: str, ceus: dict[str, tuple[str, int, date]], plain: str = PLAIN) -> tuple[str, ...]:
    records = tuple(RecordFact(one, kind, amount, day) for one, (kind, amount, day) in ceus.items())
    more = Circumstances(cards=(CardFact("cpr"), CardFact("aed")))
    return assess(Facts(E, S, records=records, more=more), E, made(version, plain=plain)).claims


def test_records_completed_after_expiration_are_claimed_only_for_what_is_missing_after_counting_cards():
    own = {"own": ("education", 14_00, date(2026, 6, 30))}
    later = {"b": ("teaching", 1_00, date(2026, 7, 1)), "c": ("teaching", 4_00, date(2026, 7, 2))}
    # 20 are needed: 14, 5 of the cards, and 1 of the later ones
    assert claims(WORTH, own | later) == ("own", "b")
    # of education 8 are needed: 6 and 2 of the card, so that nothing more of it is
    kinds = {"own": ("teaching", 9_00, E), "edu": ("education", 6_00, E)}
    assert claims(WORTH, kinds | {"late": ("education", 1_00, date(2026, 7, 1))}) == ("edu", "own")
    assert claims(
        WORTH, kinds | {"edu": ("education", 5_00, E), "late": ("education", 1_00, date(2026, 7, 1))}
    ) == (
        "edu",
        "own",
        "late",
    )


def test_records_completed_after_expiration_are_not_claimed_when_no_amount_is_required():
    none = PLAIN.replace('value = "20"', "none = true")
    version = WORTH.replace(', minimum = { value = "8" }', "")
    assert claims(version, {"late": ("education", 1_00, date(2026, 7, 1))}, plain=none) == ()


SPANS = made(
    'cards = [{ code = "cpr", label = "CPR", from = "R", through = "R + 30 days" }, { code = "aed", label = "AED" }]\n'
    'paths = [{ code = "all" }, { code = "bare", cards = false }]\n'
)


def test_the_explanation_of_a_required_card_names_the_days_on_which_it_must_be_current():
    answer = answer_to(SPANS)
    assert answer["unmet"] == ["total", "cpr", "aed"]
    said = [one["text"] for one in answer["explanations"]]
    assert "CPR must be current from June 30, 2026 through July 30, 2026." in said
    assert "AED must be current on June 30, 2026." in said
    assert answer["cards"][0] == {
        "code": "cpr",
        "from": "2026-06-30",
        "through": "2026-07-30",
        "met": False,
        "counted": "0",
        "clause": "page",
    }


def test_two_cards_one_after_the_other_cover_a_span_in_any_order():
    second = {"card": "cpr", "valid_from": "2026-07-11"}
    first = {"card": "cpr", "valid_through": "2026-07-10"}
    for cards in ([first, second], [second, first]):
        assert at(answer_to(SPANS, cards=cards), "requirements.cpr.met") is True
    gap = {**first, "valid_through": "2026-07-09"}
    assert at(answer_to(SPANS, cards=[gap, second]), "requirements.cpr.met") is False


def test_a_path_without_cards_requires_none_and_a_met_card_requirement_has_its_own_sentence():
    assert answer_to(SPANS, path="bare")["unmet"] == ["total"]
    facts = Facts(E, S, more=Circumstances(cards=(CardFact("aed"),)))
    assert assess(facts, E, SPANS).requirement("aed").text == "AED is current on June 30, 2026."


FACTS = made(
    "needs = [\n"
    '  { code = "passed", fact = "exam" },\n'
    '  { code = "place", fact = "region", among = ["north", "east"] },\n'
    '  { code = "practice", fact = "hours", at_least = 7 },\n'
    '  { code = "recent", fact = "taught_on", from = "S", through = "E" },\n'
    '  { code = "oath", fact = "sworn", when = { member = true } },\n'
    "]\n",
    head='facts = [{ code = "exam", label = "The exam", kind = "yes_no" }, { code = "sworn", kind = "yes_no" },'
    ' { code = "region", kind = "choice", choices = ["north", "south", "east"] },'
    ' { code = "hours", kind = "number" }, { code = "taught_on", kind = "date" }]\n',
)
ALL = {"exam": True, "region": "east", "hours": 7, "taught_on": "2026-06-30"}


@pytest.mark.parametrize(
    ("change", "unmet"),
    [
        ({}, []),
        ({"exam": False}, ["passed"]),
        ({"exam": None}, ["passed"]),
        ({"region": "south"}, ["place"]),
        ({"hours": 6}, ["practice"]),
        ({"hours": 0}, ["practice"]),
        ({"taught_on": "2026-07-01"}, ["recent"]),
        ({"taught_on": "2024-06-30"}, ["recent"]),
        ({"taught_on": "2024-07-01"}, []),
    ],
)
def test_a_requirement_about_a_fact_is_met_exactly_from_its_boundary_value_on(change, unmet):
    assert answer_to(FACTS, facts={**ALL, **change}, records=[record()])["unmet"] == unmet


def test_a_requirement_for_members_is_unmet_only_for_them_and_its_sentence_names_what_is_missing():
    answer = answer_to(FACTS, facts={**ALL, "exam": False}, member=True, records=[record()])
    assert answer["unmet"] == ["passed", "oath"]
    assert {"clause": "page", "text": "The exam: this is missing."} in answer["explanations"]
    met = assess(Facts(E, S, more=Circumstances(own={"exam": True})), E, FACTS).requirement("passed")
    assert (met.text, met.required, met.counted) == ("The exam: this is met.", 1, 1)


LOGGED = {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01"}


@pytest.mark.parametrize(
    ("records", "said"), [([], "You have 0 of 1 time in Walks. You need 1 more."), ([LOGGED], None)]
)
def test_how_often_is_said_in_times(records, said):
    policy = made(
        'limits = [{ code = "walks", counts = "records", over = { categories = ["education"] }, minimum = { value = 1 } },'
        ' { code = "talks", counts = "records", over = { categories = ["education"] }, minimum = { value = 3 } }]\n'
    )
    answer = ask({"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": records}, policy)
    texts = [one["text"] for one in answer["explanations"]]
    count = len(records)
    assert f"You have {count} of 3 times in Talks. You need {3 - count} more." in texts
    assert [one for one in texts if "Walks" in one] == ([said] if said else [])


def test_a_category_without_a_record_has_reached_nothing_of_its_minimum():
    policy = made(
        'paths = [{ code = "a" }]\ncategories = [{ code = "practice", minimum = { value = "2" } }]\n'
    )
    answer = ask({"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}, policy)
    assert [one["counted"] for one in answer["requirements"] if one["code"] == "practice"] == ["0"]


@pytest.mark.parametrize(("member", "codes"), [(True, ["total", "taught"]), (False, ["total"])])
def test_a_limit_applies_only_to_people_whom_its_condition_fits(member, codes):
    policy = made(
        'limits = [{ code = "taught", over = { categories = ["education"] }, minimum = { value = "5" }, when = { member = true } }]\n'
    )
    question = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": [], "member": member}
    assert [one["code"] for one in ask(question, policy)["requirements"]] == codes
