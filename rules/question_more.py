"""Read the parts of a question that only some policies ask for: about the person, the records,
cards, dues, other credentials and acts (docs/policy-format.md).
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from rules.facts import (
    NO_CIRCUMSTANCES,
    ActFact,
    CardFact,
    Circumstances,
    CourseFact,
    DuePaid,
    FactsError,
    OtherCredential,
    RecordDetails,
    RecordFact,
)
from rules.given_status import path_codes
from rules.json_values import (
    day_of,
    day_or_none,
    flag_at,
    object_of,
    required_value,
    rows_of,
    text_of,
    text_or_none,
    texts_of,
    whole_of,
    whole_or_none,
)
from rules.policy.amounts import Conversion
from rules.policy.families import OwnFact
from rules.policy.model import Policy
from rules.policy.read_conditions import CHOICE, NUMBER, YES_NO
from rules.rounding import rounded_amount
from rules.units import parse_number

MORE_KEYS = (
    *("member", "born_on", "country", "facts", "path", "cards", "also", "dues", "carried", "uses"),
    *("petitions", "corrections", "approved_on", "postmarked_on", "previous_received_on", "audited_on"),
    *("acts", "renewed_by"),
)
_MORE_SET = frozenset(MORE_KEYS)
DETAIL_KEYS = ("provider", "topics", "format", "reported_on", "used_by", "taken_before", "of")
DETAIL_SET = frozenset(DETAIL_KEYS)
CONVERSION_DIGITS = 4
CARDS, DUES, USES = "cards", "dues", "uses"
ReadRecord = Callable[[object, str, Policy], RecordFact]


def read_circumstances(
    question: dict[str, object], cycle: dict[str, object], policy: Policy, record_of: ReadRecord
) -> Circumstances:
    """Return what a question states besides cycle and records. Raises FactsError."""
    if _MORE_SET.isdisjoint(question) and "number" not in cycle:
        return NO_CIRCUMSTANCES
    number = whole_or_none(cycle, "number", "cycle.number")
    if number == 0:
        raise FactsError("bad_number", "cycle.number", "The first cycle has the number 1.")
    found = Circumstances(
        number=number,
        member=flag_at(question, "member", "member"),
        born_on=day_or_none(question, "born_on", "born_on"),
        country=text_or_none(question, "country", "country"),
        own=_own(question.get("facts"), policy),
        path=text_or_none(question, "path", "path"),
        renewed_by=_renewed_by(question, policy),
        cards=rows_of(question.get("cards"), "cards", lambda row, field: _card(row, field, policy)),
        also=rows_of(question.get("also"), "also", _also),
        dues=rows_of(question.get("dues"), "dues", lambda row, field: _due(row, field, policy)),
        carried=rows_of(question.get("carried"), "carried", lambda row, field: record_of(row, field, policy)),
        uses=_uses(question.get("uses"), policy),
        petitions=whole_or_none(question, "petitions", "petitions") or 0,
        corrections=whole_or_none(question, "corrections", "corrections") or 0,
        approved_on=day_or_none(question, "approved_on", "approved_on"),
        postmarked_on=day_or_none(question, "postmarked_on", "postmarked_on"),
        previous_received_on=day_or_none(question, "previous_received_on", "previous_received_on"),
        audited_on=day_or_none(question, "audited_on", "audited_on"),
        acts=rows_of(question.get("acts"), "acts", lambda row, field: _act(row, field, policy)),
    )
    return NO_CIRCUMSTANCES if found == NO_CIRCUMSTANCES else found


def _renewed_by(question: dict[str, object], policy: Policy) -> str | None:
    """Return the path by which the cycle was renewed; None when that is not told. Raises FactsError."""
    code = text_or_none(question, "renewed_by", "renewed_by")
    known = path_codes(policy)
    if code is not None and code not in known:
        raise FactsError("unknown_path", "renewed_by", f"This must be one of {', '.join(known) or 'none'}.")
    return code


def _own(value: object, policy: Policy) -> dict[str, object]:
    if value is None:
        return {}
    known = {one.code: one for one in policy.own_facts}
    if not isinstance(value, dict):
        raise FactsError("wrong_type", "facts", "This must be a JSON object.")
    found = {}
    for code, given in value.items():
        if code not in known:
            raise FactsError("unknown_fact", f"facts.{code}", "This policy has no such fact.")
        if given is not None:
            found[code] = _own_value(given, known[code], f"facts.{code}")
    return found


def _own_value(given: object, fact: OwnFact, field: str) -> object:
    if fact.kind == YES_NO:
        return flag_at({"value": given}, "value", field)
    if fact.kind == NUMBER:
        return whole_of(given, field)
    if fact.kind != CHOICE:
        return day_of(given, field)
    text = text_of(given, field)
    if text not in fact.choices:
        raise FactsError("unknown_choice", field, f"This must be one of {', '.join(fact.choices)}.")
    return text


@lru_cache(maxsize=512)
def _known_codes(policy: Policy, kind: str) -> tuple[str, ...]:
    """Return the codes of cards, recurring fees or uses that any version of the policy knows; none for a
    policy that asks for none, which takes any.
    """
    versions = policy.versions
    if kind == CARDS:
        cards = [card for version in versions for card in version.families.cards]
        return tuple(dict.fromkeys(code for card in cards for code in (card.code, *card.served_by)))
    if kind == DUES:
        return tuple(dict.fromkeys(due.code for version in versions for due in version.families.dues))
    tiers = [(one.code, one.terms.uses) for version in versions for one in version.tiers]
    paths = [(one.code, one.uses) for version in versions for one in version.families.paths]
    is_asked = any(uses is not None for _, uses in (*tiers, *paths))
    return tuple(dict.fromkeys(code for code, _ in (*tiers, *paths))) if is_asked else ()


def _card(value: object, field: str, policy: Policy) -> CardFact:
    row = object_of(value, field, ("card", "valid_from", "valid_through", "format"))
    code = text_of(required_value(row, "card", f"{field}.card"), f"{field}.card")
    _check_listed(code, [_known_codes(policy, CARDS)], f"{field}.card", "unknown_card")
    return CardFact(
        code,
        day_or_none(row, "valid_from", f"{field}.valid_from"),
        day_or_none(row, "valid_through", f"{field}.valid_through"),
        text_or_none(row, "format", f"{field}.format"),
    )


def _also(value: object, field: str) -> OtherCredential:
    row = object_of(value, field, ("code", "expires_on", "renewed"))
    return OtherCredential(
        text_of(required_value(row, "code", f"{field}.code"), f"{field}.code"),
        day_or_none(row, "expires_on", f"{field}.expires_on"),
        flag_at(row, "renewed", f"{field}.renewed", default=True),
    )


def _due(value: object, field: str, policy: Policy) -> DuePaid:
    row = object_of(value, field, ("code", "due_on", "paid_on"))
    code = text_of(required_value(row, "code", f"{field}.code"), f"{field}.code")
    _check_listed(code, [_known_codes(policy, DUES)], f"{field}.code", "unknown_due")
    return DuePaid(
        code,
        day_of(required_value(row, "due_on", f"{field}.due_on"), f"{field}.due_on"),
        day_of(required_value(row, "paid_on", f"{field}.paid_on"), f"{field}.paid_on"),
    )


def _uses(value: object, policy: Policy) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise FactsError("wrong_type", "uses", "This must be a JSON object.")
    for code in value:
        _check_listed(code, [_known_codes(policy, USES)], f"uses.{code}", "unknown_use")
    return {code: whole_of(count, f"uses.{code}") for code, count in value.items()}


def _act(value: object, field: str, policy: Policy) -> ActFact:
    keys = ("id", "act", "on", "since", "before", "category", "completed_on", *DETAIL_KEYS)
    row = object_of(value, field, keys)
    on = day_of(required_value(row, "on", f"{field}.on"), f"{field}.on")
    return ActFact(
        id=text_of(required_value(row, "id", f"{field}.id"), f"{field}.id"),
        act=text_of(required_value(row, "act", f"{field}.act"), f"{field}.act"),
        on=on,
        since=day_or_none(row, "since", f"{field}.since"),
        course=_course(row, field, on, policy),
        before=whole_or_none(row, "before", f"{field}.before") or 0,
    )


def _course(row: dict[str, object], field: str, on: date, policy: Policy) -> CourseFact | None:
    """Return the course that an act is about; None when it is about something else."""
    if not {"category", "completed_on", *DETAIL_KEYS} & row.keys():
        return None
    return CourseFact(
        category=text_or_none(row, "category", f"{field}.category"),
        completed_on=day_or_none(row, "completed_on", f"{field}.completed_on") or on,
        details=read_details(row, field, policy),
    )


def read_details(row: dict[str, object], field: str, policy: Policy) -> RecordDetails:
    """Return what only some policies ask about a record; raises FactsError."""
    topics = texts_of(row.get("topics"), f"{field}.topics")
    kind = text_or_none(row, "format", f"{field}.format")
    families = [version.families for version in policy.versions]
    for code in topics:
        _check_listed(code, [one.topics for one in families], f"{field}.topics", "unknown_topic")
    if kind:
        _check_listed(kind, [one.formats for one in families], f"{field}.format", "unknown_format")
    return RecordDetails(
        provider=text_or_none(row, "provider", f"{field}.provider"),
        topics=topics,
        format=kind,
        reported_on=day_or_none(row, "reported_on", f"{field}.reported_on"),
        used_by=texts_of(row.get("used_by"), f"{field}.used_by"),
        taken_before=flag_at(row, "taken_before", f"{field}.taken_before"),
    )


def _check_listed(code: str, lists: list[tuple[str, ...]], field: str, error: str) -> None:
    """Raise FactsError for a code that the policy does not list. A policy without a list accepts any code."""
    known = sorted({one for codes in lists for one in codes})
    if known and code not in known:
        raise FactsError(error, field, f"This must be one of {', '.join(known)}.")


def converted_amount(row: dict[str, object], field: str, policy: Policy) -> int:
    """Return the amount of a record that is stated in another unit, rounded to the policy's step."""
    code, category = text_of(row["of"], f"{field}.of"), row.get("category")
    conversion = next(
        (
            one
            for version in reversed(policy.versions)
            for one in version.families.conversions
            if one.code == code and (not one.categories or category in one.categories)
        ),
        None,
    )
    if conversion is None:
        raise FactsError("unknown_unit", f"{field}.of", "This unit is not converted in this category.")
    return _in_units(row["ceus"], f"{field}.ceus", conversion, policy)


def _in_units(value: object, field: str, conversion: Conversion, policy: Policy) -> int:
    given = parse_number(text_of(value, field), CONVERSION_DIGITS)
    if not given:
        raise FactsError("bad_amount", field, "Write plain digits, more than 0, with at most 4 decimals.")
    unit = policy.unit
    worth, whole = given * conversion.worth * int(10**unit.digits), conversion.of * int(10**CONVERSION_DIGITS)
    amount = rounded_amount(worth, whole, unit.step, conversion.rounds)
    if not amount:
        raise FactsError("bad_amount", field, f"This is less than {unit.words(unit.step)}.")
    return amount
