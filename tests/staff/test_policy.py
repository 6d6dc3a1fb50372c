"""The policy as staff read it: its figures, two versions side by side, and the simulator."""

from dataclasses import replace
from datetime import date

import pytest

from cases.models import PolicyDraft
from rules.policy.load import load_policy
from rules.policy.model import Policy
from staff.policy.comparing import as_if_always, compare_versions
from tests.reading import text_of

pytestmark = pytest.mark.django_db
RULES, TRY = "/staff/policy/", "/staff/policy/try/"
FACTS = {
    "expires_on_month": "3", "expires_on_day": "14", "expires_on_year": "2027",
    "apply_on_month": "3", "apply_on_day": "20", "apply_on_year": "2027",
    "ceus": "1.9",
}  # fmt: skip


@pytest.fixture
def coming(monkeypatch) -> Policy:
    """The policy with a version from July 1, 2027, whose renewal fee is $109."""
    policy = load_policy("nasm-cpt")
    now = policy.versions[0]
    fees = tuple(replace(one, amount_cents=10900) if one.code == "renewal" else one for one in now.fees)
    stated = tuple(replace(one, value="$109") if one.key == "fee_renewal" else one for one in now.figures())
    later = replace(now, in_force_from=date(2027, 7, 1), stated=stated, fees=fees)
    both = replace(policy, versions=(now, later))
    monkeypatch.setattr("core.policy_words.load_policy", lambda name: both)
    return both


def test_the_policy_page_shows_every_figure_in_force_with_its_clause(read_only, signed_in, clock_at):
    clock_at("2027-03-02")
    page = signed_in(read_only).get(RULES)
    told = text_of(page)
    assert page.context["title"] == "Rules in force"
    assert all(figure.label in told for figure in load_policy("nasm-cpt").versions[0].figures())
    assert "There is one version" in told
    assert "Valid No gap and no overlap" in told


def test_the_policy_page_shows_a_future_version_next_to_the_current_one_with_the_changes(
    lead, coming, signed_in, clock_at
):
    clock_at("2027-03-02")
    page = signed_in(lead).get(f"{RULES}?only=changed&version=2027-07-01")
    assert [row.after for row in page.context["rows"]] == ["$109"]
    assert "changed $109" in text_of(page)
    assert page.context["title"] == "Two versions side by side"


def test_the_policy_page_counts_trainers_who_can_still_apply_under_a_future_version(
    lead, jordan, drew, stranger, coming, signed_in, clock_at
):
    clock_at("2027-03-02")
    page = signed_in(lead).get(RULES)
    assert page.context["touched"] == 2  # Drew's last day was June 29, 2027
    assert "2 people can still apply on or after July 1, 2027" in text_of(page)


@pytest.mark.parametrize("version", ["2027-07-02", "x", ""])
def test_a_policy_version_that_does_not_exist_gives_404(lead, signed_in, version):
    assert signed_in(lead).get(f"{RULES}?version={version}").status_code == 404


def test_two_policy_versions_are_compared_by_the_key_of_each_figure(coming):
    rows = compare_versions(*coming.versions)
    assert [(row.before, row.after) for row in rows if row.changed] == [("$99", "$109")]
    assert as_if_always(coming, coming.versions[1]).version_on(date(1950, 1, 1)).fees[0].amount_cents == 10900


def test_the_policy_simulator_answers_with_status_fees_dates_and_explanations(lead, signed_in):
    told = text_of(signed_in(lead).get(TRY, FACTS))
    assert "On March 20, 2027 your certification has expired" in told
    assert "June 12, 2027" in told
    assert "$129" in told
    assert "S6" in told


def test_the_policy_simulator_shows_the_answer_of_each_version(lead, coming, signed_in):
    told = text_of(signed_in(lead).get(TRY, FACTS))
    assert "By the version from January 1, 2000" in told
    assert "By the version from July 1, 2027" in told
    assert ".." not in told


def test_the_policy_simulator_can_be_prefilled_with_the_facts_of_a_trainer(lead, ready, signed_in, clock_at):
    clock_at("2027-03-02")
    page = signed_in(lead).get(f"{TRY}?person={ready.pk}")
    assert "The facts of Jordan Rivera are filled in." in text_of(page)
    assert page.context["answer"].heading == "On March 2, 2027 you are certified, through March 14, 2027."


@pytest.mark.parametrize("person", ["0", "x", "٣", "9" * 30])
def test_the_policy_simulator_for_a_nonexistent_person_gives_404(lead, signed_in, person):
    assert signed_in(lead).get(f"{TRY}?person={person}").status_code == 404


def test_an_invalid_date_in_the_policy_simulator_is_refused_at_its_field_and_kept(lead, signed_in):
    answer = signed_in(lead).get(TRY, FACTS | {"apply_on_day": "32"})
    assert answer.status_code == 422
    assert 'value="32"' in answer.content.decode()


PLAIN_RULES = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'


def test_a_lead_sees_tries_and_proposes_figures_of_each_certification_of_the_portal(
    lead, signed_in, follow_body, clock_at
):
    clock_at("2027-03-02")
    follow_body(PLAIN_RULES, beside={"second": PLAIN_RULES.replace("99", "55")})
    browser = signed_in(lead)
    page = browser.get("/staff/policy/", {"policy": "second"})
    assert "$55" in text_of(page)
    assert "$99" not in text_of(page)
    for path in ("draft", "try"):
        assert f'href="/staff/policy/{path}/?policy=second"' in page.content.decode()
        assert (
            'name="policy" value="second"'
            in browser.get(f"/staff/policy/{path}/?policy=second").content.decode()
        )
    figures = browser.get("/staff/policy/draft/?policy=second").context["form"]
    name = next(one.name for one in figures.figures if one.value == "55.00")
    asked = {"policy": "second", "first_day": "2028-01-01", name: "65.00"}
    tried = browser.post("/staff/policy/draft/", {**asked, "try": "1"}, follow=True)
    assert "$65" in text_of(tried)
    browser.post("/staff/policy/draft/", {**asked, "why": "Costs rose."})
    draft = PolicyDraft.objects.get()
    assert (draft.policy_code, draft.first_day.isoformat()) == ("second", "2028-01-01")
    assert browser.get("/staff/policy/", {"policy": "third"}).status_code == 404


def test_rules_that_have_not_begun_are_shown_to_staff(lead, signed_in, follow_body, monkeypatch, clock_at):
    clock_at("2027-03-02")
    policy = follow_body(PLAIN_RULES)
    begins = replace(policy, versions=(replace(policy.versions[0], in_force_from=date(2028, 1, 1)),))
    monkeypatch.setattr("core.policy_words.load_policy", lambda name: begins)
    assert signed_in(lead).get(RULES).status_code == 200
