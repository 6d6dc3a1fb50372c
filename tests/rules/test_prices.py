"""Prices of fees with quantities, percentages, discounts and paths, worked out by hand; and the
windows with these prices.
"""

from datetime import date
from typing import Any

import pytest

from rules.facts import Circumstances, Facts
from rules.standing import assess
from tests.rules.cases import ask
from tests.rules.making import made

ASKED = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
PLAIN = 'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00" }, %s]\n'
LATE = 'tiers = [{ code = "on_time", adds = ["renewal", %s] }, { code = "late", after = "E", through = "E + 3 years", adds = [%s] }]\n'


def priced(fees: str, on_time: str, late: str = "", more: str = "") -> Any:
    return made(LATE % (on_time, late) + more, plain=PLAIN % fees)


def lines_of(policy: Any, **change: Any) -> dict[str, str]:
    answer = ask({**ASKED, **change}, policy)
    assert "error" not in answer, answer
    return {one["code"]: one["amount"] for one in answer["fees"]["lines"]}


YEARLY = priced('{ code = "back", amount = "7.00", per = "late_year" }, { code = "slow", amount = "5.00", per = "late_month" }', "", '"back", "slow"')  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "back", "slow"),
    [
        ("2026-07-01", "7.00", "5.00"),
        ("2026-07-30", "7.00", "5.00"),
        ("2026-07-31", "7.00", "10.00"),
        ("2027-06-30", "7.00", "60.00"),
        ("2027-07-01", "14.00", "65.00"),
        ("2028-06-30", "14.00", "120.00"),
        ("2028-07-01", "21.00", "125.00"),
        ("2029-06-30", "21.00", "180.00"),
    ],
)
def test_a_fee_for_each_late_year_or_month_counts_those_begun_after_expiration(as_of, back, slow):
    assert lines_of(YEARLY, as_of=as_of) == {"renewal": "100.00", "back": back, "slow": slow}


SHARED = priced(
    '{ code = "card", amount = "3.00", per = "credential" }, { code = "tax", percent = "8.254" },'
    '{ code = "fund", percent = "1", of = ["card"] }, { code = "again", amount = "9.00", per = "correction" }',
    '"card", "tax", "fund", "again"',
)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        # 8.254 % of 103.00 is 8.50162, 1 % of 3.00 is 0.03
        ({}, {"renewal": "100.00", "card": "3.00", "tax": "8.50", "fund": "0.03"}),
        # 8.254 % of 109.00 is 8.99686
        (
            {"also": [{"code": "b"}, {"code": "c"}]},
            {"renewal": "100.00", "card": "9.00", "tax": "9.00", "fund": "0.09"},
        ),
        (
            {"corrections": 2},
            {"renewal": "100.00", "card": "3.00", "tax": "8.50", "fund": "0.03", "again": "18.00"},
        ),
    ],
)
def test_a_percentage_fee_is_computed_from_the_named_fees_or_all_fees_before_it_and_rounded_to_the_cent(
    change, lines
):
    assert lines_of(SHARED, **change) == lines


@pytest.mark.parametrize(
    ("percent", "cents"), [("0.005", "0.01"), ("0.004", None), ("12.5", "12.50"), ("100", "100.00")]
)
def test_a_percentage_fee_rounds_half_a_cent_up_and_below_that_has_no_fee_line(percent, cents):
    policy = priced(f'{{ code = "tax", percent = "{percent}", of = ["renewal"] }}', '"tax"')
    assert lines_of(policy).get("tax") == cents


def test_a_discount_never_makes_the_total_negative():
    policy = priced('{ code = "gift", amount = "130.00", takes_off = true }, { code = "tax", percent = "10" }', '"gift", "tax"')  # fmt: skip
    assert lines_of(policy) == {"renewal": "100.00", "gift": "-100.00"}
    assert ask(ASKED, policy)["fees"]["total"] == "0.00"


def test_the_explanation_of_a_fee_that_is_due_twice_names_the_number_and_the_single_price():
    policy = priced('{ code = "card", amount = "3.00", per = "credential", explain = "Each card costs {amount}." }', '"card"')  # fmt: skip
    once, twice = ask(ASKED, policy), ask({**ASKED, "also": [{"code": "b"}]}, policy)
    assert "Each card costs $3." in [one["text"] for one in once["explanations"]]
    assert "Each card costs $6. It is 2 times $3." in [one["text"] for one in twice["explanations"]]


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        ({"member": True, "country": "CA"}, "60.00"),
        ({"member": False, "country": "CA"}, "80.00"),
        ({"country": "US"}, "100.00"),
    ],
)
def test_a_fee_has_the_first_special_amount_whose_condition_is_met(change, amount):
    instead = (
        '{ when = { member = true }, amount = "60.00" }, { when = { country = ["CA"] }, amount = "80.00" }'
    )
    plain = 'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00", instead = [%s] }]\n'
    assert lines_of(made("", plain=plain % instead), **change) == {"renewal": amount}


ASKING = 'values = { petition_fee = { value = "25.00" } }\n'


@pytest.mark.parametrize(
    ("fees", "adds", "more", "lines"),
    [
        ("", "", ASKING, {"renewal": "100.00", "petition_fee": "50.00"}),
        ("", "", "", {"renewal": "100.00"}),
        ('{ code = "own", amount = "15.00", per = "petition" }', '"own"', ASKING, {"renewal": "100.00", "own": "30.00"}),
        ('{ code = "own", amount = "15.00", per = "petition" }', "", ASKING + 'paths = [{ code = "all", adds = ["own"] }]\n', {"own": "30.00", "renewal": "100.00"}),
    ],
)  # fmt: skip
def test_each_petition_costs_the_policys_petition_fee_unless_the_tier_has_its_own_fee_for_petitions(
    fees, adds, more, lines
):
    assert lines_of(priced(fees, adds, more=more), petitions=2) == lines
    assert lines_of(priced(fees, adds, more=more)) == {"renewal": "100.00"}


PATHS = priced(
    '{ code = "exam", amount = "300.00" }, { code = "late", amount = "10.00" }',
    "",
    '"late"',
    'paths = [{ code = "credits" }, { code = "exam", credits = false, adds = ["exam"], in_place_of = ["late"], tiers = ["late"] }]\n',
)


@pytest.mark.parametrize(
    ("path", "as_of", "codes", "unmet"),
    [
        ("credits", "2026-07-01", ["renewal", "late"], ["total"]),
        ("exam", "2026-07-01", ["exam", "renewal"], []),
        ("exam", "2026-06-30", ["exam", "renewal"], ["window"]),
    ],
)
def test_a_path_adds_and_removes_fees_and_can_be_used_only_in_its_tiers(path, as_of, codes, unmet):
    answer = ask({**ASKED, "as_of": as_of, "path": path}, PATHS)
    assert ([one["code"] for one in answer["fees"]["lines"]], answer["unmet"]) == (codes, unmet)


@pytest.mark.parametrize(("used", "tier"), [(0, "back"), (1, "back"), (2, "closed"), (3, "closed")])
def test_a_tier_that_may_be_used_twice_in_a_lifetime_is_closed_after_two_uses(used, tier):
    policy = made('tiers = [{ code = "back", after = "E", through = "E + 1 year", uses_at_most = 2 }]\n')
    answer = ask({**ASKED, "as_of": "2026-07-01", "uses": {"back": used, "on_time": 9}}, policy)
    assert answer["tier"] == tier


RANKED = 'several = { ranks = ["helper", "made", "master"], highest_renews_lower = true }\n'


@pytest.mark.parametrize(
    ("more", "code", "renewed", "covered", "total"),
    [
        (RANKED, "helper", True, True, "100.00"),
        (RANKED, "master", True, False, "150.00"),
        (RANKED, "stranger", True, False, "150.00"),
        (RANKED, "made", True, False, "150.00"),
        (RANKED.replace(", highest_renews_lower = true", ""), "helper", True, False, "150.00"),
        ("several = { one_application = false }\n", "helper", False, False, "100.00"),
        (
            RANKED.replace("several = {", "several = { one_application = false,"),
            "helper",
            True,
            True,
            "100.00",
        ),
        ("", "helper", True, False, "150.00"),
    ],
)
def test_another_credential_is_renewed_free_of_charge_only_when_it_is_ranked_lower(
    more, code, renewed, covered, total
):
    policy = priced(
        '{ code = "further", amount = "50.00", per = "further_credential" }', '"further"', more=more
    )
    answer = ask({**ASKED, "also": [{"code": code}]}, policy)
    assert answer["also"] == [{"code": code, "renewed": renewed, "covered": covered}]
    assert answer["fees"]["total"] == total


MEMBERS = 'fees = [{ code = "renewal", amount = "120.00", instead = [{ when = { member = true }, amount = "90.00" }] }]\n'


@pytest.mark.parametrize(
    ("in_force_from", "as_of", "tier", "total"),
    [
        ("2026-06-30", "2026-06-29", "on_time", "100.00"),
        ("2026-06-30", "2026-06-30", "on_time", "120.00"),
        ("2026-06-30", "2026-07-01", "closed", None),
        ("2027-01-01", "2026-06-30", "on_time", "100.00"),
        ("2027-01-01", "2026-07-01", "closed", None),
    ],
)
def test_a_later_policy_version_decides_from_its_first_day_on(in_force_from, as_of, tier, total):
    policy = made(f"[[versions]]\nin_force_from = {in_force_from}\n{MEMBERS}")
    answer = ask({**ASKED, "as_of": as_of}, policy)
    assert (answer["tier"], answer["fees"] and answer["fees"]["total"]) == (tier, total)
    assert answer["dates"]["last_day_to_apply"] == "2026-06-30"


def test_a_future_or_past_tier_shows_the_price_of_its_first_day():
    facts = Facts(date(2026, 6, 30), date(2024, 7, 1), more=Circumstances(member=True))
    for on in (date(2026, 6, 30), date(2029, 7, 1)):
        assert [one.fees.total_cents for one in assess(facts, on, YEARLY).windows] == [100_00, 112_00]
    assert assess(facts, date(2027, 7, 1), YEARLY).windows[1].fees.total_cents == 100_00 + 14_00 + 65_00


def test_another_amount_takes_the_place_of_a_share_for_whom_it_is_meant():
    policy = made(
        'fees = [{ code = "renewal", amount = "100.00" }, { code = "card", percent = "10", '
        'instead = [{ when = { member = true }, amount = "2.50" }] }]\n'
        'tiers = [{ code = "on_time", adds = ["renewal", "card"] }]\n',
        plain='in_force_from = 2000-01-01\ntotal = { value = "20" }\n',
    )
    for member, total in ((False, "110.00"), (True, "102.50")):
        question = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": []}
        assert ask({**question, "member": member}, policy)["fees"]["total"] == total


@pytest.mark.parametrize(
    ("ends_on", "day", "total"),
    [
        ("2026-06-30", "2026-06-30", "0.00"),
        ("2026-06-30", "2026-07-01", "1.00"),
        ("2026-06-30", "2026-07-31", "1.00"),
        ("2026-06-30", "2026-08-01", "2.00"),
        ("2026-06-30", "2027-02-01", "8.00"),
        ("2026-06-15", "2026-06-16", "1.00"),
        ("2026-06-15", "2026-07-01", "2.00"),
    ],
)
def test_a_fee_for_each_calendar_month_counts_those_in_which_a_late_day_lies(ends_on, day, total):
    policy = made(
        'fees = [{ code = "renewal", amount = "0.00" }, { code = "late", amount = "1.00", per = "late_calendar_month" }]\n'
        'tiers = [{ code = "on_time", adds = ["renewal"] }, { code = "late", after = "E", through = "E + 1 year", adds = ["late"] }]\n',
        plain='in_force_from = 2000-01-01\ntotal = { value = "20" }\n',
    )
    question = {"as_of": day, "cycle": {"expires_on": ends_on}, "records": []}
    assert ask(question, policy)["fees"]["total"] == total
