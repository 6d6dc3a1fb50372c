"""Approved figures and the file that they are added to: files written in other ways, files that change, drafts
that build on each other, and the last minutes of a day.
"""

import logging
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import policy_overlay
from cases.invariants import CHECKS
from cases.models import PolicyDraft
from cases.policy_overlay import refresh_policies, reread_policies
from cases.policy_text import GONE, IN_ONE_LINE, draft_text, first_days
from cases.services.policy_drafts import BUILT_UPON, LENGTH_FIXED, approve_policy_draft, withdraw_policy_draft
from core.errors import refusal_of
from rules.policy.load import load_policy, policy_path, use_policies_in
from rules.policy.parse import PolicyError
from tests.cast import colleague
from tests.drafting import FIRST_DAY, TODAY, approve, draft, late_fee_on, withdraw
from tests.reading import refused_with
from trainers.models import Cycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_on_file")]
JANUARY, LATER = date(2028, 1, 1), date(2029, 1, 1)
OWN = policy_path("nasm-cpt").read_text(encoding="utf-8")
Q36 = OWN[OWN.index('[[versions.readings]]\ncode = "Q36"') :]
IN_A_LIST = (
    'format = 1\ncode = "x"\nversions = [{ in_force_from = 2000-01-01 }, { in_force_from = 2029-01-01 }]\n'
)


@pytest.fixture
def on_file(tmp_path):
    """Return a function that puts a text in the place of the policy's file, as after a start."""

    def put(text: str) -> None:
        (tmp_path / "nasm-cpt.toml").write_text(text, encoding="utf-8")
        use_policies_in(tmp_path)
        policy_overlay._Known.drafts = ()
        reread_policies()

    yield put
    use_policies_in(None)


def faults() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


@pytest.mark.parametrize(
    "header", ["[[versions]]  # the first", "  [[ versions ]]", '[["versions"]]', "[[versions]]\t"]
)
def test_a_version_finds_its_place_however_the_file_writes_the_line_above_one(on_file, header):
    approve(draft())
    newer = draft_text(OWN, first_day=LATER, changes={("values", "audit_days"): "28"})
    on_file(newer.replace("[[versions]]", f"# a line\u2028of one comment\u0085\n{header}"))
    days = [one.in_force_from for one in load_policy("nasm-cpt").versions]
    assert days == [date(2000, 1, 1), FIRST_DAY, LATER]
    assert (late_fee_on(FIRST_DAY), faults()) == (3500, [])


def test_a_file_with_its_versions_in_one_list_takes_no_draft_and_says_how_to_write_them():
    with pytest.raises(PolicyError) as refused:
        draft_text(IN_A_LIST, first_day=FIRST_DAY, changes={})
    assert refused.value.problems == (IN_ONE_LINE,)
    assert first_days(IN_A_LIST) == [date(2000, 1, 1), LATER]


def test_a_figure_that_the_file_no_longer_has_is_a_problem_and_its_version_counts_no_more(on_file, caplog):
    approve(draft(changes={("readings", "Q36", "text"): "Your own day.", ("fees", "late"): "35.00"}))
    assert (late_fee_on(FIRST_DAY), faults()) == (3500, [])
    on_file(OWN.replace(Q36, ""))
    assert late_fee_on(FIRST_DAY) == 3000
    assert faults() == [f"the approved version of nasm-cpt from {FIRST_DAY} no longer fits its file"]
    assert f"readings[Q36].text: {GONE}" in caplog.text


def test_an_approved_version_without_a_file_stops_nobody_and_is_named(caplog):
    row = PolicyDraft.objects.create(
        policy_code="gone",
        first_day=FIRST_DAY,
        changes=[["fees", "late", "35.00"]],
        why="The board decided.",
        by=colleague("lead"),
        at=datetime(2027, 3, 2, tzinfo=UTC),
    )
    PolicyDraft.objects.filter(pk=row.pk).update(
        state="approved", approved_by=colleague("second_lead"), approved_at=row.at
    )
    approve(draft())
    assert late_fee_on(FIRST_DAY) == 3500
    assert f"the approved version of gone from {FIRST_DAY} no longer fits its file" in faults()
    assert "The policy has no file any more." in caplog.text


def test_whatever_goes_wrong_a_process_keeps_the_versions_that_it_knew(settings, monkeypatch, caplog):
    approve(draft())
    settings.POLICY_DRAFTS = True
    monkeypatch.setattr(policy_overlay, "reread_policies", lambda: first_days("versions = 1"))
    with caplog.at_level(logging.ERROR):
        refresh_policies()
    assert late_fee_on(FIRST_DAY) == 3500
    assert "the approved versions of the rules were not read" in caplog.text


def test_an_approved_version_stays_while_a_later_one_is_approved_on_top_of_it():
    first = approve(draft())
    second = approve(draft(first_day=JANUARY, changes={("values", "audit_days"): "31"}))
    with refused_with(BUILT_UPON.format(day="January 1, 2028"), "built_upon"):
        withdraw(first)
    assert late_fee_on(JANUARY) == 3500
    withdraw(second)
    assert withdraw(first).state == "withdrawn"


@pytest.mark.parametrize(("minute", "code"), [(44, None), (45, "past")])
def test_figures_are_approved_or_withdrawn_until_a_quarter_of_an_hour_before_they_count(minute, code):
    at = datetime(2027, 7, 1, 6, minute, tzinfo=UTC)  # in Phoenix it is June 30, shortly before midnight
    asked = {"today": date(2027, 6, 30), "at": at}
    found = draft()
    refusal = refusal_of(lambda: approve_policy_draft(found, by=colleague("second_lead"), **asked))
    assert getattr(refusal, "code", None) == code
    approve(found)
    refusal = refusal_of(
        lambda: withdraw_policy_draft(found, by=colleague("lead"), reason="Too early.", **asked)
    )
    assert getattr(refusal, "code", None) == (code and "in_force")


def test_the_length_of_cycles_changes_only_after_the_last_one_that_is_open(jordan, stranger):
    longer = {("cycle", "length"): "3 years"}
    Cycle.objects.create(
        credential=jordan.credentials.get(),
        starts_on="2027-03-15",
        expires_on="2029-03-14",
        opens_on="2028-09-15",
        completion_deadline="2029-06-12",
        last_day_to_apply="2030-03-13",
    )
    early = {"first_day": date(2027, 3, 15), "today": TODAY}
    with refused_with(LENGTH_FIXED.format(day="March 15, 2027"), "length_fixed"):
        draft(changes=longer, **early)
    assert draft(changes=longer, first_day=date(2027, 3, 16)).state == "draft"


def test_an_approval_locks_every_open_draft_of_its_policy_because_each_is_checked_with_the_others():
    first = draft()
    draft(first_day=JANUARY, changes={("values", "audit_days"): "31"})
    withdraw(draft(first_day=LATER, changes={("values", "audit_days"): "32"}))
    with CaptureQueriesContext(connection) as asked:
        approve(first)
    held = next(one["sql"] for one in asked if 'FROM "cases_policydraft"' in one["sql"])
    assert "'nasm-cpt'" in held
    assert "'draft', 'approved'" in held
    assert held.endswith("FOR UPDATE") is connection.features.has_select_for_update
