"""A lead tries other figures from a day on: what changes, whom it touches, and the file with the new version."""

import re
from datetime import date
from pathlib import Path

import pytest

from cases.models import PolicyDraft
from rules.policy.load import load_policy, load_policy_file
from tests.reading import text_of
from tests.throwaway import ROOT

pytestmark = pytest.mark.django_db
DRAFT = "/staff/policy/draft/"
FILE = ROOT / "rules" / "policy" / "policies" / "nasm-cpt.toml"
ASKED = {"first_day": "2027-07-01", "fees-late": "35.00", "values-audit_days": "31"}


@pytest.fixture
def desk(lead, signed_in, clock_at):
    clock_at("2027-03-02")
    return signed_in(lead)


def test_the_policy_draft_form_is_prefilled_with_the_figures_of_the_newest_version(desk):
    form = desk.get(DRAFT).context["form"]
    assert (form["fees-late"].initial, form["total-value"].initial) == ("30.00", "2.0")
    assert form.fields["categories-cpr_aed"].label == "CPR and AED, at least"


def test_a_policy_draft_shows_its_changes_and_whom_they_affect_and_saves_nothing(desk, ready, drew):
    before = FILE.read_bytes()
    told = text_of(desk.get(DRAFT, ASKED))
    assert "Late fee becomes $35; it was $30 (S6)." in told
    assert "becomes 31 days; it was 30 days" in told
    assert "On July 1, 2027 people who can still renew: 1. Something changes for: 1. Pay more: 1." in told
    assert (FILE.read_bytes(), len(load_policy("nasm-cpt").versions)) == (before, 1)


def test_the_file_downloaded_from_a_policy_draft_is_the_policy_with_one_more_version(desk, tmp_path: Path):
    answer = desk.get(DRAFT, {**ASKED, "file": "1"})
    assert answer["Content-Disposition"] == 'attachment; filename="nasm-cpt.toml"'
    path = tmp_path / "nasm-cpt.toml"
    path.write_bytes(answer.content)
    first, then = load_policy_file(path).versions
    assert (then.in_force_from, then.audit_days, first.audit_days) == (date(2027, 7, 1), 31, 30)
    assert [fee.amount_cents for fee in then.fees] == [9900, 3500, 2000]
    assert then.tier("late").fees[-1].amount_cents == 3500
    assert then.clauses == first.clauses


@pytest.mark.parametrize(
    ("figure", "typed", "sentence"),
    [
        ("fees-late", "dear", "It must be an amount of money such as \"99.00\", not 'dear'."),
        ("values-audit_days", "soon", "It must be a whole number, not 'soon'."),
        ("categories-cpr_aed", "0.5", "0.5 CEUs is more than the maximum, 0.1 CEUs."),
        ("total-value", "0.05", "0.05 CEUs is less than the minima of the categories together, 0.1 CEUs."),
    ],
)
@pytest.mark.parametrize("more", [{}, {"file": "1"}])
def test_a_figure_of_a_policy_draft_that_cannot_be_used_is_refused_at_its_field_and_gives_no_file(
    desk, figure, typed, sentence, more
):
    answer = desk.get(DRAFT, {**ASKED, figure: typed, **more})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {figure: [sentence]}
    assert "versions[" not in text_of(answer)


def test_a_policy_draft_lists_texts_with_the_previous_figure_and_the_first_affected_cycles(desk):
    told = text_of(desk.get(DRAFT, {"first_day": "2027-07-01", "total-value": "3.0"}))
    assert "S2: You need 2.0 approved CEUs in every two-year period." in told
    assert "S3: The 2.0 CEUs include 0.1 CEUs from the CPR and AED certification" in told
    assert "S5: " not in told
    assert "other amounts hold for cycles that begin on or after July 1, 2027." in told


def test_a_policy_draft_also_lists_texts_that_say_another_number_in_words(desk):
    told = text_of(desk.get(DRAFT, {"first_day": "2027-07-01", "cycle-length": "3 years"}))
    assert "S1: You renew your certification every two years." in told
    asked = {"first_day": "2027-07-01", "words": "1", "fees-late-explain": "It costs $40."}
    assert "fees[late].explain: It costs $40." in text_of(desk.get(DRAFT, asked))


def test_a_policy_draft_that_changes_only_a_fee_lists_no_text_and_no_cycles(desk):
    told = text_of(desk.get(DRAFT, {"first_day": "2027-07-01", "fees-late": "35.00"}))
    assert "Late fee becomes $35" in told
    assert "Texts that still name" not in told
    assert "What a cycle needs" not in told


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first_day": ""}, "Choose the first day."),
        ({"first_day": "tomorrow"}, "Choose a day such as 2028-01-01."),
        ({"first_day": "2027-03-02"}, "Choose a day after today"),
        ({"fees-late": "30.00", "values-audit_days": ""}, "Change a figure."),
        ({"fees-late": "9" * 41}, "at most 40"),
    ],
)
def test_an_invalid_policy_draft_form_shows_a_sentence_and_keeps_the_input(desk, asked, sentence):
    answer = desk.get(DRAFT, {**ASKED, **asked})
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_days_and_words_can_be_tried_too_and_each_change_is_said(desk):
    asked = {"first_day": "2027-07-01", "words": "1", "tiers-late-through": "E + 60 days"}
    asked |= {"tiers-additional-after": "E + 60 days", "fees-late-label": "Fee for being late"}
    told = text_of(
        desk.get(DRAFT, {**asked, "clauses-S6-text": "Up to 60 days after, a late fee is charged."})
    )
    assert "Late becomes after the expiration date, through 60 days after the expiration date; it was" in told
    assert "S6 says something else." in told
    assert "Late fee is called Fee for being late." in told


def test_a_change_that_the_rules_page_does_not_state_alone_is_said_and_a_wrong_one_stands_at_its_field(desk):
    asked = {"first_day": "2027-07-01", "reminders-cycle-before_30-on": "E - 25 days"}
    told = text_of(desk.get(DRAFT, asked))
    assert "Cycle reminder before_30, on becomes E - 25 days; it was E - 30 days." in told
    wrong = desk.get(DRAFT, {**asked, "reminders-cycle-before_30-on": "soon"})
    assert wrong.status_code == 422
    assert [*wrong.context["form"].errors] == ["reminders-cycle-before_30-on"]


def test_the_words_are_offered_only_on_demand_and_a_window_with_a_gap_is_refused(desk):
    assert "fees-late-label" not in desk.get(DRAFT).context["form"].fields
    assert "fees-late-label" in desk.get(f"{DRAFT}?words=1").context["form"].fields
    answer = desk.get(DRAFT, {"first_day": "2027-07-01", "tiers-late-through": "E + 60 days"})
    assert answer.status_code == 422
    assert "E + 60" in text_of(answer) or "2023" in text_of(answer)


def test_only_the_figures_that_differ_are_carried_in_the_address_and_to_the_second_person(desk):
    page = desk.get(f"{DRAFT}?words=1")
    sent = {field.html_name: field.value() or "" for field in page.context["form"]}
    assert len(sent) == 243
    assert 'method="get"' not in page.content.decode().partition("<main")[2]
    changed = {"first_day": "2027-07-01", "fees-late-label": "Fee for being late", "words": "1"}
    answer = desk.post(DRAFT, {**sent, **changed, "try": "1"})
    address = f"{DRAFT}?words=1&first_day=2027-07-01&fees-late-label=Fee+for+being+late"
    assert (answer.status_code, answer["Location"]) == (302, address)
    shown = desk.get(address)
    assert "Late fee is called Fee for being late." in text_of(shown)
    assert shown.context["form"]["fees-late"].value() == "30.00"
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"', shown.content.decode())
    assert {"first_day", "fees-late-label"} == set(hidden) - {"csrfmiddlewaretoken", "words"}
    proposed = desk.post(DRAFT, {**changed, "why": "Our board calls it so."}, follow=True)
    assert "It waits for a second person now." in text_of(proposed)
    assert PolicyDraft.objects.get().changes == [["fees", "late", "label", "Fee for being late"]]


def test_words_that_are_too_long_for_an_address_are_answered_at_once_and_stay_typed(desk):
    changed = {"first_day": "2027-07-01", "words": "1", "clauses-S6-text": "Late. " * 330}
    shown = desk.post(DRAFT, {**changed, "clauses-S7-text": "Later. " * 280, "try": "1"})
    assert shown.status_code == 200
    assert "S6 says something else." in text_of(shown)
    assert shown.context["form"]["clauses-S6-text"].value().startswith("Late. Late.")
    answer = desk.post(DRAFT, {**changed, "file": "1"})
    assert answer["Content-Disposition"] == 'attachment; filename="nasm-cpt.toml"'


def test_a_proposal_without_its_reason_keeps_the_figures_and_what_they_change(desk):
    refused = desk.post(DRAFT, ASKED)
    assert refused.status_code == 422
    assert "Late fee becomes $35; it was $30 (S6)." in text_of(refused)
    assert "Write why the figures change." in text_of(refused)


def test_a_draft_of_more_figures_than_forms_usually_have_is_read(desk):
    sent = {f"more-{number}": "1" for number in range(600)}
    assert desk.post(DRAFT, {**sent, **ASKED, "try": "1"}).status_code == 302


def test_only_a_lead_can_draft_a_policy_version(reviewer, read_only, signed_in):
    for colleague in (reviewer, read_only):
        assert signed_in(colleague).get(DRAFT, ASKED).status_code == 403
