"""Facts that only some policies use: each wrong value is an error with its field and a sentence;
amounts in other units are converted.
"""

from typing import Any

import pytest

from tests.rules.cases import ask, at
from tests.rules.making import made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
TYPE, TRUTH, OBJECT = (
    "This must be a text in quotes.",
    "This must be true or false.",
    "This must be a JSON object.",
)
DATE, GONE, WHOLE = (
    "Write a date as YYYY-MM-DD, without a time.",
    "This key is required.",
    "This must be a whole number.",
)
RANGE, UNKNOWN, LIST = (
    "This must be a whole number from 0 to 10000.",
    "This key is not known.",
    "This must be a list.",
)
POLICY = made(
    'topics = ["yoga", "law"]\nformats = ["online", "live"]\nacts = [{ code = "plea", from = "S", through = "E" }]\n',
    head='facts = [{ code = "exam", kind = "yes_no" }, { code = "hours", kind = "number" }, { code = "passed_on", kind = "date" },'
    ' { code = "region", kind = "choice", choices = ["north", "south"] }]\n',
)
CARD, OTHER = {"card": "cpr"}, {"code": "coach"}
DUE = {"code": "yearly", "due_on": "2026-01-01", "paid_on": "2026-01-01"}
ACT = {"id": "x", "act": "plea", "on": "2026-01-01"}

CHANGES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"cycle": {"number": 0}}, "bad_number", "cycle.number", "The first cycle has the number 1."),
    ({"cycle": {"number": "1"}}, "wrong_type", "cycle.number", WHOLE),
    ({"cycle": {"number": 10_001}}, "bad_number", "cycle.number", RANGE),
    ({"member": 1}, "wrong_type", "member", TRUTH),
    ({"born_on": "1990"}, "bad_date", "born_on", DATE),
    ({"country": 1}, "wrong_type", "country", TYPE),
    ({"path": 1}, "wrong_type", "path", TYPE),
    ({"petitions": "1"}, "wrong_type", "petitions", WHOLE),
    ({"corrections": -1}, "bad_number", "corrections", RANGE),
    ({"corrections": 0.5}, "bad_number", "corrections", RANGE),
    ({"approved_on": "soon"}, "bad_date", "approved_on", DATE),
    ({"postmarked_on": "soon"}, "bad_date", "postmarked_on", DATE),
    ({"previous_received_on": "soon"}, "bad_date", "previous_received_on", DATE),
    ({"audited_on": "soon"}, "bad_date", "audited_on", DATE),
    ({"facts": []}, "wrong_type", "facts", OBJECT),
    ({"facts": {"height": 3}}, "unknown_fact", "facts.height", "This policy has no such fact."),
    ({"facts": {"exam": "yes"}}, "wrong_type", "facts.exam", TRUTH),
    ({"facts": {"hours": "7"}}, "wrong_type", "facts.hours", WHOLE),
    ({"facts": {"passed_on": "soon"}}, "bad_date", "facts.passed_on", DATE),
    ({"facts": {"region": 1}}, "wrong_type", "facts.region", TYPE),
    ({"facts": {"region": "east"}}, "unknown_choice", "facts.region", "This must be one of north, south."),
    ({"uses": []}, "wrong_type", "uses", OBJECT),
    ({"uses": {"back": 1.5}}, "bad_number", "uses.back", RANGE),
    ({"cards": {}}, "wrong_type", "cards", LIST),
    ({"cards": ["cpr"]}, "wrong_type", "cards[0]", OBJECT),
    ({"cards": [CARD, {}]}, "missing", "cards[1].card", GONE),
    ({"cards": [{"card": 1}]}, "wrong_type", "cards[0].card", TYPE),
    ({"cards": [{**CARD, "valid_from": "soon"}]}, "bad_date", "cards[0].valid_from", DATE),
    ({"cards": [{**CARD, "valid_through": "soon"}]}, "bad_date", "cards[0].valid_through", DATE),
    ({"cards": [{**CARD, "format": 1}]}, "wrong_type", "cards[0].format", TYPE),
    ({"cards": [{**CARD, "ends": 1}]}, "unknown_key", "cards[0].ends", UNKNOWN),
    ({"also": [{}]}, "missing", "also[0].code", GONE),
    ({"also": [OTHER, {"code": 1}]}, "wrong_type", "also[1].code", TYPE),
    ({"also": [{**OTHER, "expires_on": "soon"}]}, "bad_date", "also[0].expires_on", DATE),
    ({"also": [{**OTHER, "renewed": 1}]}, "wrong_type", "also[0].renewed", TRUTH),
    ({"also": [{**OTHER, "name": 1}]}, "unknown_key", "also[0].name", UNKNOWN),
    ({"dues": [{"due_on": "2026-01-01", "paid_on": "2026-01-01"}]}, "missing", "dues[0].code", GONE),
    ({"dues": [{"code": "yearly", "paid_on": "2026-01-01"}]}, "missing", "dues[0].due_on", GONE),
    ({"dues": [{"code": "yearly", "due_on": "2026-01-01"}]}, "missing", "dues[0].paid_on", GONE),
    ({"dues": [{**DUE, "code": 1}]}, "wrong_type", "dues[0].code", TYPE),
    ({"dues": [{**DUE, "due_on": "soon"}]}, "bad_date", "dues[0].due_on", DATE),
    ({"dues": [DUE, {**DUE, "paid_on": "soon"}]}, "bad_date", "dues[1].paid_on", DATE),
    ({"dues": [{**DUE, "paid": 1}]}, "unknown_key", "dues[0].paid", UNKNOWN),
    ({"acts": [{"act": "plea", "on": "2026-01-01"}]}, "missing", "acts[0].id", GONE),
    ({"acts": [{"id": "x", "on": "2026-01-01"}]}, "missing", "acts[0].act", GONE),
    ({"acts": [ACT, {"id": "x", "act": "plea"}]}, "missing", "acts[1].on", GONE),
    ({"acts": [{**ACT, "id": 1}]}, "wrong_type", "acts[0].id", TYPE),
    ({"acts": [{**ACT, "act": 1}]}, "wrong_type", "acts[0].act", TYPE),
    ({"acts": [{**ACT, "on": "soon"}]}, "bad_date", "acts[0].on", DATE),
    ({"acts": [{**ACT, "since": "soon"}]}, "bad_date", "acts[0].since", DATE),
    ({"acts": [{**ACT, "before": "1"}]}, "wrong_type", "acts[0].before", WHOLE),
    ({"acts": [{**ACT, "category": 1}]}, "wrong_type", "acts[0].category", TYPE),
    ({"acts": [{**ACT, "completed_on": "soon"}]}, "bad_date", "acts[0].completed_on", DATE),
    ({"acts": [{**ACT, "provider": 1}]}, "wrong_type", "acts[0].provider", TYPE),
    ({"acts": [{**ACT, "topics": ["tax"]}]}, "unknown_topic", "acts[0].topics", "This must be one of law, yoga."),
    ({"acts": [{**ACT, "ceus": "1"}]}, "unknown_key", "acts[0].ceus", UNKNOWN),
]  # fmt: skip
RECORD = {"id": "a", "category": "education", "ceus": "1", "completed_on": "2026-01-01"}
DETAILS: list[tuple[dict[str, Any], str, str, str]] = [
    ({"provider": 1}, "wrong_type", "provider", TYPE),
    ({"topics": "law"}, "wrong_type", "topics", LIST),
    ({"topics": ["law", 1]}, "wrong_type", "topics[1]", TYPE),
    ({"topics": ["law", "tax"]}, "unknown_topic", "topics", "This must be one of law, yoga."),
    ({"format": 1}, "wrong_type", "format", TYPE),
    ({"format": "paper"}, "unknown_format", "format", "This must be one of live, online."),
    ({"reported_on": "soon"}, "bad_date", "reported_on", DATE),
    ({"used_by": "coach"}, "wrong_type", "used_by", LIST),
    ({"used_by": [1]}, "wrong_type", "used_by[0]", TYPE),
    ({"taken_before": 1}, "wrong_type", "taken_before", TRUTH),
    ({"of": 1}, "wrong_type", "of", TYPE),
    ({"of": "hour"}, "unknown_unit", "of", "This unit is not converted in this category."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "field", "message"), CHANGES)
def test_a_wrong_value_is_an_error_with_its_field_and_a_sentence(change, code, field, message):
    assert ask({**ASKED, **change}, POLICY)["error"] == {"code": code, "field": field, "message": message}


@pytest.mark.parametrize(("change", "code", "field", "message"), DETAILS)
@pytest.mark.parametrize("list_of", ["records", "carried"])
def test_a_wrong_value_is_the_same_error_in_own_and_in_carried_records(list_of, change, code, field, message):
    error = ask({**ASKED, list_of: [{**RECORD, **change}]}, POLICY)["error"]
    assert error == {"code": code, "field": f"{list_of}[0].{field}", "message": message}


def test_a_value_of_null_is_treated_like_a_missing_key():
    keys = (
        *(
            "member",
            "born_on",
            "country",
            "facts",
            "path",
            "cards",
            "also",
            "dues",
            "carried",
            "uses",
            "acts",
        ),
        *("petitions", "corrections", "approved_on", "postmarked_on", "previous_received_on", "audited_on"),
    )
    cycle = {"expires_on": "2026-06-30", "number": None}
    plain = ask(ASKED, POLICY)
    assert ask({**ASKED, "cycle": cycle, **dict.fromkeys(keys)}, POLICY) == plain
    assert ask({**ASKED, "facts": dict.fromkeys(("exam", "hours", "passed_on", "region"))}, POLICY) == plain
    details = dict.fromkeys(("provider", "topics", "format", "reported_on", "used_by", "taken_before", "of"))
    record = ask({**ASKED, "records": [RECORD]}, POLICY)
    assert ask({**ASKED, "records": [{**RECORD, **details}]}, POLICY) == record


def test_the_largest_number_of_petitions_is_accepted():
    answer = ask({**ASKED, "petitions": 10_000}, made('values = { petition_fee = { value = "0.01" } }\n'))
    assert answer["fees"]["total"] == "200.00"


def test_a_policy_without_lists_takes_any_topic_format_and_provider():
    told = {"topics": ["tax"], "format": "paper", "provider": "anybody"}
    answer = ask({**ASKED, "records": [{**RECORD, **told}]}, made())
    assert at(answer, "records.a.counted") == "1"


def test_a_record_may_have_topics_of_any_version_of_the_policy():
    policy = made('topics = ["law"]\n[[versions]]\nin_force_from = 2026-01-01\ntopics = ["yoga"]\n')
    assert "error" not in ask({**ASKED, "records": [{**RECORD, "topics": ["law", "yoga"]}]}, policy)


HOUR = 'unit = { singular = "hour", plural = "hours", digits = 1, step = "0.5" }\n'
UNITS = made(
    'categories = [{ code = "education" }, { code = "teaching" }]\n'
    "conversions = [\n"
    '  { code = "semester", worth = "15.25" },\n'
    '  { code = "day", worth = "7", rounds = "up", categories = ["teaching"] },\n'
    '  { code = "minute", worth = "0.0167" },\n'
    "]\n"
    '[[versions]]\nin_force_from = 2026-01-01\nconversions = [{ code = "semester", worth = "10" }]\n',
    head=HOUR,
)


@pytest.mark.parametrize(
    ("of", "category", "given", "counted"),
    [
        # the newest version that names the unit decides: 10 hours each
        ("semester", "education", "2", "20"),
        ("semester", "education", "0.1234", "1"),
        ("semester", "education", "0.1999", "1.5"),
        ("day", "teaching", "1", "7"),
        ("day", "teaching", "0.0001", "0.5"),
        ("day", "teaching", "0.5", "3.5"),
        ("day", "teaching", "0.5001", "4"),
        # 0.0167 × 30 is 0.501, × 29 is 0.4843
        ("minute", "education", "30", "0.5"),
        ("minute", "education", "60", "1"),
    ],
)
def test_a_converted_amount_is_rounded_to_the_step_down_or_up_as_the_policy_says(
    of, category, given, counted
):
    record = {**RECORD, "of": of, "category": category, "ceus": given}
    assert at(ask({**ASKED, "records": [record]}, UNITS), "records.a.counted") == counted


@pytest.mark.parametrize(
    ("change", "code", "field", "message"),
    [
        ({"of": "day"}, "unknown_unit", "of", "This unit is not converted in this category."),
        ({"of": "minute", "ceus": "29"}, "bad_amount", "ceus", "This is less than 0.5 hours."),
        ({"of": "minute", "ceus": "0"}, "bad_amount", "ceus", "Write plain digits, more than 0, with at most 4 decimals."),
        ({"of": "semester", "ceus": "0.12345"}, "bad_amount", "ceus", "Write plain digits, more than 0, with at most 4 decimals."),
        ({"of": "semester", "ceus": 2}, "wrong_type", "ceus", TYPE),
    ],
)  # fmt: skip
def test_an_amount_in_a_unit_that_cannot_be_converted_is_an_error_at_its_field(change, code, field, message):
    error = ask({**ASKED, "records": [{**RECORD, **change}]}, UNITS)["error"]
    assert error == {"code": code, "field": f"records[0].{field}", "message": message}


def test_two_records_with_one_id_are_an_error_also_when_one_is_carried_over():
    twice = {**ASKED, "carried": [{**RECORD, "id": "b"}, {**RECORD, "id": "b"}]}
    assert ask(twice, POLICY)["error"]["field"] == "carried[1].id"
    both = ask({**ASKED, "records": [RECORD], "carried": [RECORD]}, POLICY)["error"]
    assert (both["code"], both["message"]) == ("duplicate_id", "Another record has this id.")


def test_only_a_cycle_whose_last_day_is_not_told_needs_the_day_of_birth():
    policy = made('cycle = { ends = "birthday" }\n')
    question = {
        "as_of": "2026-06-30",
        "awarded_on": "2024-03-01",
        "cycle": {"number": 2},
        "records": [],
    }
    error = ask(question, policy)["error"]
    assert (error["code"], error["field"]) == ("missing", "born_on")
    assert "error" not in ask({**question, "born_on": "1990-05-04"}, policy)
    told = {**question, "cycle": {"expires_on": "2026-05-04"}}
    for born in ({}, {"born_on": "1990-05-04"}):
        assert ask({**told, **born}, policy)["dates"]["next_cycle"] == {
            "starts_on": "2026-05-05",
            "expires_on": "2028-05-04",
        }


def test_a_cycle_after_the_last_day_of_the_calendar_is_out_of_range():
    question = {"as_of": "9998-06-30", "awarded_on": "9998-01-01", "cycle": {"number": 2}, "records": []}
    assert ask(question, made())["error"] == {
        "code": "date_out_of_range",
        "field": "awarded_on",
        "message": "This date is too near to an end of the calendar to count from.",
    }


@pytest.mark.parametrize(("stated", "price"), [({}, "100.00"), ({"member": True}, "60.00")])
def test_a_person_whose_membership_is_not_stated_pays_the_fee_of_a_nonmember(stated, price):
    fees = 'fees = [{ code = "renewal", amount = "100.00", instead = [{ when = { member = true }, amount = "60.00" }] }]\n'
    policy = made(plain=f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\n{fees}')
    question = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": [], "country": "US"}
    assert ask({**question, **stated}, policy)["fees"]["total"] == price
