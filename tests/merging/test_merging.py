"""Two accounts of one person become one: everything moves, nothing is lost, and the other one is closed."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from cases.models import Assignment, Conflict
from core import clock
from core.invariants import all_checks
from core.merging import merged_tables, plan_merge, rows_left
from core.models import HistoryEntry, Merge
from documents.models import Document
from outbox.models import Notice
from payments.models import Charge, LedgerEntry
from tests.merging.scenes import merged, older_account, proposed, rows_in_all, rows_of, second_account
from tests.reading import text_of
from trainers.lookups import credential_of, cycle_of
from trainers.models import Credential, DataFile, SearchWord
from trainers.tasks import move_what_came_late

pytestmark = pytest.mark.django_db
# What goes with the account, and what the merge itself writes.
GOES = {label for label, table in merged_tables().items() if table.removed} | {"sessions.Session"}
WRITES = {"core.HistoryEntry", "core.Merge", "cases.Proposal", "outbox.Notice", "trainers.Trainer"}

# Which rows a life in tests lacks; each of them follows a row that is there.
NOT_LIVED = {
    *("core.Erasure", "core.Merge", "hardship.ReliefDocument", "ceus.AffectedRecord", "renewals.Decision"),
}


def broken() -> dict[str, list[str]]:
    answers = {one.name: list(one.find()) for one in all_checks() if not one.reads_files}
    return {name: rows for name, rows in answers.items() if rows}


def test_a_merge_moves_every_row_to_the_account_that_stays_and_loses_none(lived, other):
    proposed(lived, other)
    before, mine, theirs = rows_in_all(), rows_of(lived), rows_of(other)
    every = {label for label, table in merged_tables().items() if table.way and not table.removed}
    assert every - set(mine) == NOT_LIVED
    merged(lived, other)
    after = rows_in_all()
    assert {label for label in before if after[label] != before[label]} <= GOES | WRITES
    assert {label for label in before if after[label] < before[label]} <= GOES
    assert rows_of(lived) == {}
    moved = rows_of(other)
    for label in set(mine) - GOES - WRITES:
        assert moved[label] == mine[label] + theirs.get(label, 0), label


def test_a_merge_breaks_no_invariant_and_changes_no_sum_of_money(
    lived, other, clock_at, django_capture_on_commit_callbacks
):
    def money():
        return sorted(LedgerEntry.objects.values_list("pk", "charge_id", "amount_cents", "kind"))

    found = broken()
    before, charges = money(), set(Charge.objects.filter(trainer=lived).values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        merged(lived, other)
    assert not DataFile.objects.exists()
    clock_at("2027-03-02 12:12")
    assert broken() == found
    assert money() == before
    assert set(Charge.objects.filter(trainer=other).values_list("pk", flat=True)) == charges


def test_after_a_merge_history_attributes_own_steps_to_the_person_and_staff_steps_to_staff(
    lived, other, reviewer
):
    own = set(HistoryEntry.objects.filter(trainer=lived, by=lived).values_list("pk", flat=True))
    staff = set(HistoryEntry.objects.filter(trainer=lived, by=reviewer).values_list("pk", flat=True))
    merged(lived, other)
    assert min(len(own), len(staff)) > 0
    assert set(HistoryEntry.objects.filter(trainer=other, by=other).values_list("pk", flat=True)) == own
    assert set(HistoryEntry.objects.filter(trainer=other, by=reviewer).values_list("pk", flat=True)) == staff
    assert not Document.objects.filter(uploaded_by=lived).exists()


def test_after_a_merge_what_a_former_colleague_did_for_others_stays_with_the_closed_account(
    lived, other, stranger
):
    entry = HistoryEntry.objects.create(
        subject="tests.row:1", trainer=stranger, verb="looked at", by=lived, at=clock.now()
    )
    merged(lived, other)
    entry.refresh_from_db()
    assert entry.by == lived


def test_after_a_merge_nobody_can_sign_in_to_the_closed_account_and_its_address_can_be_used(
    lived, other, signed_in
):
    there = signed_in(lived)
    merged(lived, other)
    assert there.get("/home/").status_code == 302
    assert (lived.is_active, lived.has_usable_password(), lived.feed_nonce) == (False, False, "")
    assert lived.email == f"merged-{lived.pk}@merged.invalid"
    assert not EmailAddress.objects.filter(user=lived).exists()
    assert signed_in(other).get("/home/").status_code == 200
    Client().post(reverse("account_request_login_code"), {"email": "jordan@example.org"})
    assert not Notice.objects.filter(kind="account.code", state="due").exists()
    Client().post(reverse("account_request_login_code"), {"email": "jordan@new.example.org"})
    assert Notice.objects.get(kind="account.code", state="due").trainer == other


def test_after_a_merge_both_numbers_can_be_verified_and_the_certification_ending_last_is_current(
    jordan, clock_at, client
):
    clock_at("2027-03-02")
    old = older_account()
    merged(jordan, old)
    assert set(old.credentials.values_list("number", flat=True)) == {"10000007", "11934482"}
    assert credential_of(old).number == cycle_of(old).credential.number == "11934482"
    for number, words in (("11934482", "Certified"), ("10000007", "Not certified")):
        page = text_of(client.post("/verify/", {"number": number, "family_name": "Rios"}, follow=True))
        assert words in page
        assert "Jordan Ríos" in page


def test_after_a_merge_a_running_certification_is_current_although_an_ended_one_was_awarded_later(
    jordan, clock_at
):
    clock_at("2027-03-02")
    other = second_account()
    Credential.objects.filter(trainer=jordan).update(awarded_on="2015-03-14")
    old = older_account()
    merged(jordan, other)
    merged(old, other)
    assert credential_of(other).number == "11934482"
    assert cycle_of(other).credential.number == "11934482"


def test_the_mails_about_a_merge_contain_neither_the_other_address_nor_staff_notes(lived, other):
    merged(lived, other)
    told = {one.to_address: one for one in Notice.objects.filter(kind="account.merged")}
    assert set(told) == {"jordan@example.org", "jordan@new.example.org"}
    assert {one.trainer for one in told.values()} == {other}
    moved = told["jordan@new.example.org"].payload["moved"]
    assert "1 certification" in moved
    assert not [word for word in ("note", "conflict", "proposal", "audit") if word in moved]


def test_a_merge_ends_queued_mails_with_a_code_and_sends_the_others_to_the_address_that_stays(lived, other):
    private = Notice.objects.create(
        kind="account.code", subject="a.b:1", event="1", trainer=lived, private=True, send_at=clock.now()
    )
    plain = Notice.objects.create(
        kind="account.name", subject="a.b:2", event="1", trainer=lived, send_at=clock.now()
    )
    merged(lived, other)
    private.refresh_from_db()
    plain.refresh_from_db()
    assert (private.state, plain.state) == ("superseded", "due")
    assert plain.trainer == other


def test_the_history_of_a_merge_names_both_addresses_both_names_and_what_moved(lived, other):
    merged(lived, other)
    entry = HistoryEntry.objects.get(verb="merged")
    assert entry.detail["email"] == ["jordan@example.org", "jordan@new.example.org"]
    assert entry.detail["name"] == ["Jordan Cole", "Jordan Rivera-Cole"]
    assert "1 certification, " in entry.detail["moved"]
    assert entry.reason == "They wrote from both addresses."


def test_the_plan_of_a_merge_counts_the_rows_that_will_move(lived, other):
    plan = plan_merge(lived, other)
    merged(lived, other)
    assert HistoryEntry.objects.get(verb="merged").detail["moved"].startswith(plan.moves[0])
    assert "1 passkey or authenticator" in plan.goes


def test_a_merged_person_gets_no_optional_reminders_if_either_account_had_switched_them_off(lived, other):
    type(lived).objects.filter(pk=lived.pk).update(wants_reminders=False)
    merged(lived, other)
    assert other.wants_reminders is False


def test_a_colleague_who_knows_both_merged_accounts_has_one_conflict_and_loses_every_case(
    lived, other, finance, reviewer
):
    Conflict.objects.create(colleague=finance, trainer=other, at=clock.now())
    Conflict.objects.create(colleague=reviewer, trainer=other, at=clock.now())
    held = Assignment.objects.create(
        subject="petitions.petition:1", trainer=lived, assignee=reviewer, by=finance, at=clock.now()
    )
    assert plan_merge(lived, other).once == ["1 conflict of interest"]
    merge = merged(lived, other)
    assert sorted(Conflict.objects.filter(trainer=other).values_list("colleague__name", flat=True)) == [
        "Fay Finance", "Robin Reviewer",
    ]  # fmt: skip
    assert Conflict.objects.get(trainer=lived).colleague == finance
    held.refresh_from_db()
    assert held.ended_at is not None
    assert rows_left(merge) == []


def test_merging_an_account_also_moves_what_was_merged_into_it_before(jordan, clock_at):
    clock_at("2027-03-02")
    old, new = older_account(), second_account()
    merged(old, jordan)
    merged(jordan, new)
    assert set(Merge.objects.values_list("going_id", "staying_id")) == {(old.pk, new.pk), (jordan.pk, new.pk)}
    assert new.credentials.count() == 2
    words = set(SearchWord.objects.filter(trainer=new).values_list("word", flat=True))
    assert {"rios", "rivera", "cole"} <= words
    assert not SearchWord.objects.filter(trainer__in=[old, jordan]).exists()


def test_rows_that_a_request_writes_for_the_closed_account_during_a_merge_are_moved_by_the_sweep(
    jordan, clock_at
):
    clock_at("2027-03-02")
    new = second_account()
    merge = merged(jordan, new)
    late = Notice.objects.create(
        kind="account.name", subject="a.b:1", event="1", trainer=jordan, send_at=clock.now()
    )
    assert rows_left(merge) == ["outbox.Notice.trainer"]
    clock_at("2027-03-02 12:30")
    assert [one for one in broken() if "Nothing is left" in one]
    move_what_came_late()
    late.refresh_from_db()
    assert late.trainer == new
    assert rows_left(merge) == []
    assert clock.now() - merge.at < timedelta(days=1)
