"""Bad input: every bad line gets an error that names its field, and never anything else."""

import json
from typing import Any

import pytest

from rules.policy.load import load_policy
from rules.question import answer_line
from tests.rules.cases import ask, policy_named

RECORD = {"id": "a", "category": "education", "ceus": "1.9", "completed_on": "2025-03-01"}
GOOD = {
    "as_of": "2026-07-10",
    "cycle": {"starts_on": "2024-07-01", "expires_on": "2026-06-30"},
    "records": [RECORD],
}
DATE, TYPE = "Write a date as YYYY-MM-DD, without a time.", "This must be a text in quotes."
PLAIN = "Write CEUs in plain digits, such as 1.0, with at most 2 decimals."
AMOUNT = "Write an amount in plain digits, such as 30.00, more than 0."
EDGE = "This date is too near to an end of the calendar to count from."

LINES = [
    (b"", "not_json", "The line is not JSON: "),
    (b"\n", "not_json", "The line is not JSON: "),
    (b"   \n", "not_json", "The line is not JSON: "),
    (b"no", "not_json", "The line is not JSON: Expecting value."),
    (b"null", "not_an_object", "The line must be a JSON object."),
    (b"[]", "not_an_object", "The line must be a JSON object."),
    (b'"{}"', "not_an_object", "The line must be a JSON object."),
    (b"1", "not_an_object", "The line must be a JSON object."),
    (b"{}{}", "not_json", "The line is not JSON: "),
    (b"\xef\xbb\xbf{}", "not_json", "The line is not JSON: "),
    (b"\xff\xfe{\x00}\x00", "not_json", "The line is not UTF-8 text."),
    (b'{"as_of": "\x00"}', "not_json", "The line is not JSON: "),
    (b'{"as_of": NaN}', "not_json", "The line is not JSON: NaN is no JSON number."),
    (b'{"as_of": -Infinity}', "not_json", "The line is not JSON: -Infinity is no JSON number."),
    (b"[" * 100_000, "not_json", "The line is nested too deeply."),
    (b'{"a":' * 100_000, "not_json", "The line is nested too deeply."),
]

CHANGES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"as_of": None}, "wrong_type", "as_of", TYPE),
    ({"as_of": 20260710}, "wrong_type", "as_of", TYPE),
    ({"as_of": True}, "wrong_type", "as_of", TYPE),
    ({"as_of": ""}, "bad_date", "as_of", DATE),
    ({"as_of": "2026-2-3"}, "bad_date", "as_of", DATE),
    ({"as_of": "20260710"}, "bad_date", "as_of", DATE),
    ({"as_of": "2026-W28-5"}, "bad_date", "as_of", DATE),
    ({"as_of": "2026-07-10T00:00:00"}, "bad_date", "as_of", DATE),
    ({"as_of": "2026-07-10 "}, "bad_date", "as_of", DATE),
    ({"as_of": "2026-07-10\n"}, "bad_date", "as_of", DATE),
    ({"as_of": "٢٠٢٦-٠٧-١٠"}, "bad_date", "as_of", DATE),
    ({"as_of": "2026-02-29"}, "bad_date", "as_of", "There is no such day."),
    ({"as_of": "2026-13-01"}, "bad_date", "as_of", "There is no such day."),
    ({"as_of": "0000-01-01"}, "bad_date", "as_of", "There is no such day."),
    ({"as_of": "1999-12-31"}, "no_version", "as_of", "No version of the policy nasm-cpt is in force on 1999-12-31."),
    ({"as_of": "0001-01-01"}, "no_version", "as_of", "No version of the policy nasm-cpt is in force on 0001-01-01."),
    ({"received_on": "1999-12-31"}, "no_version", "received_on", "No version of the policy nasm-cpt is in force on 1999-12-31."),
    ({"waivers": {}}, "wrong_type", "waivers", "This must be a list of waivers."),
    ({"waivers": [1]}, "wrong_type", "waivers[0]", "This must be a JSON object."),
    ({"waivers": [{"amount": "1.00"}]}, "missing", "waivers[0].of", "This key is required."),
    ({"waivers": [{"of": 1}]}, "wrong_type", "waivers[0].of", TYPE),
    ({"waivers": [{"of": "late", "reason": 1}]}, "wrong_type", "waivers[0].reason", TYPE),
    ({"waivers": [{"of": "petition"}]}, "unknown_fee", "waivers[0].of", "This must be one of renewal, late, additional."),
    ({"waivers": [{"of": "late", "amount": 30}]}, "wrong_type", "waivers[0].amount", TYPE),
    ({"waivers": [{"of": "late", "amount": "0.00"}]}, "bad_amount", "waivers[0].amount", AMOUNT),
    ({"waivers": [{"of": "late", "amount": "-1"}]}, "bad_amount", "waivers[0].amount", AMOUNT),
    ({"waivers": [{"of": "late", "by": "me"}]}, "unknown_key", "waivers[0].by", "This key is not known."),
    ({"extensions": {}}, "wrong_type", "extensions", "This must be a list of extensions."),
    ({"extensions": [1]}, "wrong_type", "extensions[0]", "This must be a JSON object."),
    ({"extensions": [{"through": "2027-01-31"}]}, "missing", "extensions[0].of", "This key is required."),
    ({"extensions": [{"of": 1, "through": "2027-01-31"}]}, "wrong_type", "extensions[0].of", TYPE),
    ({"extensions": [{"of": "completion"}]}, "missing", "extensions[0].through", "This key is required."),
    ({"extensions": [{"of": "payment", "through": "2027-01-31"}]}, "unknown_extension", "extensions[0].of", "This must be one of completion, application."),
    ({"extensions": [{"of": "completion", "through": "2027-02-29"}]}, "bad_date", "extensions[0].through", "There is no such day."),
    ({"extensions": [{"of": "completion", "through": "2027-01-31", "reason": 1}]}, "wrong_type", "extensions[0].reason", TYPE),
    ({"extensions": [{"of": "completion", "through": "2027-01-31", "by": "me"}]}, "unknown_key", "extensions[0].by", "This key is not known."),
    ({"extensions": [{"of": "completion", "through": "2028-06-30"}]}, "extension_order", "extensions[0].through", "An extension ends before the last day of the next cycle."),
    ({"received_on": 5}, "wrong_type", "received_on", TYPE),
    ({"received_on": False}, "wrong_type", "received_on", TYPE),
    ({"awarded_on": "2026-02-30"}, "bad_date", "awarded_on", "There is no such day."),
    ({"awarded_on": "2026-07-01"}, "cycle_order", "awarded_on", "The award is after the last day of the cycle."),
    ({"cycle": None}, "wrong_type", "cycle", "This must be a JSON object."),
    ({"cycle": []}, "wrong_type", "cycle", "This must be a JSON object."),
    ({"cycle": {}}, "missing", "cycle.expires_on", "This key is required."),
    ({"cycle": {"expires_on": None}}, "wrong_type", "cycle.expires_on", TYPE),
    ({"cycle": {"expires_on": "2026-06-31"}}, "bad_date", "cycle.expires_on", "There is no such day."),
    ({"cycle": {"starts_on": 5, "expires_on": "2026-06-30"}}, "wrong_type", "cycle.starts_on", TYPE),
    ({"cycle": {"expires_on": "9999-12-31"}}, "date_out_of_range", "cycle.expires_on", EDGE),
    ({"cycle": {"expires_on": "9998-06-30"}}, "date_out_of_range", "cycle.expires_on", EDGE),
    ({"cycle": {"expires_on": "0001-06-30"}}, "date_out_of_range", "cycle.expires_on", EDGE),
    ({"cycle": {"expires_on": "2001-12-30"}}, "no_version", "cycle.starts_on", "No version of the policy nasm-cpt is in force on 1999-12-31."),
    ({"cycle": {"starts_on": "1999-12-31", "expires_on": "2026-06-30"}}, "no_version", "cycle.starts_on", "No version of the policy nasm-cpt is in force on 1999-12-31."),
    ({"cycle": {"starts_on": "2026-07-01", "expires_on": "2026-06-30"}}, "cycle_order", "cycle.expires_on", "The cycle ends before it starts."),
    ({"cycle": {"expires_on": "2026-06-30", "end": 1}}, "unknown_key", "cycle.end", "This key is not known."),
    ({"Records": []}, "unknown_key", "Records", "This key is not known."),
    ({"": []}, "unknown_key", "", "This key is not known."),
    ({"records": None}, "wrong_type", "records", "This must be a list of records."),
    ({"records": {}}, "wrong_type", "records", "This must be a list of records."),
    ({"records": [RECORD, 1]}, "wrong_type", "records[1]", "This must be a JSON object."),
    ({"records": [RECORD, {**RECORD, "id": "b"}, RECORD]}, "duplicate_id", "records[2].id", "Another record has this id."),
]  # fmt: skip

RECORD_CHANGES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"id": 1}, "wrong_type", "id", TYPE),
    ({"id": None}, "wrong_type", "id", TYPE),
    ({"category": None}, "wrong_type", "category", TYPE),
    ({"category": ["education"]}, "wrong_type", "category", TYPE),
    ({"completed_on": None}, "wrong_type", "completed_on", TYPE),
    ({"completed_on": "2025-03-01T10:00"}, "bad_date", "completed_on", DATE),
    ({"valid_through": 1}, "wrong_type", "valid_through", TYPE),
    ({"valid_through": "soon"}, "bad_date", "valid_through", DATE),
    ({"approved_from": "2025-00-01"}, "bad_date", "approved_from", "There is no such day."),
    ({"approved_through": "1/2/2025"}, "bad_date", "approved_through", DATE),
    ({"course": 7}, "wrong_type", "course", TYPE),
    ({"state": "Accepted"}, "unknown_state", "state", "The state must be one of accepted, pending, rejected."),
    ({"state": ""}, "unknown_state", "state", "The state must be one of accepted, pending, rejected."),
    ({"state": True}, "wrong_type", "state", TYPE),
    ({"hours": "1"}, "unknown_key", "hours", "This key is not known."),
    ({"ceus": 1.9}, "wrong_type", "ceus", TYPE),
    ({"ceus": None}, "wrong_type", "ceus", TYPE),
    ({"ceus": ""}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "0"}, "bad_amount", "ceus", "CEUs must be more than 0."),
    ({"ceus": "0.00"}, "bad_amount", "ceus", "CEUs must be more than 0."),
    ({"ceus": "0.001"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1.900"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "-1"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "+1"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1e1"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1,5"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": ".5"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "5."}, "bad_amount", "ceus", PLAIN),
    ({"ceus": " 1"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1\n"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1_0"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "NaN"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "٣"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "³"}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1" * 31}, "bad_amount", "ceus", PLAIN),
    ({"ceus": "1" * 10_000}, "bad_amount", "ceus", PLAIN),
]  # fmt: skip


def error_of(line: bytes) -> tuple[str, str | None, str]:
    """The error that the line answers."""
    answer = answer_line(line, load_policy())
    assert list(answer) == ["error"], answer
    error = answer["error"]
    assert list(error) == ["code", "field", "message"]
    return error["code"], error["field"], error["message"]


@pytest.mark.parametrize(("line", "code", "message"), LINES, ids=lambda value: repr(value)[:40])
def test_a_line_that_is_not_a_json_object_is_refused(line: bytes, code: str, message: str):
    found = error_of(line)
    assert found[:2] == (code, None)
    assert found[2].startswith(message)
    assert found[2].endswith(".")


@pytest.mark.parametrize(("change", "code", "field", "message"), CHANGES)
def test_a_question_with_an_invalid_field_is_refused_with_the_name_of_the_field(
    change: dict[str, Any], code: str, field: str, message: str
):
    assert "error" not in ask(GOOD, load_policy())
    assert error_of(json.dumps({**GOOD, **change}).encode()) == (code, field, message)


@pytest.mark.parametrize(
    ("change", "code", "field", "message"), RECORD_CHANGES, ids=lambda value: repr(value)[:40]
)
def test_a_record_with_an_invalid_field_is_refused_with_the_name_of_the_field(
    change: dict[str, Any], code: str, field: str, message: str
):
    question = {**GOOD, "records": [{**RECORD, "id": "other"}, {**RECORD, **change}]}
    assert error_of(json.dumps(question).encode()) == (code, f"records[1].{field}", message)


@pytest.mark.parametrize("number", ["1" * 5000, "1e999", "-0", "1" * 1_000_000])
def test_an_amount_given_as_a_json_number_instead_of_text_is_refused(number: str):
    line = json.dumps({**GOOD, "records": [{**RECORD, "ceus": "number"}]}).replace('"number"', number)
    assert error_of(line.encode()) == ("wrong_type", "records[0].ceus", TYPE)


@pytest.mark.parametrize("key", ["as_of", "cycle", "records"])
def test_a_missing_required_key_is_named_in_the_error(key: str):
    question = {name: value for name, value in GOOD.items() if name != key}
    assert error_of(json.dumps(question).encode()) == ("missing", key, "This key is required.")


@pytest.mark.parametrize("key", ["id", "category", "ceus", "completed_on"])
def test_a_missing_required_key_of_a_record_is_named_in_the_error(key: str):
    record = {name: value for name, value in RECORD.items() if name != key}
    question = {**GOOD, "records": [record]}
    assert error_of(json.dumps(question).encode()) == (
        "missing",
        f"records[0].{key}",
        "This key is required.",
    )


def test_a_key_that_occurs_twice_is_refused_at_any_depth():
    line = b'{"as_of": "2026-07-10", "cycle": {"expires_on": "2026-06-30", "expires_on": "2027-06-30"}, "records": []}'
    assert error_of(line) == ("duplicate_key", "expires_on", "This key occurs twice in one object.")
    assert error_of(b'{"a": 1, "b": 2, "b": 3}') == (
        "duplicate_key",
        "b",
        "This key occurs twice in one object.",
    )


def test_optional_keys_may_be_null():
    record = {
        **RECORD,
        "valid_through": None,
        "course": None,
        "approved_from": None,
        "approved_through": None,
        "state": None,
    }
    nulls = {**GOOD, "received_on": None, "awarded_on": None, "records": [record]}
    nulls["cycle"] = {"starts_on": None, "expires_on": "2026-06-30"}
    assert ask(nulls, load_policy()) == ask(GOOD, load_policy())


def test_the_award_date_or_the_first_day_of_a_cycle_may_equal_its_last_day():
    one_day = {"starts_on": "2026-06-30", "expires_on": "2026-06-30"}
    for change in ({"awarded_on": "2026-06-30"}, {"cycle": one_day}):
        dates = ask({**GOOD, **change}, load_policy())["dates"]
        assert (dates["expires_on"], dates["late_until"]) == ("2026-06-30", "2026-09-28")
        assert dates["next_cycle"] == {"starts_on": "2026-07-01", "expires_on": "2028-06-30"}


@pytest.mark.parametrize("ceus", ["1.9", "1.90", "01.9", "00001.90"])
def test_leading_and_trailing_zeros_of_ceus_are_accepted(ceus: str):
    answer = ask({**GOOD, "records": [{**RECORD, "ceus": ceus}]}, load_policy())
    assert answer["records"] == [{"id": "a", "counted": "1.9", "reason": None}]


def test_the_largest_amount_is_accepted_and_one_more_digit_is_refused():
    answer = ask({**GOOD, "records": [{**RECORD, "ceus": "9999999.99"}]}, load_policy())
    assert answer["records"][0]["counted"] == "9999999.99"
    assert (
        error_of(json.dumps({**GOOD, "records": [{**RECORD, "ceus": "10000000"}]}).encode())[0]
        == "bad_amount"
    )


def test_any_text_is_accepted_as_an_id_and_returned_unchanged():
    for name in ("", "\ud800", "\x00", "<script>", "=cmd()", "\u202e", "x" * 10_000):
        answer = ask({**GOOD, "records": [{**RECORD, "id": name, "category": name}]}, load_policy())
        assert answer["records"] == [{"id": name, "counted": "0.0", "reason": "unknown_category"}]
        assert json.dumps(answer).isascii()


def test_the_earliest_and_the_latest_possible_cycle_are_answered():
    first = ask({**GOOD, "as_of": "2000-01-01", "cycle": {"expires_on": "2001-12-31"}}, load_policy())
    assert first["dates"]["opens_on"] == "2001-07-04"
    last = ask({**GOOD, "cycle": {"expires_on": "9997-12-31"}}, load_policy())
    assert last["dates"]["next_cycle"]["expires_on"] == "9999-12-31"
    assert "error" not in ask({**GOOD, "as_of": "9999-12-31"}, load_policy())


@pytest.mark.parametrize(
    ("body", "amount", "sentence"),
    [
        ("harbor-massage", "0.3", "hours are counted in steps of 0.5."),
        ("harbor-massage", "0.25", "Write hours in plain digits, such as 1, with at most 1 decimals."),
        ("summit-guides", "7", "points are counted in steps of 5."),
        ("summit-guides", "5.0", "Write points in plain digits, such as 5, without decimals."),
    ],
)
def test_amounts_of_another_certifying_body_follow_its_own_unit_and_step(
    body: str, amount: str, sentence: str
):
    question = {**GOOD, "records": [{**RECORD, "ceus": amount}]}
    assert ask(question, policy_named(body))["error"] == {
        "code": "bad_amount",
        "field": "records[0].ceus",
        "message": sentence,
    }
