"""The public rules page: made from the policy in force, with every figure, clause and reading."""

from dataclasses import replace

import pytest

from rules.policy.load import load_policy
from tests.reading import heading_of, text_of


@pytest.fixture
def rules_shown(client, db, clock_at):
    clock_at("2026-03-02")
    page = client.get("/how-renewal-works/")
    assert heading_of(page) == "How renewal works"
    return text_of(page)


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
    monkeypatch.setattr("renewals.views.public.load_policy", lambda name: changed)
    clock_at("2026-03-02")
    assert "Renewal fee $101 not in the source" in text_of(client.get("/how-renewal-works/"))


def test_the_rules_page_says_what_to_do_after_the_last_day(client, db, clock_at):
    clock_at("2026-03-02")
    assert 'id="ended"' in client.get("/how-renewal-works/").content.decode()
