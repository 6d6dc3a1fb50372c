"""Paths, cards, carry-over, dues and prices, at their boundaries."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.cards import is_covered
from rules.facts import CardFact
from tests.rules.cases import ask, at
from tests.rules.making import made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
LATE = 'tiers = [{ code = "late", after = "E", through = "E + 2 years", adds = ["late"] }]\n'
FEES = 'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00" }, %s]\n'
DAY_ONE = date(2026, 1, 1)


def record(**change):
    return {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01", **change}


def answer_to(policy, **change):
    answer = ask({**ASKED, **change}, policy)
    assert "error" not in answer, answer
    return answer


spans = st.tuples(st.none() | st.integers(0, 20), st.none() | st.integers(0, 20))


@settings(deadline=None)
@given(st.lists(spans, max_size=4), st.integers(0, 20), st.integers(0, 20))
def test_a_span_is_covered_when_each_of_its_days_is_within_a_card(spans, first, length):
    cards = [
        CardFact("cpr", *(None if end is None else DAY_ONE + timedelta(days=end) for end in one))
        for one in spans
    ]
    days = range(first, first + length + 1)
    each = all(
        any((one[0] or 0) <= day <= (99 if one[1] is None else one[1]) for one in spans) for day in days
    )
    assert (
        is_covered(cards, DAY_ONE + timedelta(days=first), DAY_ONE + timedelta(days=first + length)) == each
    )


CARDS = made(
    'cards = [{ code = "cpr", formats = ["hands_on"], served_by = ["acls"], worth = "2" },'
    ' { code = "aed", needed = false, worth = "1", category = "education" }]\n'
)


@pytest.mark.parametrize(
    ("card", "met", "counted"),
    [
        ({"card": "cpr", "format": "hands_on", "valid_through": "2026-06-30"}, True, "20"),
        ({"card": "cpr", "format": "hands_on", "valid_through": "2026-06-29"}, False, "18"),
        ({"card": "cpr", "format": "hands_on", "valid_from": "2026-07-01"}, False, "18"),
        ({"card": "cpr", "format": "online"}, False, "18"),
        ({"card": "acls", "format": "hands_on"}, True, "20"),
        ({"card": "aed"}, False, "19"),
    ],
)
def test_a_card_counts_and_meets_its_requirement_only_when_it_is_of_the_right_kind_and_valid(
    card, met, counted
):
    answer = answer_to(CARDS, cards=[card], records=[record(ceus="18")])
    assert at(answer, "requirements.cpr.met") is met
    assert at(answer, "requirements.total.counted") == counted
    assert "aed" not in answer["unmet"]


PATHS = made(
    'paths = [{ code = "credits" }, { code = "exam", credits = false, cards = false, adds = ["exam"], in_place_of = ["renewal"], tiers = ["late"] },'
    ' { code = "senior", credits = false, when = { age_from = 70 } }]\n'
    'needs = [{ code = "passed", fact = "passed_on", from = "S", through = "R", when = { path = ["exam"] } }]\n'
    'cards = [{ code = "cpr" }]\n' + LATE,
    head='facts = [{ code = "passed_on", kind = "date" }]\n',
    plain=FEES % '{ code = "late", amount = "10.00" }, { code = "exam", amount = "300.00" }',
)


@pytest.mark.parametrize(
    ("change", "path", "unmet", "total"),
    [
        ({"as_of": "2026-07-01"}, "credits", ["total", "cpr"], "110.00"),
        ({"as_of": "2026-07-01", "facts": {"passed_on": "2026-07-01"}}, "exam", [], "310.00"),
        (
            {"as_of": "2026-07-01", "facts": {"passed_on": "2026-07-02"}, "path": "exam"},
            "exam",
            ["passed"],
            "310.00",
        ),
        (
            {"as_of": "2026-07-01", "facts": {"passed_on": "2024-06-30"}, "path": "exam"},
            "exam",
            ["passed"],
            "310.00",
        ),
        (
            {"as_of": "2026-06-30", "facts": {"passed_on": "2026-06-30"}, "path": "exam"},
            "exam",
            ["window"],
            "310.00",
        ),
        (
            {"as_of": "2026-06-30", "born_on": "1956-06-30", "cards": [{"card": "cpr"}]},
            "senior",
            [],
            "100.00",
        ),
    ],
)
def test_the_way_to_renew_is_the_named_one_or_else_the_first_eligible_one(change, path, unmet, total):
    answer = answer_to(PATHS, **change)
    assert (answer["path"], answer["unmet"], answer["fees"]["total"]) == (path, unmet, total)


def test_naming_a_way_to_renew_that_is_not_open_to_the_person_is_an_error_at_its_field():
    assert ask({**ASKED, "path": "senior"}, PATHS)["error"] == {
        "code": "unknown_path",
        "field": "path",
        "message": "No path of this policy is open: credits, exam, senior.",
    }


PRICES = made(
    'tiers = [{ code = "on_time", adds = ["renewal", "further", "member", "petition", "tax"] },'
    ' { code = "late", after = "E", through = "E + 2 years", adds = ["monthly", "yearly", "short"] }]\n',
    plain=FEES
    % (
        '{ code = "further", amount = "40.00", per = "further_credential" },'
        '{ code = "member", amount = "20.00", takes_off = true, when = { member = true } },'
        '{ code = "petition", amount = "15.00", per = "petition" },'
        '{ code = "tax", percent = "8.255", of = ["renewal"] },'
        '{ code = "monthly", amount = "5.00", per = "late_month" },'
        '{ code = "yearly", amount = "7.00", per = "late_year" },'
        '{ code = "short", amount = "1.00", when = { unmet = ["total"] } }'
    ),
)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, {"renewal": "100.00", "tax": "8.26"}),
        ({"member": True}, {"renewal": "100.00", "member": "-20.00", "tax": "8.26"}),
        ({"petitions": 2}, {"renewal": "100.00", "petition": "30.00", "tax": "8.26"}),
        ({"also": [{"code": "b"}, {"code": "c", "renewed": False}]}, {"renewal": "100.00", "further": "40.00", "tax": "8.26"}),
        ({"as_of": "2026-07-01"}, {"renewal": "100.00", "tax": "8.26", "monthly": "5.00", "yearly": "7.00", "short": "1.00"}),
        ({"as_of": "2026-07-30"}, {"renewal": "100.00", "tax": "8.26", "monthly": "5.00", "yearly": "7.00", "short": "1.00"}),
        ({"as_of": "2026-07-31"}, {"renewal": "100.00", "tax": "8.26", "monthly": "10.00", "yearly": "7.00", "short": "1.00"}),
        ({"as_of": "2027-07-01", "records": [record()]}, {"renewal": "100.00", "tax": "8.26", "monthly": "65.00", "yearly": "14.00"}),
    ],
)  # fmt: skip
def test_a_price_has_a_line_for_each_fee_due_multiplied_by_its_quantity(change, lines):
    fees = answer_to(PRICES, **change)["fees"]
    assert {one["code"]: one["amount"] for one in fees["lines"]} == lines
    assert fees["total"] == f"{sum(round(float(one) * 100) for one in lines.values()) / 100:.2f}"


CARRIED = made(
    'carry_over = { most = "5", over = { categories = ["education"] }, from = "E - 6 months", through = "E", grace = "lost" }\n'
    'earning = { through = "E + 90 days" }\ncategories = [{ code = "education" }, { code = "teaching" }]\n'
    'tiers = [{ code = "late", after = "E", through = "E + 90 days" }]\n'
)


@pytest.mark.parametrize(
    ("carried", "counted", "reason"),
    [
        ({"completed_on": "2023-12-30"}, "3", None),
        ({"completed_on": "2023-12-29"}, "0", "not_carried"),
        ({"completed_on": "2024-06-30", "ceus": "6"}, "5", "not_carried"),
        ({"completed_on": "2024-06-30", "category": "teaching"}, "0", "not_carried"),
    ],
)
def test_credits_carried_over_from_the_last_cycle_count_by_category_day_and_maximum(carried, counted, reason):
    brought = record(id="c", ceus="3") | carried
    answer = answer_to(CARRIED, carried=[brought], records=[record(id="early", completed_on="2024-06-30")])
    assert (at(answer, "records.c.counted"), answer["records"][1]["reason"]) == (counted, reason)
    assert at(answer, "records.early.reason") == "before_cycle"


@pytest.mark.parametrize(
    ("completed_on", "ceus", "left"),
    [
        ("2025-12-30", "23", "3"),
        ("2025-12-30", "26", "5"),
        ("2025-12-29", "23", "0"),
        ("2026-01-01", "20", "0"),
    ],
)
def test_surplus_credits_are_carried_over_to_the_next_cycle_within_the_allowed_days_and_maximum(
    completed_on, ceus, left
):
    answer = answer_to(CARRIED, records=[record(ceus=ceus, completed_on=completed_on)])
    assert answer["carry_over"]["total"] == left


@pytest.mark.parametrize(("completed_on", "reason"), [("2024-07-20", "before_cycle"), ("2024-07-21", "null")])
def test_credits_completed_before_a_late_renewal_do_not_count_for_the_new_cycle(completed_on, reason):
    answer = answer_to(
        CARRIED, previous_received_on="2024-07-20", records=[record(completed_on=completed_on)]
    )
    assert at(answer, "records.a.reason") == reason


DUES = made(
    'dues = [{ code = "yearly", amount = "30.00", first = "S + 6 months", every = "1 year", grace_days = 10 },'
    ' { code = "card_fee", amount = "5.00", first = "E", with_renewal = true }]\n'
)


@pytest.mark.parametrize(
    ("as_of", "dues", "states", "unmet"),
    [
        ("2025-01-01", [], ["open", "open", "open"], ["total", "window"]),
        ("2025-01-11", [], ["open", "open", "open"], ["total", "window"]),
        ("2025-01-12", [], ["overdue", "open", "open"], ["total", "yearly", "window"]),
        ("2026-06-30", [{"code": "yearly", "due_on": "2025-01-01", "paid_on": "2026-01-01"}], ["paid", "overdue", "open"], ["total", "yearly"]),
        ("2026-06-30", [{"code": "yearly", "due_on": "2025-01-01", "paid_on": "2026-01-01"}, {"code": "yearly", "due_on": "2026-01-01", "paid_on": "2026-06-30"}], ["paid", "paid", "open"], ["total"]),
    ],
)  # fmt: skip
def test_yearly_dues_are_open_through_their_grace_days_and_prevent_renewal_when_overdue(
    as_of, dues, states, unmet
):
    answer = answer_to(DUES, as_of=as_of, dues=dues)
    assert [one["due_on"] for one in answer["dues"]] == ["2025-01-01", "2026-01-01", "2026-06-30"]
    assert [one["state"] for one in answer["dues"]] == states
    assert answer["unmet"] == unmet
    assert at(answer, "fees.lines.card_fee.amount") == "5.00"
