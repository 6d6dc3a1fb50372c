"""Recurring fees (`dues`) on their due days, and records carried over from one cycle to the next;
the expected answers were worked out by hand.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules.facts import Circumstances, DuePaid, Facts
from rules.policy.load import load_policy
from rules.wide import dues_of_ended_cycle
from tests.rules.cases import ask, at
from tests.rules.making import made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
DUES = made(
    "dues = [\n"
    '  { code = "yearly", amount = "30.00", first = "E - 12 months", every = "1 year" },\n'
    '  { code = "fund", amount = "4.50", first = "E", blocks = false },\n'
    '  { code = "journal", amount = "6.00", first = "S", grace_days = 5, when = { member = true } },\n'
    '  { code = "dinner", amount = "8.00", first = "S + 1 month", with_renewal = true },\n'
    "]\n"
    'tiers = [{ code = "late", after = "E", through = "E + 30 days" }]\n'
)


def record(**change: Any) -> dict[str, Any]:
    return {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01", **change}


def answer_to(policy: Any, **change: Any) -> dict[str, Any]:
    answer = ask({**ASKED, **change}, policy)
    assert "error" not in answer, answer
    return answer


def paid(code: str, due_on: str, paid_on: str) -> dict[str, str]:
    return {"code": code, "due_on": due_on, "paid_on": paid_on}


def test_recurring_fees_are_sorted_by_due_day_then_code_and_may_be_due_on_the_expiration_date():
    dues = answer_to(DUES, member=True)["dues"]
    assert [(one["code"], one["due_on"], one["last_on"], one["amount"]) for one in dues] == [
        ("journal", "2024-07-01", "2024-07-06", "6.00"),
        ("dinner", "2024-08-01", "2024-08-01", "8.00"),
        ("yearly", "2025-06-30", "2025-06-30", "30.00"),
        ("fund", "2026-06-30", "2026-06-30", "4.50"),
        ("yearly", "2026-06-30", "2026-06-30", "30.00"),
    ]
    assert {one["clause"] for one in dues} == {"page"}


def test_a_recurring_fee_is_due_every_six_months_within_the_cycle():
    policy = made('dues = [{ code = "half_year", amount = "1.00", first = "S", every = "6 months" }]\n')
    days = ["2024-07-01", "2025-01-01", "2025-07-01", "2026-01-01"]
    assert [one["due_on"] for one in answer_to(policy)["dues"]] == days


@pytest.mark.parametrize(
    ("due", "starts_on", "days"),
    [
        ('first = "E - 12 months"', "2026-01-01", []),
        ('first = "S + 1 year"', "2026-01-01", []),
        ('first = "S + 1 year"', "2025-06-30", ["2026-06-30"]),
        ('first = "S + 1 year"', "2025-07-01", []),
        ('first = "E - 1 year"', "2025-06-30", ["2025-06-30"]),
        ('first = "E - 1 year"', "2025-07-01", []),
        ('first = "E - 12 months", every = "3 months"', "2026-01-01", ["2026-03-30", "2026-06-30"]),
        ('first = "E - 12 months", every = "1 year", prorated = "begun"', "2026-06-30", ["2026-06-30"]),
        ('first = "S + 1 year", every = "1 year", prorated = "begun"', "2026-01-01", []),
    ],
)
def test_nothing_is_due_before_the_first_or_after_the_last_day_of_a_short_cycle(due, starts_on, days):
    policy = made(f'dues = [{{ code = "yearly", amount = "1.00", {due} }}]\n')
    cycle = {"starts_on": starts_on, "expires_on": "2026-06-30"}
    assert [one["due_on"] for one in answer_to(policy, cycle=cycle).get("dues", [])] == days


def test_the_fees_of_an_ended_cycle_are_as_its_last_day_stated_them_and_paid_or_overdue_by_today():
    facts = Facts(expires_on=date(2026, 6, 30), starts_on=date(2024, 7, 1))
    facts = replace(facts, more=Circumstances(dues=(DuePaid("yearly", date(2025, 6, 30), date(2026, 9, 1)),)))

    def states(today: date) -> list[tuple[str, str]]:
        return [(one.code, one.state) for one in dues_of_ended_cycle(facts, today, DUES)]

    before = [("dinner", "overdue"), ("yearly", "overdue"), ("fund", "open"), ("yearly", "open")]
    assert states(date(2026, 6, 30)) == before
    late = [("dinner", "overdue"), ("yearly", "paid"), ("fund", "overdue"), ("yearly", "overdue")]
    assert states(date(2026, 9, 1)) == late
    assert dues_of_ended_cycle(facts, date(2026, 9, 1), load_policy("nasm-cpt")) == ()


def test_a_recurring_fee_for_members_is_not_owed_by_others():
    assert [one["code"] for one in answer_to(DUES)["dues"]] == ["dinner", "yearly", "fund", "yearly"]


@pytest.mark.parametrize(
    ("payment", "state"),
    [
        (paid("yearly", "2025-06-30", "2026-06-30"), "paid"),
        (paid("yearly", "2025-06-30", "2026-07-01"), "overdue"),
        (paid("fund", "2025-06-30", "2025-06-30"), "overdue"),
        (paid("yearly", "2025-06-29", "2025-06-30"), "overdue"),
    ],
)
def test_a_recurring_fee_is_paid_by_a_payment_for_its_code_and_due_day_until_the_day_of_receipt(
    payment, state
):
    yearly = [one["state"] for one in answer_to(DUES, dues=[payment])["dues"] if one["code"] == "yearly"]
    assert yearly == [state, "open"]


def test_an_overdue_fee_is_unmet_only_if_it_blocks_and_is_not_charged_with_the_renewal():
    answer = answer_to(DUES, as_of="2026-07-01", records=[record()])
    states = {(one["code"], one["state"]) for one in answer["dues"]}
    assert states == {("dinner", "overdue"), ("yearly", "overdue"), ("fund", "overdue")}
    assert answer["unmet"] == ["yearly"]
    assert answer["requirements"][1:] == [{"code": "yearly", "required": "2", "counted": "0", "met": False}]
    assert {"clause": "page", "text": "Yearly: what was due on June 30, 2026 is not paid."} in answer[
        "explanations"
    ]
    assert {"clause": "page", "text": "Dinner is due on August 1, 2024."} in answer["explanations"]
    assert answer["fees"]["lines"][1:] == [{"code": "dinner", "amount": "8.00", "clause": "page"}]


def test_when_one_of_two_recurring_fees_is_paid_the_requirement_counts_1_of_2():
    payment = paid("yearly", "2026-06-30", "2026-06-30")
    answer = answer_to(DUES, as_of="2026-07-01", records=[record()], dues=[payment])
    assert answer["requirements"][1:] == [{"code": "yearly", "required": "2", "counted": "1", "met": False}]


def test_a_recurring_fee_that_was_paid_before_is_not_charged_with_the_renewal():
    answer = answer_to(DUES, dues=[paid("dinner", "2024-08-01", "2024-08-01")])
    assert [one["code"] for one in answer["fees"]["lines"]] == ["renewal"]
    assert answer["fees"]["total"] == "100.00"


KEPT = made(
    'carry_over = {}\nearning = { through = "E + 90 days" }\ntiers = [{ code = "late", after = "E", through = "E + 90 days" }]\n'
)
CUT = made(
    'carry_over = { most = "5", from = "S", through = "E", grace = "lost" }\nearning = { through = "E + 90 days" }\n'
    'categories = [{ code = "education" }, { code = "teaching" }]\n'
    'tiers = [{ code = "late", after = "E", through = "E + 90 days" }]\n'
)
KIND = made(
    'carry_over = { over = { categories = ["teaching"] } }\ncategories = [{ code = "education" }, { code = "teaching" }]\n'
)
NOTHING = made("carry_over = { none = true }\n")


@pytest.mark.parametrize(
    ("completed_on", "counted"),
    [("2022-06-30", "0"), ("2022-07-01", "3"), ("2024-06-30", "3"), ("2024-07-01", "0")],
)
def test_only_records_completed_on_the_allowed_days_of_the_previous_cycle_are_carried_over(
    completed_on, counted
):
    answer = answer_to(CUT, carried=[record(id="c", ceus="3", completed_on=completed_on)])
    assert at(answer, "records.c.counted") == counted
    assert at(answer, "records.c.reason") == ("null" if counted == "3" else "not_carried")


def test_the_explanation_of_a_record_that_was_not_carried_over_cites_the_clause():
    answer = answer_to(CUT, carried=[record(id="c", completed_on="2022-06-30")])
    assert {"clause": "page", "text": "This was not carried over."} in answer["explanations"]


def test_carried_records_share_the_carry_over_maximum_and_do_not_reduce_the_cycles_own_records():
    brought = [
        record(id="c", ceus="3", completed_on="2024-05-01"),
        record(id="d", ceus="4", completed_on="2024-06-01"),
    ]
    answer = answer_to(CUT, carried=brought, records=[record(ceus="15")])
    assert [(one["id"], one["counted"], one["reason"]) for one in answer["records"]] == [
        ("a", "15", None),
        ("c", "3", None),
        ("d", "2", "not_carried"),
    ]
    assert {"clause": "page", "text": "5 credits are carried over at most."} in answer["explanations"]
    assert (answer["eligible"], answer["carry_over"]["total"]) == (True, "0")


def test_a_record_of_the_previous_cycle_does_not_count_under_a_policy_without_carry_over():
    answer = answer_to(made(), carried=[record(id="c", completed_on="2024-06-30")])
    assert (at(answer, "records.c.reason"), at(answer, "records.c.counted")) == ("before_cycle", "0")
    assert "carry_over" not in answer


@pytest.mark.parametrize(
    ("policy", "records", "left"),
    [
        (KEPT, [("a", "12", "2025-01-01"), ("b", "11", "2025-02-01")], [("b", "3")]),
        (KEPT, [("a", "22", "2025-01-01"), ("b", "1", "2025-02-01")], [("b", "1"), ("a", "2")]),
        (KEPT, [("a", "11", "2025-01-01"), ("b", "11", "2025-01-01")], [("b", "2")]),
        (KEPT, [("a", "23", "2025-01-01"), ("late", "4", "2026-07-01")], [("a", "3")]),
        (KEPT, [("a", "18", "2025-01-01"), ("late", "5", "2026-07-01")], [("late", "3")]),
        (KEPT, [("a", "20", "2025-01-01"), ("late", "5", "2026-07-01")], []),
        (KEPT, [("a", "19", "2025-01-01")], []),
        (CUT, [("a", "20", "2024-07-01"), ("b", "7", "2026-06-30")], [("b", "5")]),
        (CUT, [("a", "23", "2024-07-01"), ("late", "4", "2026-07-01")], [("a", "3")]),
        (NOTHING, [("a", "25", "2025-01-01")], []),
    ],
)  # fmt: skip
def test_the_latest_completed_records_are_left_over_for_the_next_cycle_first(policy, records, left):
    told = [record(id=one, ceus=ceus, completed_on=day) for one, ceus, day in records]
    found = answer_to(policy, records=told)["carry_over"]
    assert [(one["id"], one["amount"]) for one in found["records"]] == left
    assert found["total"] == str(sum(int(amount) for _, amount in left))


def test_what_a_card_is_worth_leaves_credits_over_and_is_not_carried_over_itself():
    card = 'cards = [{ code = "cpr", from = "R", through = "R", needed = false, worth = "5" }]\n'
    held = [{"card": "cpr", "valid_from": "2026-01-01", "valid_through": "2026-12-31"}]
    found = answer_to(made(f"carry_over = {{}}\n{card}"), records=[record(ceus="18")], cards=held)
    assert found["carry_over"] == {"total": "3", "records": [{"id": "a", "amount": "3"}]}


def test_the_smallest_amount_above_the_requirement_is_left_over():
    found = answer_to(KEPT, records=[record(ceus="20.01")])["carry_over"]
    assert found == {"total": "0.01", "records": [{"id": "a", "amount": "0.01"}]}


def test_only_records_that_the_carry_over_rule_names_are_left_over():
    told = [record(ceus="20"), record(id="t", category="teaching", ceus="3", completed_on="2025-01-01")]
    assert answer_to(KIND, records=told)["carry_over"]["records"] == [{"id": "t", "amount": "3"}]


@pytest.mark.parametrize(
    ("policy", "renewed_on", "completed_on", "reason"),
    [
        (CUT, "2024-07-20", "2024-07-20", "before_cycle"),
        (CUT, "2024-07-01", "2024-07-01", "before_cycle"),
        (CUT, "2024-07-01", "2024-07-02", "null"),
        (CUT, "2024-06-30", "2024-07-01", "null"),
        (KEPT, "2024-07-20", "2024-07-20", "null"),
    ],
)
def test_records_completed_by_the_day_of_a_late_renewal_count_or_are_lost_as_the_policy_says(
    policy, renewed_on, completed_on, reason
):
    answer = answer_to(policy, previous_received_on=renewed_on, records=[record(completed_on=completed_on)])
    assert at(answer, "records.a.reason") == reason
    assert at(answer, "records.a.counted") == ("20" if reason == "null" else "0")


def test_the_explanation_of_lost_records_names_the_last_lost_day():
    answer = answer_to(CUT, previous_received_on="2024-07-20", records=[record(completed_on="2024-07-01")])
    assert {"clause": "page", "text": "What was completed through July 20, 2024 is lost."} in answer[
        "explanations"
    ]


def test_carried_records_are_not_lost_by_a_late_renewal():
    answer = answer_to(
        CUT, previous_received_on="2024-07-20", carried=[record(id="c", ceus="3", completed_on="2024-06-30")]
    )
    assert at(answer, "records.c.counted") == "3"
