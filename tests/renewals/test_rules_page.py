"""The public pages about the policy in force: cards and steps first, every clause on "All rules"."""

import re
from dataclasses import replace
from datetime import date

import pytest

from rules.policy.building_blocks import Condition, FeeTerms
from rules.policy.load import load_policy
from tests.reading import heading_of, text_of

OFF_FOR_MEMBERS = FeeTerms(when=Condition(tests=(("member", True),)), takes_off=True)
FOR_FURTHER = FeeTerms(per="further_credential")


@pytest.fixture
def rules_shown(client, db, clock_at):
    clock_at("2026-03-02")
    page = client.get("/how-renewal-works/all-rules/")
    assert heading_of(page) == "All rules"
    return text_of(page)


def test_how_renewal_works_shows_a_card_for_each_price_with_its_example(client, db, clock_at):
    clock_at("2026-03-02")
    page = client.get("/how-renewal-works/")
    assert heading_of(page) == "How renewal works"
    told = text_of(page)
    for words in (
        "You renew every two years with 2.0 CEUs. It costs $99 when you are on time.",
        "On time $99 You can renew from 180 days before your expiration date.",
        "Example: January 1, 2026 through June 30, 2026",
        "Late $129 $99 renewal fee + $30 late fee Up to 90 days after",
        "Example: July 1, 2026 through September 28, 2026",
        "Late, with an additional fee $149 $99 renewal fee + $30 late fee + $20 additional fee After the 90 days",
        "Example: September 29, 2026 through June 29, 2027",
    ):
        assert words in told


def test_how_renewal_works_shows_five_steps_and_what_a_petition_costs(client, db, clock_at):
    clock_at("2026-03-02")
    told = text_of(client.get("/how-renewal-works/"))
    for words in (
        "Five steps Take approved courses 1.9 CEUs in your two years, about 19 hours.",
        "Keep your CPR and AED card current It gives the last 0.1 CEUs",
        "Get your certificate It runs for two more years, from the day after the old one ends.",
        "Ask us to count it (petition). It costs $25, which we do not return. We answer within 10 business days.",
    ):
        assert words in told


def test_how_renewal_works_names_clauses_only_behind_show_the_clause(client, db, clock_at):
    clock_at("2026-03-02")
    html = client.get("/how-renewal-works/").content.decode()
    folded = re.findall(r"<details>.*?</details>", html, re.DOTALL)
    assert [re.findall(r"<strong>(\w+)</strong>", one) for one in folded] == [
        ["Q8", "Q6"],
        ["S6", "Q6"],
        ["S7", "Q6", "S6"],
    ]
    for one in folded:
        html = html.replace(one, "")
    assert re.findall(r"\b[SQ][0-9]{1,2}\b|not in the source", html) == []


def test_the_rules_page_follows_a_policy_with_two_prices_and_no_card(client, db, clock_at, monkeypatch):
    policy = load_policy()
    version = policy.versions[0]
    courses = tuple(one for one in version.categories if not one.must_be_current)
    cheaper = replace(version, tiers=version.tiers[:2], categories=courses, cycle_months=36)
    changed = replace(policy, versions=(cheaper,))
    monkeypatch.setattr("core.policy_words.load_policy", lambda name: changed)
    clock_at("2026-03-02")
    told = text_of(client.get("/how-renewal-works/"))
    assert "You renew every three years with 2.0 CEUs." in told
    assert "Four steps Take approved courses 2.0 CEUs in your three years" in told
    assert "$149" not in told


@pytest.mark.parametrize("page", ["/how-renewal-works/", "/how-renewal-works/all-rules/"])
@pytest.mark.parametrize("begins", ["2026-01-01", "2027-01-01"])
def test_rules_that_began_lately_or_have_not_begun_are_shown_all_the_same(
    client, db, clock_at, monkeypatch, page, begins
):
    policy = load_policy()
    version = replace(policy.versions[0], in_force_from=date.fromisoformat(begins))
    changed = replace(policy, versions=(version,))
    monkeypatch.setattr("core.policy_words.load_policy", lambda name: changed)
    clock_at("2026-03-02")
    told = text_of(client.get(page))
    assert "$129" in told
    assert ("These rules begin on January 1, 2027." in told) == (
        page == "/how-renewal-works/" and begins == "2027-01-01"
    )


def test_a_price_is_that_of_somebody_of_whom_nothing_is_known_and_other_fees_stand_apart(
    client, db, clock_at, monkeypatch
):
    policy = load_policy()
    version = policy.versions[0]
    fee = version.tiers[0].fees[0]
    more = (
        replace(fee, code="off", label="Member discount", amount_cents=2000, terms=OFF_FOR_MEMBERS),
        replace(fee, code="next", label="Further certification", amount_cents=4500, terms=FOR_FURTHER),
    )
    tiers = tuple(replace(tier, fees=(*tier.fees, *more)) for tier in version.tiers)
    changed = replace(policy, versions=(replace(version, tiers=tiers, cycle_months=12),), wide=True)
    monkeypatch.setattr("core.policy_words.load_policy", lambda name: changed)
    clock_at("2026-03-02")
    told = text_of(client.get("/how-renewal-works/"))
    assert "You renew every year with 2.0 CEUs. It costs $99 when you are on time." in told
    assert (
        "Late $129 $99 renewal fee + $30 late fee For some also: member discount, further certification"
        in told
    )


RULES = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'


@pytest.mark.parametrize("page", ["/how-renewal-works/", "/how-renewal-works/all-rules/"])
def test_the_rules_of_each_certification_have_a_page_that_names_the_others(
    client, db, clock_at, follow_body, page
):
    clock_at("2026-03-02")
    follow_body(RULES, beside={"second": RULES.replace("99", "55")})
    own, second = (text_of(client.get(page, asked)) for asked in ({}, {"policy": "second"}))
    assert "Rules of other certifications: Second Trainer" in own
    assert "Rules of other certifications: Body Trainer" in second
    assert ("$99" in own, "$55" in own) == (True, False)
    assert ("$99" in second, "$55" in second) == (False, True)
    assert client.get(page, {"policy": "third"}).status_code == 404


def test_the_prices_of_each_certification_have_the_sign_of_its_currency(client, db, clock_at, monkeypatch):
    clock_at("2026-03-02")
    second = replace(load_policy(), code="second", currency_symbol="€")
    monkeypatch.setattr("core.policy_words.fitting_policies", lambda: [load_policy(), second])
    page = text_of(client.get("/how-renewal-works/all-rules/", {"policy": "second"}))
    assert "€99.00" in page
    assert "$99.00" not in page


def test_one_certification_has_no_others_on_the_page_of_its_rules(rules_shown):
    assert "other certifications" not in rules_shown


def test_the_rules_page_has_an_example_of_each_window(rules_shown):
    assert (
        "a certification that expires on June 30, 2026 . Courses count through September 28, 2026"
        in rules_shown
    )
    assert "On time January 1, 2026 through June 30, 2026 $99.00" in rules_shown
    assert "Late July 1, 2026 through September 28, 2026 $129.00" in rules_shown
    assert "September 29, 2026 through June 29, 2027 $149.00" in rules_shown


def test_the_rules_page_marks_amounts_that_its_source_does_not_state(rules_shown):
    assert "Renewal fee $99 not in the source" in rules_shown
    assert "Late fee $30 not in the source" in rules_shown
    assert "Petition fee $25 Each course" in rules_shown


def test_the_rules_page_has_every_clause_and_interpretation(rules_shown):
    version = load_policy().versions[0]
    assert len(version.clauses) == 14
    assert len(version.readings) == 36
    for one in (*version.clauses, *version.readings):
        assert one.code in rules_shown
        assert one.text in rules_shown
    for figure in version.figures():
        assert figure.label in rules_shown
        assert figure.value in rules_shown


def test_the_figures_on_the_rules_page_are_those_of_the_policy_in_force(client, db, clock_at, monkeypatch):
    policy = load_policy()
    version = policy.versions[0]
    dearer = tuple(
        replace(one, value="$101") if one.key == "fee_renewal" else one for one in version.figures()
    )
    changed = replace(policy, versions=(replace(version, stated=dearer),))
    monkeypatch.setattr("core.policy_words.load_policy", lambda name: changed)
    clock_at("2026-03-02")
    told = text_of(client.get("/how-renewal-works/all-rules/"))
    assert "Renewal fee $101 not in the source" in told


def test_how_renewal_works_says_what_to_do_after_the_last_day(client, db, clock_at):
    clock_at("2026-03-02")
    assert 'id="ended"' in client.get("/how-renewal-works/").content.decode()
