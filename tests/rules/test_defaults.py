"""What counts when a policy file or a question does not state it: the values of docs/policy-format.md."""

from datetime import date

import pytest

from rules.days import ANCHOR_WORDS, SATURDAY, Bounds, Offset
from rules.draw import MONTHS, SECRET_BYTES, X_BYTES
from rules.facts import (
    EXTENDED,
    NO_DETAILS,
    RECORD_STATES,
    ActFact,
    Circumstances,
    CycleExtension,
    OtherCredential,
    Waiver,
)
from rules.fees import WAIVED, WAIVER_CLAUSE, Fees, Window
from rules.more import MoreAnswers
from rules.policy.amounts import Amount, Conversion, RecordLimit
from rules.policy.building_blocks import FeeTerms, LimitedRecords, Rule, TierTerms
from rules.policy.families import (
    ActRule,
    AuditRules,
    Card,
    CarryOver,
    CycleEnds,
    Due,
    Families,
    Path,
    Receipt,
    SeveralCredentials,
)
from rules.policy.offsets import parse_offset

RULE = Rule("S1", "It is so.")
DAY = Offset("E")
CYCLE = Bounds(Offset("S"), DAY, includes_first=True, includes_last=True)
ENDS = {
    "kind": "anniversary",
    "rounds": "up",
    "years": "any",
    "first_least_months": 0,
    "next_from": "E",
    "prorated": None,
    "every_years": 1,
    "including": 0,
}
FACTS = {"number": None, "member": False, "born_on": None, "petitions": 0, "corrections": 0, "path": None}
UNSTATED = [
    (CycleEnds(), ENDS),
    (Amount(1, RULE), {"each_year": 0}),
    (RecordLimit("a", "A", LimitedRecords(), None, None), {"per": "cycle", "of_records": False}),
    (Path("a", "A", RULE), {"credits": True, "cards": True, "lifetime": False}),
    (Card("a", "A", RULE, CYCLE), {"needed": True, "worth": 0, "category": None}),
    (CarryOver(RULE), {"most": None, "earned": None, "grace_kept": True}),
    (Due("a", "A", RULE, 1, DAY), {"grace_days": 0, "blocks": True, "with_renewal": False}),
    (SeveralCredentials(RULE), {"shared": True, "one_application": True, "highest_renews_lower": False}),
    (AuditRules(RULE), {"drawn": "submission", "failing": "denied", "not_within_months": 0}),
    (ActRule("a", "A", RULE, CYCLE), {"at_most": None, "answer_days": None}),
    (Conversion("a", "A", RULE, 1), {"rounds": "down", "categories": ()}),
    (Receipt(), {"postmark": False, "arrives_within_days": None, "report_last": None}),
    (Families(), {"limits": (), "repeats": None, "several": None, "audit": None}),
    (FeeTerms(), {"per": "application", "takes_off": False, "percent": None}),
    (TierTerms(), {"status": None, "uses": None, "cheaper": False, "after_gap": False}),
    (RULE, {"in_source": True}),
    (DAY, {"count": 0, "unit": "day", "full": False}),
    (NO_DETAILS, {"provider": None, "taken_before": False}),
    (CycleExtension("completion", date(2026, 1, 1)), {"reason": ""}),
    (Waiver("renewal"), {"cents": None, "reason": ""}),
    (OtherCredential("coach"), {"renewed": True, "opens_on": None, "next_expires_on": None}),
    (ActFact("1", "appeal", date(2026, 1, 1)), {"before": 0}),
    (Circumstances(), FACTS),
    (MoreAnswers(), {"path": None, "lifetime": False}),
    (
        Window(
            "late", "Late", date(2026, 1, 1), date(2026, 1, 2), Fees("USD", 0, ()), "S1", "It is open.", None
        ),
        {"moved": ""},
    ),
]


@pytest.mark.parametrize(("value", "unstated"), UNSTATED)
def test_what_is_not_stated_has_the_value_of_the_format(value, unstated):
    assert {name: getattr(value, name) for name in unstated} == unstated


def test_the_codes_of_states_and_extensions_are_those_of_the_questions():
    assert RECORD_STATES == ("accepted", "pending", "rejected")
    assert EXTENDED == ("completion", "application")


def test_a_waiver_has_its_clause_and_the_code_of_its_fee():
    assert (WAIVER_CLAUSE, WAIVED) == ("Q35", "waived_")


def test_each_anchor_of_a_day_has_its_words():
    assert ANCHOR_WORDS == {
        "S": "the first day of the cycle",
        "E": "the expiration date",
        "C": "the last day of the card",
        "D": "the last day to answer",
        "R": "the day of receipt",
        "W": "the first day to apply",
        "L": "the last day to apply",
    }


def test_a_day_is_counted_from_an_end_of_the_cycle_unless_other_anchors_are_named():
    assert [parse_offset(text) for text in ("S", "E", "SE", "R", "X")] == [
        *(Offset("S"), Offset("E"), None, None, None)
    ]
    assert parse_offset("R", "RW") == Offset("R")


def test_the_week_begins_on_monday_and_the_draw_has_its_four_periods():
    assert date(2026, 8, 1).weekday() == SATURDAY
    assert MONTHS == {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
    assert (SECRET_BYTES, X_BYTES) == (32, 8)
