"""A path that gives a status of its own, such as inactive, through the next cycle."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules.days import FOR_LIFE_THROUGH
from rules.facts import Circumstances, Facts
from rules.given_status import may_give_status, path_codes, path_giving_status
from rules.next_cycles import standing_when_approved
from rules.standing import assess
from tests.rules.cases import ask, at
from tests.rules.making import PLAIN, made

PATHS = (
    'paths = [{ code = "credits" },'
    ' { code = "inactive", status = "inactive", credits = false, adds = ["rest"], in_place_of = ["renewal"],'
    '   text = "Whoever does not work may renew as inactive." },'
    ' { code = "back", when = { renewed_by = ["inactive"] }, adds = ["back"] }]\n'
    'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 30 days", status = "lapsed" }]\n'
)
PRICED = PLAIN.replace(
    '"100.00" }', '"100.00" }, { code = "rest", amount = "40.00" }, { code = "back", amount = "25.00" }'
)


def answered(as_of: str, **asked: Any) -> Any:
    cycle = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    return ask({"as_of": as_of, "cycle": cycle, "records": [], **asked}, made(PATHS, plain=PRICED))


def test_renewing_by_the_path_says_which_status_comes_next():
    answer = answered("2026-06-30", path="inactive")
    assert (answer["status"], answer["next_status"], answer["fees"]["total"]) == (
        "active",
        "inactive",
        "40.00",
    )
    assert answer["eligible"] is True
    assert "next_status" not in answered("2026-06-30", path="credits")


def test_whoever_was_renewed_by_it_has_its_status_through_the_last_day_and_hears_why():
    answer = answered("2026-06-30", renewed_by="inactive")
    assert answer["status"] == "inactive"
    assert answer["explanations"][0] == {
        "clause": "page",
        "text": "Your certification is inactive through June 30, 2026. Whoever does not work may renew as inactive.",
    }
    assert answered("2026-06-30", renewed_by="credits")["status"] == "active"
    assert answered("2026-06-30")["status"] == "active"


def test_after_the_last_day_the_status_is_that_of_everybody():
    assert answered("2026-07-01", renewed_by="inactive")["status"] == "lapsed"
    assert answered("2026-07-31", renewed_by="inactive")["status"] == "terminated"


def test_a_path_may_be_open_only_to_those_who_were_renewed_by_another():
    assert at(answered("2026-06-30", path="back"), "error.code") == "unknown_path"
    assert answered("2026-06-30", path="back", renewed_by="inactive")["fees"]["total"] == "125.00"


def test_a_path_that_no_version_has_is_refused():
    answer = answered("2026-06-30", renewed_by="elsewhere")
    assert answer["error"] == {
        "code": "unknown_path",
        "field": "renewed_by",
        "message": "This must be one of back, credits, inactive.",
    }


LATER = """
[[versions]]
in_force_from = 2026-06-01
paths = [{ code = "inactive", remove = true }, { code = "back", remove = true }, { code = "resting", status = "on_leave", credits = false }]
fees = [{ code = "rest", remove = true }, { code = "back", remove = true }]
[[versions]]
in_force_from = 2026-07-10
paths = [{ code = "resting", status = "paused" }, { code = "late_rest", status = "retired", credits = false }]
"""


def status_in(starts_on: str, renewed_by: str) -> str | None:
    path = path_giving_status(made(PATHS + LATER, plain=PRICED), date.fromisoformat(starts_on), renewed_by)
    return path.status if path else None


@pytest.mark.parametrize(
    ("starts_on", "renewed_by", "status"),
    [
        ("2026-05-31", "inactive", "inactive"),
        ("2026-06-01", "inactive", "inactive"),  # the last version before that had it
        ("2028-06-30", "inactive", "inactive"),
        ("2026-05-31", "resting", "on_leave"),  # the first one after
        ("2026-07-09", "resting", "on_leave"),
        ("2026-07-10", "resting", "paused"),  # the word is another one from this day on
        ("2026-07-01", "late_rest", "retired"),
        ("2026-07-01", "credits", None),
        ("2026-07-01", "", None),
    ],
)
def test_a_status_stays_through_its_cycle_although_a_later_version_has_other_codes(
    starts_on, renewed_by, status
):
    assert status_in(starts_on, renewed_by) == status


def test_the_status_that_comes_next_is_what_the_version_of_the_next_cycle_says():
    asked = {"as_of": "2026-06-30", "records": [], "path": "resting"}
    first = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    policy = made(PATHS + LATER, plain=PRICED)
    assert ask({**asked, "cycle": first}, policy)["next_status"] == "on_leave"
    later = {"starts_on": "2024-07-12", "expires_on": "2026-07-11"}
    assert ask({**asked, "as_of": "2026-07-09", "cycle": later}, policy)["next_status"] == "paused"


def test_a_renewal_for_life_may_give_a_status_for_life():
    text = PATHS.replace('status = "inactive",', 'status = "retired_for_good", lifetime = true,')
    facts = Facts(
        expires_on=FOR_LIFE_THROUGH, starts_on=date(2026, 7, 1), more=Circumstances(renewed_by="inactive")
    )
    policy = made(text, plain=PRICED)
    standing = assess(facts, date(2030, 1, 1), policy)
    assert (standing.status, standing.status_reason.text) == (
        "retired_for_good",
        "Your certification is retired for good for life. Whoever does not work may renew as inactive.",
    )
    active = replace(facts, more=Circumstances(renewed_by="credits"))
    assert assess(active, date(2030, 1, 1), policy).status == "active"


def test_nobody_comes_to_the_path_who_has_not_chosen_it_where_it_is_to_be_chosen():
    cycle = Facts(expires_on=date(2026, 6, 30), starts_on=date(2024, 7, 1))
    policy = made(PATHS, plain=PRICED)

    def path_of(**more: Any) -> str | None:
        found = assess(replace(cycle, more=Circumstances(**more)), date(2026, 6, 30), policy).more
        return found.path if found else None

    assert path_of() == "inactive"  # the first on which one is eligible
    assert path_of(chooses_path=True) == "credits"
    assert path_of(chooses_path=True, wished_path="inactive") == "inactive"
    assert path_of(chooses_path=True, path="inactive") == "inactive"
    only = made('paths = [{ code = "rest", status = "resting", credits = false }]\n', plain=PLAIN)
    facts = replace(cycle, more=Circumstances(chooses_path=True))
    assert assess(facts, date(2026, 6, 30), only).more.path == "rest"  # there is no other


def test_what_an_approval_moves_across_a_version_gives_the_status_of_that_day():
    text = PATHS.replace("paths =", 'cycle = { length = "2 years", next_from = "approval" }\npaths =')
    policy = made(text + LATER, plain=PRICED)
    facts = Facts(
        expires_on=date(2026, 6, 30), starts_on=date(2024, 7, 1), more=Circumstances(path="resting")
    )
    standing = assess(facts, date(2026, 6, 20), policy)
    approved = [standing_when_approved(standing, policy, date(2026, 7, day), None) for day in (9, 10)]
    assert [one.more.next_status for one in approved] == ["on_leave", "paused"]


def test_a_policy_without_such_a_path_gives_no_status():
    assert not may_give_status(made('paths = [{ code = "credits" }]\n', plain=PLAIN))
    assert may_give_status(made(PATHS, plain=PRICED))
    assert path_codes(made(PATHS + LATER, plain=PRICED)) == (
        "back",
        "credits",
        "inactive",
        "late_rest",
        "resting",
    )
