"""What `assess` answers, to the letter."""

from datetime import date

import pytest

from rules.facts import CycleExtension, Facts, Waiver
from rules.policy.load import load_policy
from rules.standing import assess
from tests.rules.cases import ask, policy_named


def test_the_example_in_the_rules_document_gets_exactly_the_documented_answer():
    question = {
        "as_of": "2026-07-10", "awarded_on": "2022-06-30",
        "cycle": {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}, "received_on": None,
        "records": [
            {"id": "a", "category": "education", "ceus": "1.9", "completed_on": "2025-03-01"},
            {"id": "b", "category": "cpr_aed", "ceus": "0.1", "completed_on": "2025-05-01", "valid_through": "2027-05-01"},
        ],
    }  # fmt: skip
    assert ask(question, load_policy()) == {
        "status": "expired", "tier": "late", "accepts_application": True, "eligible": True, "unmet": [],
        "requirements": [
            {"code": "total", "required": "2.0", "counted": "2.0", "met": True},
            {"code": "cpr_aed", "required": "0.1", "counted": "0.1", "met": True},
        ],
        "records": [{"id": "a", "counted": "1.9", "reason": None}, {"id": "b", "counted": "0.1", "reason": None}],
        "fees": {
            "currency": "USD", "total": "129.00",
            "lines": [
                {"code": "renewal", "amount": "99.00", "clause": "Q6"},
                {"code": "late", "amount": "30.00", "clause": "S6"},
            ],
        },
        "dates": {
            "opens_on": "2026-01-01", "expires_on": "2026-06-30", "completion_deadline": "2026-09-28",
            "late_until": "2026-09-28", "last_day_to_apply": "2027-06-29",
            "next_cycle": {"starts_on": "2026-07-01", "expires_on": "2028-06-30"},
        },
        "explanations": [
            {"clause": "S4", "text": "Your certification expired on June 30, 2026. You can still renew it through June 29, 2027."},
            {"clause": "S6", "text": "From July 1, 2026 through September 28, 2026 you can still renew, with a late fee. It costs $129."},
            {"clause": "Q6", "text": "The renewal fee is $99."},
            {"clause": "S6", "text": "The late fee is $30, because the renewal comes after June 30, 2026."},
        ],
    }  # fmt: skip


def test_each_last_day_moved_by_a_hardship_extension_is_explained_and_the_clause_cited():
    question = {
        "as_of": "2026-07-10",
        "cycle": {"starts_on": "2024-07-01", "expires_on": "2026-06-30"},
        "records": [],
        "extensions": [
            {"of": "completion", "through": "2026-12-31", "reason": "illness"},
            {"of": "application", "through": "2027-06-29", "reason": "illness"},
        ],
    }
    assert [
        one for one in ask(question, policy_named("nasm-cpt"))["explanations"] if one["clause"] == "Q34"
    ] == [
        {
            "clause": "Q34",
            "text": "Your last day to complete courses was moved to December 31, 2026 because of illness.",
        }
    ]
    question["extensions"] = [{"of": "application", "through": "2027-08-31"}]
    assert [
        one for one in ask(question, policy_named("nasm-cpt"))["explanations"] if one["clause"] == "Q34"
    ] == [{"clause": "Q34", "text": "Your last day to apply was moved to August 31, 2027."}]


def test_the_explanation_of_an_extended_last_window_states_the_reason_of_the_extension():
    moved = {"of": "application", "through": "2027-08-31"}
    window = (
        "From September 29, 2026 through August 31, 2027 you can still renew, with an additional fee. "
        "It costs $149. We moved this last day"
    )
    assert window_texts(extensions=[{**moved, "reason": "illness"}]) == [f"{window} because of illness."]
    assert window_texts(extensions=[moved]) == [f"{window}."]


def window_texts(**facts):
    question = {"as_of": "2027-07-10", "cycle": {"expires_on": "2026-06-30"}, "records": [], **facts}
    found = ask(question, policy_named("nasm-cpt"))["explanations"]
    return [one["text"] for one in found if "you can still renew, with" in one["text"]]


@pytest.mark.parametrize(
    ("waivers", "texts"),
    [
        (
            [{"of": "late", "reason": "military service"}],
            ["We waived $30 of it because of military service."],
        ),
        ([{"of": "late", "amount": "0.01"}], ["We waived $0.01 of it."]),
        ([{"of": "late"}, {"of": "late", "amount": "1.00"}], ["We waived $30 of it."]),
        (
            [{"of": "renewal", "amount": "60.00"}, {"of": "renewal", "amount": "60.00"}],
            ["We waived $60 of it. We waived $39 of it."],
        ),
    ],
)
def test_the_explanation_of_a_waived_fee_states_the_waived_amount_and_the_reason(waivers, texts):
    question = {"as_of": "2026-07-10", "cycle": {"expires_on": "2026-06-30"}, "records": []}
    found = ask({**question, "waivers": waivers}, policy_named("nasm-cpt"))["explanations"]
    assert [one["text"] for one in found if one["clause"] == "Q35"] == texts


def test_the_line_of_a_waived_fee_is_labelled_like_the_fee():
    facts = Facts(date(2026, 6, 30), date(2024, 7, 1), waivers=(Waiver("late"),))
    lines = assess(facts, date(2026, 7, 10), policy_named("nasm-cpt")).fees.lines
    assert [line.label for line in lines] == ["Renewal fee", "Late fee", "Late fee, waived"]
    assert lines[-1].text == "We waived $30 of it."


def test_the_explanation_of_an_extension_without_a_reason_names_no_reason():
    moved = CycleExtension("completion", date(2026, 12, 31))
    facts = Facts(date(2026, 6, 30), date(2024, 7, 1), extensions=(moved,))
    found = assess(facts, date(2026, 7, 10), policy_named("nasm-cpt")).explanations
    assert [one.text for one in found if one.clause == "Q34"] == [
        "Your last day to complete courses was moved to December 31, 2026."
    ]


def test_the_explanation_of_a_window_with_every_fee_waived_says_through_when_nothing_is_to_pay():
    question = {"as_of": "2026-07-10", "cycle": {"expires_on": "2026-06-30"}, "records": []}
    waivers = [{"of": "renewal"}, {"of": "late"}]
    found = ask({**question, "waivers": waivers}, policy_named("nasm-cpt"))["explanations"]
    assert [one["text"] for one in found if one["clause"] == "S6"] == [
        "Through September 28, 2026. There is nothing to pay.",
        "The late fee is $30, because the renewal comes after June 30, 2026.",
    ]


@pytest.mark.parametrize(
    ("as_of", "unmet"),
    [("2025-12-31", ["total", "cpr_aed", "window"]), ("2026-01-01", ["total", "cpr_aed"]),
     ("2027-06-29", ["total", "cpr_aed"]), ("2027-06-30", ["total", "cpr_aed", "window"])],
)  # fmt: skip
def test_outside_of_every_window_the_window_is_missing_as_well(as_of, unmet):
    question = {"as_of": as_of, "cycle": {"expires_on": "2026-06-30"}, "records": []}
    assert ask(question, load_policy())["unmet"] == unmet
