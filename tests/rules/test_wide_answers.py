"""Answers under policies with optional sections: status, day of receipt, next cycle, versions, and
people to whom no tier is open.
"""

from typing import Any

import pytest

from tests.rules.cases import ask
from tests.rules.making import PLAIN, made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
HELD = {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01"}


def answer_to(policy: Any, **change: Any) -> dict[str, Any]:
    answer = ask({**ASKED, **change}, policy)
    assert "error" not in answer, answer
    return answer


def said(answer: dict[str, Any]) -> list[str]:
    return [one["text"] for one in answer["explanations"]]


LAPSED = made(
    "tiers = [\n"
    '  { code = "late", after = "E", through = "E + 30 days" },\n'
    '  { code = "back", after = "E + 30 days", through = "E + 1 year", status = "on_leave" },\n'
    "]\n"
)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2026-06-30", "active"),
        ("2026-07-01", "expired"),
        ("2026-07-30", "expired"),
        ("2026-07-31", "on_leave"),
        ("2027-06-30", "on_leave"),
        ("2027-07-01", "terminated"),
    ],
)
def test_a_tiers_own_status_applies_from_its_first_through_its_last_day(as_of, status):
    assert answer_to(LAPSED, as_of=as_of)["status"] == status


def test_the_explanation_of_a_tiers_own_status_names_the_day_on_which_it_began():
    first = answer_to(LAPSED, as_of="2026-07-31")["explanations"][0]
    assert first["text"].startswith("Your certification is on leave since July 1, 2026. ")
    assert first["clause"] == "page"


def test_the_status_depends_on_the_as_of_date_and_the_tier_on_the_day_of_receipt():
    answer = answer_to(LAPSED, as_of="2026-07-31", received_on="2026-07-30")
    assert (answer["status"], answer["tier"]) == ("on_leave", "late")
    answer = answer_to(LAPSED, as_of="2026-07-30", received_on="2026-07-31")
    assert (answer["status"], answer["tier"]) == ("expired", "back")


@pytest.mark.parametrize(
    ("receipt", "posted_on", "tier"),
    [
        ('by = "postmark"', "2026-06-30", "on_time"),
        ('by = "postmark"', "2026-07-01", "late"),
        ('by = "postmark"', None, "late"),
        ('by = "postmark", arrives_within_days = 3', "2026-06-30", "on_time"),
        ('by = "postmark", arrives_within_days = 2', "2026-06-30", "late"),
        ('by = "arrival"', "2026-06-30", "late"),
    ],
)
def test_the_day_of_the_postmark_is_the_day_of_receipt_only_if_the_policy_says_so(receipt, posted_on, tier):
    policy = made(
        f'receipt = {{ {receipt} }}\ntiers = [{{ code = "late", after = "E", through = "E + 30 days" }}]\n'
    )
    asked = {"as_of": "2026-07-09", "received_on": "2026-07-03", "postmarked_on": posted_on}
    answer = answer_to(policy, **asked)
    assert answer["tier"] == tier


def test_the_error_of_a_day_before_the_first_policy_version_names_the_field_of_that_day():
    policy = made("cards = [{ code = 'cpr' }]\n")
    for change, field in (
        ({"as_of": "1999-12-31"}, "as_of"),
        ({"received_on": "1999-12-31"}, "received_on"),
        ({"cycle": {"starts_on": "1999-12-31", "expires_on": "2026-06-30"}}, "cycle.starts_on"),
    ):
        error = ask({**ASKED, **change}, policy)["error"]
        assert (error["code"], error["field"]) == ("no_version", field)


def test_a_postmark_before_the_first_policy_version_is_an_error_at_the_day_of_receipt():
    error = ask({**ASKED, "postmarked_on": "1999-12-31"}, made('receipt = { by = "postmark" }\n'))["error"]
    assert (error["code"], error["field"]) == ("no_version", "received_on")


NEXT = 'tiers = [{ code = "late", after = "E", through = "E + 1 year" }]\n'
LATER = '[[versions]]\nin_force_from = 2026-09-10\ncycle = { length = "1 year" }\n'


@pytest.mark.parametrize(
    ("version", "change", "starts_on", "expires_on"),
    [
        ('cycle = { next_from = "receipt" }\n' + NEXT, {}, "2026-09-10", "2028-09-10"),
        ('cycle = { next_from = "approval" }\n' + NEXT, {"approved_on": "2026-09-20"}, "2026-09-20", "2028-09-20"),
        # nothing is approved yet: as if it were on the day of receipt
        ('cycle = { next_from = "approval" }\n' + NEXT, {}, "2026-09-10", "2028-09-10"),
        # the length is that of the version in force on the first day
        ('cycle = { next_from = "receipt" }\n' + NEXT + LATER, {}, "2026-09-10", "2027-09-10"),
        ('cycle = { next_from = "receipt" }\n' + NEXT + LATER, {"received_on": "2026-09-09"}, "2026-09-09", "2028-09-09"),
        # two years after the receipt, and up to the day of birth
        ('cycle = { next_from = "receipt", ends = "birthday" }\n' + NEXT, {"born_on": "1990-09-11"}, "2026-09-10", "2028-09-11"),
        # the tier has the last word
        ('cycle = { next_from = "receipt" }\n' + NEXT.replace(" }", ', next_from = "E" }'), {}, "2026-07-01", "2028-06-30"),
    ],
)  # fmt: skip
def test_the_next_cycle_begins_after_the_event_that_the_policy_or_the_tier_names(
    version, change, starts_on, expires_on
):
    answer = answer_to(made(version), as_of="2026-09-10", **change)
    assert answer["dates"]["next_cycle"] == {"starts_on": starts_on, "expires_on": expires_on}


def test_a_lifetime_path_has_no_next_cycle_and_other_paths_have_one():
    policy = made('paths = [{ code = "credits" }, { code = "life", credits = false, lifetime = true }]\n')
    assert answer_to(policy, path="life")["dates"]["next_cycle"] is None
    assert answer_to(policy, path="credits")["dates"]["next_cycle"] == {
        "starts_on": "2026-07-01",
        "expires_on": "2028-06-30",
    }


ALLOTTED = made(
    'tiers = [{ code = "on_time" }, { code = "summer", from = "E + 10 days", through = "E + 20 days", when = { member = true } },'
    ' { code = "late", after = "E", through = "E + 30 days", when = { member = true } },'
    ' { code = "others", after = "E", through = "E + 5 days", when = { member = false } }]\n'
)


@pytest.mark.parametrize(
    ("as_of", "member", "others"),
    [
        ("2026-06-30", "on_time", "on_time"),
        ("2026-07-01", "late", "others"),
        ("2026-07-05", "late", "others"),
        ("2026-07-06", "late", "closed"),
        ("2026-07-09", "late", "closed"),
        ("2026-07-10", "summer", "closed"),
        ("2026-07-20", "summer", "closed"),
        ("2026-07-21", "late", "closed"),
        ("2026-07-30", "late", "closed"),
        ("2026-07-31", "closed", "closed"),
    ],
)
def test_a_day_shared_by_two_tiers_belongs_to_the_tier_written_first_in_the_file(as_of, member, others):
    assert answer_to(ALLOTTED, as_of=as_of, member=True)["tier"] == member
    assert answer_to(ALLOTTED, as_of=as_of)["tier"] == others


@pytest.mark.parametrize(
    ("as_of", "tier"),
    [("2026-07-01", "late"), ("2026-07-02", "summer"), ("2026-07-29", "summer"), ("2026-07-30", "late")],
)
def test_a_tier_keeps_a_single_day_that_another_tier_leaves_free(as_of, tier):
    policy = made(
        'tiers = [{ code = "on_time" }, { code = "summer", from = "E + 2 days", through = "E + 29 days", when = { member = true } },'
        ' { code = "late", after = "E", through = "E + 30 days" }]\n'
    )
    assert answer_to(policy, as_of=as_of, member=True)["tier"] == tier


def test_a_tier_whose_days_all_belong_to_another_tier_is_never_used():
    policy = made(
        'tiers = [{ code = "on_time" }, { code = "early", from = "E - 180 days", through = "E - 180 days", when = { member = true } },'
        ' { code = "last", from = "E", through = "E", when = { member = true } }]\n'
    )
    for day in ("2026-01-01", "2026-06-30"):
        assert answer_to(policy, as_of=day, member=True)["tier"] == "on_time"


SHUT = made(
    'tiers = [{ code = "on_time", when = { member = true } }, { code = "late", after = "E", through = "E + 30 days", when = { member = true } }]\n'
)


@pytest.mark.parametrize("as_of", ["2025-12-31", "2026-06-30", "2026-07-30", "2026-07-31"])
def test_a_person_to_whom_no_tier_is_open_is_told_so_on_every_day_and_sees_no_price(as_of):
    answer = answer_to(SHUT, as_of=as_of, records=[HELD])
    assert (answer["tier"], answer["fees"], answer["unmet"]) == ("closed", None, ["window"])
    assert {"clause": "page", "text": "No way to renew is open to you."} in answer["explanations"]
    assert (answer["dates"]["opens_on"], answer["dates"]["last_day_to_apply"]) == ("2026-01-01", "2026-07-30")


@pytest.mark.parametrize(
    ("as_of", "tier", "price"),
    [
        ("2025-12-31", "not_open", "100.00"),
        ("2026-01-01", "on_time", "100.00"),
        ("2026-07-31", "closed", None),
    ],
)
def test_a_person_to_whom_a_tier_is_open_sees_its_price_before_it_opens_and_none_after_the_last_tier(
    as_of, tier, price
):
    answer = answer_to(SHUT, as_of=as_of, member=True)
    assert (answer["tier"], answer["fees"] and answer["fees"]["total"]) == (tier, price)
    assert "No way to renew is open to you." not in said(answer)


def test_the_price_before_renewal_opens_is_that_of_the_first_tier_open_to_the_person():
    plain = PLAIN.replace(" }]", ' }, { code = "more", amount = "7.00" }]')
    policy = made(
        'tiers = [{ code = "on_time", through = "E - 30 days", when = { member = true } },'
        ' { code = "all", after = "E - 30 days", through = "E", adds = ["more"] }]\n',
        plain=plain,
    )
    early = answer_to(policy, as_of="2026-01-02")
    assert (early["tier"], early["fees"]["total"], early["dates"]["opens_on"]) == (
        "not_open",
        "107.00",
        "2026-06-01",
    )
    assert answer_to(policy, as_of="2026-01-02", member=True)["fees"]["total"] == "100.00"


def test_a_waiver_and_an_extension_apply_under_a_policy_with_tiers_for_members_only():
    waived = [{"of": "renewal", "amount": "30.00", "reason": "illness"}]
    extended = [{"of": "application", "through": "2026-08-31", "reason": "illness"}]
    for as_of, fees in (("2025-12-31", "70.00"), ("2026-08-31", "70.00"), ("2026-09-01", None)):
        answer = answer_to(SHUT, as_of=as_of, member=True, waivers=waived, extensions=extended)
        assert (answer["fees"] and answer["fees"]["total"]) == fees
        assert answer["dates"]["last_day_to_apply"] == "2026-08-31"
        assert answer["accepts_application"] is (as_of == "2026-08-31")


@pytest.mark.parametrize(
    ("cycle", "awarded_on", "price"),
    [
        ({"expires_on": "2026-06-30"}, "2024-06-30", "100.00"),
        ({"expires_on": "2026-06-30"}, "2022-06-30", "80.00"),
        ({"expires_on": "2026-06-30"}, None, "100.00"),
        ({"expires_on": "2026-06-30", "number": 2}, None, "80.00"),
        ({"expires_on": "2026-06-30", "number": 1}, "2022-06-30", "100.00"),
        ({"expires_on": "2026-06-30"}, "2022-05-30", "100.00"),
    ],
)
def test_the_renewal_number_is_the_given_cycle_number_or_counted_from_the_award_date(
    cycle, awarded_on, price
):
    instead = PLAIN.replace(" }]", ', instead = [{ when = { renewal_from = 2 }, amount = "80.00" }] }]')
    assert answer_to(made("", plain=instead), cycle=cycle, awarded_on=awarded_on)["fees"]["total"] == price


@pytest.mark.parametrize(
    ("through", "refused"), [("2028-06-29", None), ("2028-06-30", "extensions[0].through")]
)
def test_an_extension_ends_before_the_last_day_of_the_next_cycle(through, refused):
    answer = ask({**ASKED, "extensions": [{"of": "application", "through": through}]}, LAPSED)
    error = answer.get("error") or {"code": None, "field": None}
    assert (error["code"], error["field"]) == ("extension_order" if refused else None, refused)


OWN_CHEAPER = made(
    'tiers = [{ code = "on_time", from = "S" }]\n',
    plain='in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00",'
    ' instead = [{ when = { all_from = ["own"] }, amount = "60.00" }] }]\n',
)


@pytest.mark.parametrize(("provider", "price"), [("own", "60.00"), ("other", "100.00")])
def test_a_condition_about_providers_is_about_the_records_that_the_application_claims(provider, price):
    answer = answer_to(OWN_CHEAPER, records=[{**HELD, "provider": provider}])
    assert answer["fees"]["total"] == price
