"""A path that gives a status of its own, such as inactive, through the next cycle."""

from typing import Any

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
