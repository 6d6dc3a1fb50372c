"""Other figures of the rules: drafted by one lead, approved by another, in force from their first day on."""

from datetime import date

import pytest

from cases import policy_overlay
from cases.invariants import CHECKS
from cases.models import PolicyDraft
from cases.policy_overlay import policy_in, refresh_policies, reread_policies
from cases.policy_text import draft_text, editable_figures
from core.errors import Refusal
from core.models import HistoryEntry
from rules.policy.load import load_policy, policy_path, use_policies_in
from tests.cast import colleague
from tests.drafting import AT, FIRST_DAY, TODAY, approve, draft, late_fee_on, withdraw
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_on_file")]
PAGE = "/staff/policy/draft/"


def code_of(act) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_figures_count_from_their_first_day_once_a_second_lead_has_approved_them():
    found = draft()
    assert (found.state, late_fee_on(FIRST_DAY)) == ("draft", 3000)
    assert approve(found).state == "approved"
    assert (late_fee_on(date(2027, 6, 30)), late_fee_on(FIRST_DAY)) == (3000, 3500)
    verbs = HistoryEntry.objects.filter(subject=f"cases.policydraft:{found.pk}").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["drafted", "approved"]
    assert [line for check in CHECKS for line in check.find()] == []


def test_a_file_that_is_based_on_another_takes_other_figures_days_and_words(follow_body):
    policy = follow_body(name="tenth-guideline-added")
    text = policy_path("tenth-guideline-added").read_text()
    later = {
        ("fees", "late"): "35.00",
        ("tiers", "late", "through"): "E + 60 days",
        ("tiers", "very_late", "after"): "E + 60 days",
        ("earning", "through"): "E + 60 days",
        ("fees", "renewal", "label"): "Our renewal fee",
        ("values", "audit_days"): "28",
    }
    changed = draft_text(text, first_day=FIRST_DAY, changes=later)
    assert policy_in(changed, policy.code).code == policy.code
    names = {one.name for one in editable_figures(text)}
    assert {
        "total-value",
        "fees-late",
        "tiers-late-through",
        "fees-renewal-label",
        "values-audit_days",
    } <= names


def test_the_lead_who_drafted_figures_cannot_approve_them():
    found = draft()
    assert code_of(lambda: approve(found, "lead")) == "same_person"
    assert code_of(lambda: approve(found, "reviewer")) == "not_allowed"
    assert PolicyDraft.objects.get().state == "draft"


def test_drafting_and_approving_twice_changes_nothing_more():
    assert draft().pk == draft().pk
    approve(PolicyDraft.objects.get())
    assert approve(PolicyDraft.objects.get()).state == "approved"
    assert HistoryEntry.objects.filter(subject__startswith="cases.policydraft").count() == 2


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"changes": {}}, "unchanged"),
        ({"why": "  "}, "no_words"),
        ({"first_day": TODAY}, "past"),
        ({"first_day": date(1999, 1, 1)}, "past"),
        ({"changes": {("fees", "late"): "dear"}}, "invalid"),
        ({"by": "reviewer"}, "not_allowed"),
    ],
)
def test_figures_that_cannot_count_are_not_drafted(other, code):
    assert code_of(lambda: draft(**other)) == code
    assert not PolicyDraft.objects.exists()


def test_two_leads_cannot_draft_figures_for_the_same_day():
    draft()
    assert code_of(lambda: draft(by="second_lead")) == "taken"
    withdraw(PolicyDraft.objects.get())
    assert draft(by="second_lead").state == "draft"


def test_a_draft_whose_first_day_has_come_cannot_be_approved():
    found = draft()
    assert code_of(lambda: approve(found, today=FIRST_DAY)) == "past"


def test_approved_figures_can_be_withdrawn_until_the_day_before_they_count():
    found = approve(draft())
    assert code_of(lambda: withdraw(found, today=FIRST_DAY)) == "in_force"
    assert withdraw(found, today=date(2027, 6, 30)).state == "withdrawn"
    assert late_fee_on(FIRST_DAY) == 3000


def test_another_process_learns_of_approved_figures_when_it_reads_again(settings):
    found = draft()
    PolicyDraft.objects.filter(pk=found.pk).update(
        state="approved", approved_by=colleague("second_lead"), approved_at=AT
    )
    settings.POLICY_DRAFTS = True
    refresh_policies()
    assert late_fee_on(FIRST_DAY) == 3500


def test_figures_approved_one_after_the_other_add_up():
    approve(draft())
    approve(draft(first_day=date(2028, 1, 1), changes={("values", "audit_days"): "31"}))
    newest = load_policy("nasm-cpt").versions[-1]
    assert (newest.audit_days, newest.tier("late").fees[-1].amount_cents) == (31, 3500)
    assert code_of(lambda: draft(first_day=date(2027, 9, 1), changes={("fees", "late"): "36.00"})) == "past"


def test_a_version_that_the_file_states_later_keeps_the_approved_one_before_it(tmp_path):
    approve(draft())
    own = policy_path("nasm-cpt").read_text(encoding="utf-8")
    newer = draft_text(own, first_day=date(2029, 1, 1), changes={("values", "audit_days"): "28"})
    (tmp_path / "nasm-cpt.toml").write_text(newer, encoding="utf-8")
    use_policies_in(tmp_path)
    policy_overlay._Known.drafts = ()
    reread_policies()
    try:
        assert [one.in_force_from.year for one in load_policy("nasm-cpt").versions] == [2000, 2027, 2029]
        assert (late_fee_on(date(2028, 1, 1)), late_fee_on(date(2029, 1, 1))) == (3500, 3500)
    finally:
        use_policies_in(None)


def test_a_lead_proposes_figures_on_the_page_and_another_approves_them(signed_in, clock_at, stranger):
    clock_at("2027-03-02")
    asked = {"first_day": "2027-07-01", "fees-late": "35.00"}
    lead, second = signed_in(colleague("lead")), signed_in(colleague("second_lead"))
    refused = lead.post(PAGE, asked)
    assert (refused.status_code, refused.context["form"].errors["why"]) == (
        422,
        ["Write why the figures change."],
    )
    page = lead.post(PAGE, {**asked, "why": "The board decided."}, follow=True)
    assert "Late fee becomes $35; it was $30 (S6)." in text_of(page)
    assert "Nothing changes before another lead approves it." in text_of(page)
    address = f"/staff/cases/policydraft/{PolicyDraft.objects.get().pk}/"
    assert lead.post(f"{address}approve/").status_code == 422
    assert "Rules to approve" in text_of(second.get("/staff/"))
    assert second.post(f"{address}approve/", follow=True).status_code == 200
    assert late_fee_on(FIRST_DAY) == 3500
    assert "approved by Leo Lead" in text_of(lead.get(f"{address}change/"))
    assert signed_in(stranger).get(f"{address}change/").status_code == 404
