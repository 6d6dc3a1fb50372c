"""The question that anyone can ask: one line of JSON gives one answer, whatever the line contains
(docs/policy-format.md).
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from rules.answers import standing_as_dict
from rules.facts import ACCEPTED, EXTENDED, RECORD_STATES, Extension, Facts, FactsError, RecordFact, Waiver
from rules.policy.model import Policy
from rules.standing import assess
from rules.units import CENTS_DIGITS, BadCeus, parse_number

QUESTION_KEYS = ("as_of", "awarded_on", "cycle", "received_on", "records", "extensions", "waivers")
CYCLE_KEYS = ("starts_on", "expires_on")
RECORD_KEYS = (
    *("id", "category", "ceus", "completed_on", "valid_through"),
    *("course", "approved_from", "approved_through", "state"),
)
EXTENSION_KEYS = ("of", "through", "reason")
WAIVER_KEYS = ("of", "amount", "reason")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def answer_line(line: bytes, policy: Policy) -> dict[str, object]:
    """Return the answer to one line, or `{"error": {"code", "field", "message"}}`. No content of
    the line makes it raise.
    """
    try:
        facts, as_of = read_question(line, policy)
        return standing_as_dict(assess(facts, as_of, policy))
    except FactsError as error:
        return {"error": {"code": error.code, "field": error.field, "message": error.message}}


def read_question(line: bytes, policy: Policy) -> tuple[Facts, date]:
    """Return the facts in a line and the day that it asks about; raises FactsError."""
    question = _object(_parse(line), None, QUESTION_KEYS)
    cycle = _object(_needed(question, "cycle", "cycle"), "cycle", CYCLE_KEYS)
    as_of = _day(_needed(question, "as_of", "as_of"), "as_of")
    facts = Facts(
        expires_on=_day(_needed(cycle, "expires_on", "cycle.expires_on"), "cycle.expires_on"),
        starts_on=_day_or_none(cycle, "starts_on", "cycle.starts_on"),
        awarded_on=_day_or_none(question, "awarded_on", "awarded_on"),
        received_on=_day_or_none(question, "received_on", "received_on"),
        records=_records(_needed(question, "records", "records"), policy),
        extensions=_extensions(question.get("extensions")),
        waivers=_waivers(question.get("waivers"), policy),
    )
    return facts, as_of


def _parse(line: bytes) -> object:
    try:
        text = line.decode("utf-8")
        return json.loads(
            text, object_pairs_hook=_without_twins, parse_int=float, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise FactsError("not_json", None, "The line is not UTF-8 text.") from None
    except RecursionError:
        raise FactsError("not_json", None, "The line is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise FactsError("not_json", None, f"The line is not JSON: {error.msg}.") from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise FactsError("duplicate_key", twin, "This key occurs twice in one object.")
    return found


def _no_constant(name: str) -> float:
    raise FactsError("not_json", None, f"The line is not JSON: {name} is no JSON number.")


def _object(value: object, field: str | None, keys: Iterable[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        code = "wrong_type" if field else "not_an_object"
        raise FactsError(code, field, f"{'This' if field else 'The line'} must be a JSON object.")
    for key in value:
        if key not in keys:
            raise FactsError("unknown_key", f"{field}.{key}" if field else key, "This key is not known.")
    return value


def _needed(table: dict[str, Any], key: str, field: str) -> object:
    if key not in table:
        raise FactsError("missing", field, "This key is required.")
    value: object = table[key]
    return value


def _records(value: object, policy: Policy) -> tuple[RecordFact, ...]:
    if not isinstance(value, list):
        raise FactsError("wrong_type", "records", "This must be a list of records.")
    records = tuple(_record(row, f"records[{number}]", policy) for number, row in enumerate(value))
    seen: set[str] = set()
    for number, record in enumerate(records):
        if record.id in seen:
            raise FactsError("duplicate_id", f"records[{number}].id", "Another record has this id.")
        seen.add(record.id)
    return records


def _record(value: object, field: str, policy: Policy) -> RecordFact:
    row = _object(value, field, RECORD_KEYS)
    return RecordFact(
        id=_text(_needed(row, "id", f"{field}.id"), f"{field}.id"),
        category=_text(_needed(row, "category", f"{field}.category"), f"{field}.category"),
        ceus=_amount(_needed(row, "ceus", f"{field}.ceus"), f"{field}.ceus", policy),
        completed_on=_day(_needed(row, "completed_on", f"{field}.completed_on"), f"{field}.completed_on"),
        valid_through=_day_or_none(row, "valid_through", f"{field}.valid_through"),
        course=_text_or_none(row, "course", f"{field}.course"),
        approved_from=_day_or_none(row, "approved_from", f"{field}.approved_from"),
        approved_through=_day_or_none(row, "approved_through", f"{field}.approved_through"),
        state=_state(row, f"{field}.state"),
    )


def _extensions(value: object) -> tuple[Extension, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise FactsError("wrong_type", "extensions", "This must be a list of extensions.")
    return tuple(_extension(row, f"extensions[{number}]") for number, row in enumerate(value))


def _extension(value: object, field: str) -> Extension:
    row = _object(value, field, EXTENSION_KEYS)
    of = _text(_needed(row, "of", f"{field}.of"), f"{field}.of")
    if of not in EXTENDED:
        raise FactsError("unknown_extension", f"{field}.of", f"This must be one of {', '.join(EXTENDED)}.")
    through = _day(_needed(row, "through", f"{field}.through"), f"{field}.through")
    return Extension(of, through, _text_or_none(row, "reason", f"{field}.reason") or "")


def _waivers(value: object, policy: Policy) -> tuple[Waiver, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise FactsError("wrong_type", "waivers", "This must be a list of waivers.")
    return tuple(_waiver(row, f"waivers[{number}]", policy) for number, row in enumerate(value))


def _waiver(value: object, field: str, policy: Policy) -> Waiver:
    row = _object(value, field, WAIVER_KEYS)
    of = _text(_needed(row, "of", f"{field}.of"), f"{field}.of")
    codes = list(dict.fromkeys(fee.code for version in policy.versions for fee in version.fees))
    if of not in codes:
        raise FactsError("unknown_fee", f"{field}.of", f"This must be one of {', '.join(codes)}.")
    amount = _text_or_none(row, "amount", f"{field}.amount")
    cents = None if amount is None else parse_number(amount, CENTS_DIGITS)
    if amount is not None and not cents:
        sentence = "Write an amount in plain digits, such as 30.00, more than 0."
        raise FactsError("bad_amount", f"{field}.amount", sentence)
    return Waiver(of, cents, _text_or_none(row, "reason", f"{field}.reason") or "")


def _text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise FactsError("wrong_type", field, "This must be a text in quotes.")
    return value


def _text_or_none(table: dict[str, Any], key: str, field: str) -> str | None:
    return None if table.get(key) is None else _text(table[key], field)


def _amount(value: object, field: str, policy: Policy) -> int:
    try:
        return policy.unit.parse(_text(value, field))
    except BadCeus as error:
        raise FactsError("bad_amount", field, str(error)) from None


def _state(row: dict[str, Any], field: str) -> str:
    state = ACCEPTED if row.get("state") is None else _text(row["state"], field)
    if state not in RECORD_STATES:
        raise FactsError("unknown_state", field, f"The state must be one of {', '.join(RECORD_STATES)}.")
    return state


def _day(value: object, field: str) -> date:
    text = _text(value, field)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise FactsError("bad_date", field, "There is no such day.") from None
    raise FactsError("bad_date", field, "Write a date as YYYY-MM-DD, without a time.")


def _day_or_none(table: dict[str, Any], key: str, field: str) -> date | None:
    return None if table.get(key) is None else _day(table[key], field)
