"""The question that anyone can ask: one line of JSON gives one answer, whatever the line contains
(docs/policy-format.md).
"""

import json
from datetime import date

from rules.answers import standing_as_dict
from rules.cycle import DateOutOfRange, nth_cycle
from rules.cycle_ends import NoBirthday
from rules.facts import (
    ACCEPTED,
    EXTENDED,
    NO_DETAILS,
    RECORD_STATES,
    Circumstances,
    CycleExtension,
    Facts,
    FactsError,
    RecordFact,
    Waiver,
)
from rules.inquiry import check_days
from rules.json_values import day_of, day_or_none, object_of, required_value, text_of, text_or_none
from rules.policy.model import Policy
from rules.question_more import (
    DETAIL_KEYS,
    DETAIL_SET,
    MORE_KEYS,
    converted_amount,
    read_circumstances,
    read_details,
)
from rules.standing import assess
from rules.units import CENTS_DIGITS, BadCeus, parse_number

QUESTION_KEYS = (
    *("as_of", "awarded_on", "cycle", "received_on", "records", "extensions", "waivers"),
    *MORE_KEYS,
)
CYCLE_KEYS = ("starts_on", "expires_on", "number")
RECORD_KEYS = (
    *("id", "category", "ceus", "completed_on", "valid_through"),
    *("course", "approved_from", "approved_through", "state"),
    *DETAIL_KEYS,
)
MARK = "\ufeff"  # which some editors put before a text
EXTENSION_KEYS = ("of", "through", "reason")
WAIVER_KEYS = ("of", "amount", "reason")


def answer_line(line: bytes, policy: Policy) -> dict[str, object]:
    """Return the answer to one line, or `{"error": {"code", "field", "message"}}`. No content of
    the line makes it raise.
    """
    try:
        facts, as_of = read_question(line, policy)
        standing = assess(facts, as_of, policy)
        check_days(standing, facts, policy)
        return standing_as_dict(standing)
    except FactsError as error:
        return {"error": {"code": error.code, "field": error.field, "message": error.message}}


def read_question(line: bytes, policy: Policy) -> tuple[Facts, date]:
    """Return the facts in a line and the day that it asks about; raises FactsError."""
    question = object_of(_parse(line), None, QUESTION_KEYS)
    cycle = object_of(required_value(question, "cycle", "cycle"), "cycle", CYCLE_KEYS)
    as_of = day_of(required_value(question, "as_of", "as_of"), "as_of")
    awarded_on = day_or_none(question, "awarded_on", "awarded_on")
    more = read_circumstances(question, cycle, policy, record_of)
    facts = Facts(
        expires_on=_expires_on(cycle, awarded_on, more, policy),
        starts_on=day_or_none(cycle, "starts_on", "cycle.starts_on"),
        awarded_on=awarded_on,
        received_on=day_or_none(question, "received_on", "received_on"),
        records=_records(required_value(question, "records", "records"), policy),
        extensions=_extensions(question.get("extensions")),
        waivers=_waivers(question.get("waivers"), policy),
        more=more,
    )
    seen = {one.id for one in facts.records}
    for number, one in enumerate(more.carried):
        if one.id in seen:
            raise FactsError("duplicate_id", f"carried[{number}].id", "Another record has this id.")
        seen.add(one.id)
    return facts, as_of


def _expires_on(
    cycle: dict[str, object], awarded_on: date | None, more: Circumstances, policy: Policy
) -> date:
    """Return E: the given day, or the last day of the award's cycle with the given number."""
    if "expires_on" in cycle or not more.number or awarded_on is None:
        return day_of(required_value(cycle, "expires_on", "cycle.expires_on"), "cycle.expires_on")
    try:
        return nth_cycle(policy, awarded_on, more.number, more.born_on).expires_on
    except DateOutOfRange:
        message = "This date is too near to an end of the calendar to count from."
        raise FactsError("date_out_of_range", "awarded_on", message) from None
    except NoBirthday as error:
        raise FactsError("missing", "born_on", str(error)) from None


def _parse(line: bytes) -> object:
    try:
        text = line.decode("utf-8")
        if text.startswith(MARK):
            raise FactsError("not_json", None, "The line is not JSON: Unexpected UTF-8 BOM.")
        found: object = _DECODER.decode(text)
        return found
    except UnicodeDecodeError:
        raise FactsError("not_json", None, "The line is not UTF-8 text.") from None
    except RecursionError:
        raise FactsError("not_json", None, "The line is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise FactsError("not_json", None, f"The line is not JSON: {error.msg}.") from None


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise FactsError("duplicate_key", twin, "This key occurs twice in one object.")
    return found


def _no_constant(name: str) -> float:
    raise FactsError("not_json", None, f"The line is not JSON: {name} is no JSON number.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_twins, parse_int=float, parse_constant=_no_constant
)  # made once: making it takes as long as a short line


def _records(value: object, policy: Policy) -> tuple[RecordFact, ...]:
    if not isinstance(value, list):
        raise FactsError("wrong_type", "records", "This must be a list of records.")
    records = tuple(record_of(row, f"records[{number}]", policy) for number, row in enumerate(value))
    seen: set[str] = set()
    for number, record in enumerate(records):
        if record.id in seen:
            raise FactsError("duplicate_id", f"records[{number}].id", "Another record has this id.")
        seen.add(record.id)
    return records


def record_of(value: object, field: str, policy: Policy) -> RecordFact:
    """Return one record; raises FactsError."""
    row = object_of(value, field, RECORD_KEYS)
    return RecordFact(
        id=text_of(required_value(row, "id", f"{field}.id"), f"{field}.id"),
        category=text_of(required_value(row, "category", f"{field}.category"), f"{field}.category"),
        ceus=_worth(row, field, policy),
        completed_on=day_of(
            required_value(row, "completed_on", f"{field}.completed_on"), f"{field}.completed_on"
        ),
        valid_through=day_or_none(row, "valid_through", f"{field}.valid_through"),
        course=text_or_none(row, "course", f"{field}.course"),
        approved_from=day_or_none(row, "approved_from", f"{field}.approved_from"),
        approved_through=day_or_none(row, "approved_through", f"{field}.approved_through"),
        state=_state(row, f"{field}.state"),
        details=NO_DETAILS if DETAIL_SET.isdisjoint(row) else read_details(row, field, policy),
    )


def _worth(row: dict[str, object], field: str, policy: Policy) -> int:
    value = required_value(row, "ceus", f"{field}.ceus")
    if row.get("of") is None:
        return _amount(value, f"{field}.ceus", policy)
    return converted_amount(row, field, policy)


def _extensions(value: object) -> tuple[CycleExtension, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise FactsError("wrong_type", "extensions", "This must be a list of extensions.")
    return tuple(_extension(row, f"extensions[{number}]") for number, row in enumerate(value))


def _extension(value: object, field: str) -> CycleExtension:
    row = object_of(value, field, EXTENSION_KEYS)
    of = text_of(required_value(row, "of", f"{field}.of"), f"{field}.of")
    if of not in EXTENDED:
        raise FactsError("unknown_extension", f"{field}.of", f"This must be one of {', '.join(EXTENDED)}.")
    through = day_of(required_value(row, "through", f"{field}.through"), f"{field}.through")
    return CycleExtension(of, through, text_or_none(row, "reason", f"{field}.reason") or "")


def _waivers(value: object, policy: Policy) -> tuple[Waiver, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise FactsError("wrong_type", "waivers", "This must be a list of waivers.")
    return tuple(_waiver(row, f"waivers[{number}]", policy) for number, row in enumerate(value))


def _waiver(value: object, field: str, policy: Policy) -> Waiver:
    row = object_of(value, field, WAIVER_KEYS)
    of = text_of(required_value(row, "of", f"{field}.of"), f"{field}.of")
    codes = list(dict.fromkeys(fee.code for version in policy.versions for fee in version.fees))
    if of not in codes:
        raise FactsError("unknown_fee", f"{field}.of", f"This must be one of {', '.join(codes)}.")
    amount = text_or_none(row, "amount", f"{field}.amount")
    cents = None if amount is None else parse_number(amount, CENTS_DIGITS)
    if amount is not None and not cents:
        sentence = "Write an amount in plain digits, such as 30.00, more than 0."
        raise FactsError("bad_amount", f"{field}.amount", sentence)
    return Waiver(of, cents, text_or_none(row, "reason", f"{field}.reason") or "")


def _amount(value: object, field: str, policy: Policy) -> int:
    try:
        return policy.unit.parse(text_of(value, field))
    except BadCeus as error:
        raise FactsError("bad_amount", field, str(error)) from None


def _state(row: dict[str, object], field: str) -> str:
    state = ACCEPTED if row.get("state") is None else text_of(row["state"], field)
    if state not in RECORD_STATES:
        raise FactsError("unknown_state", field, f"The state must be one of {', '.join(RECORD_STATES)}.")
    return state
