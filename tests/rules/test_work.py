"""Audits, receipt, statuses, several credentials and acts, at their boundaries; and facts that are
refused.
"""

import pytest

from tests.rules.cases import ask
from tests.rules.making import made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
FEES = 'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00" }, %s]\n'


def record(**change):
    return {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01", **change}


def answer_to(policy, **change):
    answer = ask({**ASKED, **change}, policy)
    assert "error" not in answer, answer
    return answer


POLICY = made(
    'audit = { drawn = "approval", failing = "suspended", not_within = "5 years", always = { short = true }, when = { renewal_from = 2 } }\n'
    'receipt = { by = "postmark", arrives_within_days = 7 }\n'
    'several = { ranks = ["helper", "made", "master"], highest_renews_lower = true }\n'
    'acts = [{ code = "extension", from = "S", through = "E - 30 days", at_most = 1, when = { member = true } }]\n'
    'tiers = [{ code = "on_time", adds = ["renewal", "further"] }, { code = "back", after = "E", through = "E + 1 year", status = "suspended", uses_at_most = 1 }]\n',
    plain=FEES % '{ code = "further", amount = "50.00", per = "further_credential" }',
)


@pytest.mark.parametrize(
    ("change", "chance"),
    [
        ({"cycle": {"expires_on": "2026-06-30", "number": 1}, "records": [record()]}, "never"),
        ({"cycle": {"expires_on": "2026-06-30", "number": 2}, "records": [record()]}, "rate"),
        ({"cycle": {"expires_on": "2026-06-30", "number": 2}, "records": [record()], "audited_on": "2021-07-01"}, "never"),
        ({"cycle": {"expires_on": "2026-06-30", "number": 2}, "records": [record()], "audited_on": "2021-06-30"}, "rate"),
        ({"cycle": {"expires_on": "2026-06-30", "number": 1}}, "always"),
    ],
)  # fmt: skip
def test_the_policy_decides_whether_an_audit_is_mandatory_random_or_ruled_out(change, chance):
    assert answer_to(POLICY, **change)["audit"]["chance"] == chance


@pytest.mark.parametrize(
    ("posted_on", "tier"),
    [("2026-06-30", "on_time"), ("2026-07-01", "back"), ("2026-06-29", "back"), (None, "back")],
)
def test_the_day_of_the_postmark_is_the_day_of_receipt_when_the_letter_arrives_in_time(posted_on, tier):
    assert answer_to(POLICY, as_of="2026-07-07", postmarked_on=posted_on)["tier"] == tier


def test_a_tier_can_have_its_own_status_and_a_maximum_number_of_uses_in_a_lifetime():
    assert answer_to(POLICY, as_of="2026-07-07")["status"] == "suspended"
    again = answer_to(POLICY, as_of="2026-07-07", uses={"back": 1}, records=[record()])
    assert (again["unmet"], again["fees"]) == (["window"], None)


def test_renewing_the_higher_of_two_credentials_renews_the_lower_one_without_a_price():
    answer = answer_to(POLICY, also=[{"code": "helper", "renewed": False}, {"code": "master"}])
    assert [(one["renewed"], one["covered"]) for one in answer["also"]] == [(True, True), (True, False)]
    assert answer["fees"]["total"] == "150.00"


@pytest.mark.parametrize(
    ("act", "change", "reason"),
    [
        ({"on": "2026-05-31"}, {"member": True}, None),
        ({"on": "2026-06-01"}, {"member": True}, "too_late"),
        ({"on": "2024-06-30"}, {"member": True}, "too_early"),
        ({"on": "2026-05-31", "before": 1}, {"member": True}, "too_often"),
        ({"on": "2026-05-31"}, {}, "not_for_you"),
    ],
)
def test_a_policy_limits_extensions_and_appeals_by_days_number_and_condition(act, change, reason):
    answer = answer_to(POLICY, acts=[{"id": "x", "act": "extension", **act}], **change)
    assert (answer["acts"][0]["allowed"], answer["acts"][0]["reason"]) == (reason is None, reason)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"acts": [{"id": "x", "act": "plea", "on": "2026-05-31"}]}, "unknown_act", "acts[0].act"),
        ({"facts": {"height": 3}}, "unknown_fact", "facts.height"),
        ({"petitions": -1}, "bad_number", "petitions"),
        ({"petitions": 1.5}, "bad_number", "petitions"),
        ({"petitions": True}, "wrong_type", "petitions"),
        ({"member": "yes"}, "wrong_type", "member"),
        ({"uses": {"back": "1"}}, "wrong_type", "uses.back"),
        ({"cards": [{"valid_from": "2026-01-01"}]}, "missing", "cards[0].card"),
        ({"also": [{"code": "b", "since": 1}]}, "unknown_key", "also[0].since"),
        ({"dues": {}}, "wrong_type", "dues"),
        ({"cycle": {"number": 0}}, "bad_number", "cycle.number"),
        ({"cycle": {"number": 1}}, "missing", "cycle.expires_on"),
        ({"records": [record(of="hour")]}, "unknown_unit", "records[0].of"),
        ({"records": [record(topics="law")]}, "wrong_type", "records[0].topics"),
        ({"records": [record()], "carried": [record()]}, "duplicate_id", "carried[0].id"),
    ],
)
def test_an_invalid_value_in_a_question_is_an_error_with_its_field(change, code, field):
    assert (
        ask({**ASKED, **change}, POLICY)["error"]["code"],
        ask({**ASKED, **change}, POLICY)["error"]["field"],
    ) == (code, field)


def test_an_unknown_act_in_a_question_is_an_error_that_lists_the_known_acts():
    asked = {**ASKED, "acts": [{"id": "x", "act": "plea", "on": "2026-05-31"}]}
    assert ask(asked, POLICY)["error"]["message"] == "This must be one of extension."
    assert ask(asked, made())["error"]["message"] == "This policy has no acts."
