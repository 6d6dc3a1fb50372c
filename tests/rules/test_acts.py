"""Acts and audits: which courses and providers an act excludes, from which day its days are
counted, and the whole answer about it.
"""

from typing import Any

import pytest

from tests.rules.cases import ask
from tests.rules.making import made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
ABOUT = {"category": "education", "topics": ["law"], "provider": "own", "format": "live"}
LISTS = 'topics = ["law", "yoga"]\nformats = ["live", "online"]\nproviders = ["own", "else"]\n'
POLICY = made(
    'categories = [{ code = "education" }, { code = "teaching" }]\n' + LISTS + "acts = [\n"
    '  { code = "petition", after = "D", through = "D + 30 days", answer_days = 10, at_most = 2,'
    '    without = { categories = ["teaching"], topics = ["yoga"], providers = ["else"], formats = ["online"] } },\n'
    '  { code = "abroad", from = "D", through = "D + 30 days", without = { outside = ["own"] } },\n'
    '  { code = "notice", from = "W", before = "L", amount = "25.50" },\n'
    "]\n"
    'audit = { drawn = "cycle_end", failing = "returned", not_within = "1 year" }\n'
    'values = { audit_rate = { value = "0.25" } }\n'
)


def act_of(code: str, **told: Any) -> dict[str, Any]:
    act = {"id": "mine", "act": code, "on": "2026-02-01", **told}
    answer = ask({**ASKED, "acts": [act]}, POLICY)
    assert "error" not in answer, answer
    return answer["acts"][0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"category": "teaching"}, "excluded"),
        ({"topics": ["law", "yoga"]}, "excluded"),
        ({"topics": []}, None),
        ({"provider": "else"}, "excluded"),
        ({"format": "online"}, "excluded"),
    ],
)
def test_an_act_is_refused_for_a_course_that_one_of_its_lists_excludes(change, reason):
    act = act_of("petition", **{**ABOUT, "completed_on": "2026-01-10", **change})
    assert (act["reason"], act["allowed"]) == (reason, reason is None)


@pytest.mark.parametrize(("provider", "reason"), [("own", None), ("else", "excluded"), (None, "excluded")])
def test_an_act_closed_to_outside_courses_is_allowed_only_for_the_named_providers(provider, reason):
    assert act_of("abroad", category="education", provider=provider)["reason"] == reason


@pytest.mark.parametrize(
    ("told", "first_on", "last_on", "reason"),
    [
        ({"since": "2026-01-02"}, "2026-01-03", "2026-02-01", None),
        ({"since": "2026-01-01"}, "2026-01-02", "2026-01-31", "too_late"),
        ({"since": "2026-01-31"}, "2026-02-01", "2026-03-02", None),
        ({"completed_on": "2026-01-02"}, "2026-01-03", "2026-02-01", None),
        ({"completed_on": "2026-01-02", "since": "2026-01-01"}, "2026-01-02", "2026-01-31", "too_late"),
        ({"category": "education"}, "2026-02-02", "2026-03-03", "too_early"),
        ({}, "2026-02-02", "2026-03-03", "too_early"),
    ],
)
def test_the_days_of_an_act_are_counted_from_the_event_or_else_the_completion_or_else_the_act(
    told, first_on, last_on, reason
):
    act = act_of("petition", **told)
    assert (act["first_on"], act["last_on"], act["reason"]) == (first_on, last_on, reason)


def test_the_answer_about_an_act_has_its_first_and_last_day_its_clause_and_the_day_of_our_reply():
    assert act_of("petition", since="2026-01-31", before=1) == {
        "id": "mine",
        "act": "petition",
        "allowed": True,
        "reason": None,
        "first_on": "2026-02-01",
        "last_on": "2026-03-02",
        "answer_by": "2026-02-11",
        "clause": "page",
    }
    assert act_of("petition", since="2026-01-31", before=2)["reason"] == "too_often"


@pytest.mark.parametrize(
    ("on", "reason"),
    [("2026-01-01", None), ("2025-12-31", "too_early"), ("2026-06-29", None), ("2026-06-30", "too_late")],
)
def test_an_act_can_be_limited_to_the_days_from_the_first_to_the_last_day_to_apply(on, reason):
    act = act_of("notice", on=on)
    assert (act["first_on"], act["last_on"], act["answer_by"]) == ("2026-01-01", "2026-06-29", None)
    assert (act["reason"], act["cents"]) == (reason, 2550)


def test_what_asking_costs_stands_on_the_rules_page_beside_its_days():
    (act,) = (one for one in POLICY.versions[0].figures() if one.key == "act_notice")
    assert act.value.endswith(", for $25.50")


def test_the_error_of_an_unknown_act_names_its_field_and_lists_the_known_acts():
    acts = [{"id": "a", "act": "abroad", "on": "2026-02-01"}, {"id": "b", "act": "plea", "on": "2026-02-01"}]
    error = ask({**ASKED, "acts": acts}, POLICY)["error"]
    assert (error["field"], error["message"]) == (
        "acts[1].act",
        "This must be one of petition, abroad, notice.",
    )


@pytest.mark.parametrize(
    ("audited_on", "chance"), [(None, "rate"), ("2025-06-30", "rate"), ("2025-07-01", "never")]
)
def test_the_answer_has_every_audit_term_and_excludes_an_audit_soon_after_another(audited_on, chance):
    assert ask({**ASKED, "audited_on": audited_on}, POLICY)["audit"] == {
        "drawn": "cycle_end",
        "chance": chance,
        "rate": "0.25",
        "failing": "returned",
        "clause": "page",
    }
