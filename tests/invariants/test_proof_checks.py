"""The checks of evidence, claims and approvals, and the command that runs all checks (I12 to I16)."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from ceus.models import CeuRecord, RecordDocument
from core import clock
from core.models import HistoryEntry
from documents.models import Document
from payments.models import Charge
from renewals.models import Application
from tests.invariants.scenes import copy_of, said
from trainers.models import Cycle
from trainers.services import open_next_cycle


def test_i12_names_a_record_with_another_trainers_document(world, stranger, unguarded, found):
    unguarded()
    proof = RecordDocument.objects.first()
    Document.objects.filter(pk=proof.document_id).update(owner=stranger)
    assert said(found(), 12) == [
        f"record {proof.record_id} is proven by document {proof.document_id} of another owner"
    ]


def test_i12_names_a_missing_or_changed_file_in_storage(world, found):
    gone, changed = Document.objects.order_by("pk")[:2]
    default_storage.delete(gone.stored_as)
    with open(default_storage.path(changed.stored_as), "ab") as file:
        file.write(b"x")
    missing = f"document {gone.pk}: the file {gone.stored_as} is not there"
    assert said(found(), 12) == [missing]
    assert said(found(files=True), 12) == [
        f"document {gone.pk}: a file of {gone.stored_as} is gone or is not what it was",
        missing,
        f"document {changed.pk}: a file of {changed.stored_as} is gone or is not what it was",
    ]


def test_i13_names_a_record_claimed_for_a_cycle_in_which_it_does_not_count(world, course, unguarded, found):
    unguarded()
    words = f"record {course.pk}, accepted, of {{}} is claimed for cycle {course.claimed_for_id}"
    for day, counts in (
        ("2025-03-14", False),
        ("2025-03-15", True),
        ("2027-06-12", True),
        ("2027-06-13", False),
    ):
        CeuRecord.objects.filter(pk=course.pk).update(completed_on=day)
        assert said(found(), 13) == ([] if counts else [words.format(day)])


def test_i13_names_a_record_claimed_for_another_trainers_cycle(course, stranger, unguarded, found):
    unguarded()
    theirs = Cycle.objects.get(credential__trainer=stranger)
    CeuRecord.objects.filter(pk=course.pk).update(claimed_for=theirs)
    assert said(found(), 13) == [
        f"record {course.pk} is claimed for cycle {theirs.pk}, for which there is no renewal",
        f"record {course.pk}, accepted, of 2026-05-03 is claimed for cycle {theirs.pk}",
    ]


def test_i13_names_a_duplicate_completion(course, unguarded, found):
    unguarded(CeuRecord, "ceus_record_once", "ceus_record_untitled_once")
    card = CeuRecord.objects.get(category="cpr_aed")
    for record in (course, card):
        copy_of(record, reported_by_provider=True)
    assert said(found(), 13) == [
        f"credential {course.credential_id} has course {course.course_id} of 2026-05-03 2 times",
        f"credential {card.credential_id} has “CPR and AED” of 2026-05-03 2 times",
    ]


def test_i13_names_a_counted_record_without_its_documents(world, course, unguarded, found):
    unguarded()
    card = CeuRecord.objects.get(category="cpr_aed")
    RecordDocument.objects.filter(part__in=["certificate", "card_back"]).update(replaced_at=clock.now())
    expected = sorted(f"record {pk} is accepted without its proof" for pk in (course.pk, card.pk))
    assert said(found(), 13) == expected


def test_i14_names_an_approval_without_the_ceus_or_the_payment(application, unguarded, found):
    unguarded()
    Application.objects.update(assessment={"eligible": False, "unmet": ["total"]})
    assert said(found(), 14) == [f"{application.reference} is approved, and its assessment says ['total']"]
    Application.objects.update(assessment=application.assessment)
    Charge.objects.update(state="open", paid_at=None, paid_cents=None)
    assert said(found(), 14) == [f"{application.reference} is approved and not paid"]


def test_i14_names_a_renewal_decided_by_its_own_trainer(application, world, unguarded, found):
    unguarded()
    Application.objects.update(decided_by=world)
    assert said(found(), 14) == [f"{application.reference} was decided by its own trainer"]


def test_i14_names_an_approval_without_a_next_cycle(application, unguarded, found):
    unguarded()
    Cycle.objects.filter(
        starts_on__gt=application.cycle.expires_on, credential=application.cycle.credential
    ).delete()
    assert said(found(), 14) == [f"{application.reference} is approved and opened no cycle"]


def test_i14_names_a_cycle_without_an_approved_renewal(stranger, found):
    cycle = open_next_cycle(Cycle.objects.get(credential__trainer=stranger), by=None, at=clock.now())
    assert said(found(), 14) == [f"cycle {cycle.pk} was opened without an approved renewal"]


def test_i15_names_a_transition_that_is_not_in_the_table(application, unguarded, found):
    unguarded()
    subject = f"renewals.application:{application.pk}"
    last = HistoryEntry.objects.get(subject=subject, to_state="approved")
    copy_of(last, from_state="approved", to_state="denied")
    copy_of(last, from_state="denied", to_state="in_review", reason="")
    assert said(found(), 15) == [
        f"{subject} was reopened by nobody or for no reason",
        f"{subject} went from approved to denied",
    ]


def test_i16_makes_the_command_fail_when_a_trigger_is_missing(world, unguarded, capsys):
    call_command("verify_invariants", "--files")
    assert capsys.readouterr().out.endswith("checks, nothing found.\n")
    with connection.cursor() as cursor:
        on = " ON trainers_cycle" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER trainers_cycle_fixed{on}")
    with pytest.raises(CommandError, match=r"1 of \d+ checks found something"):
        call_command("verify_invariants")
    out = capsys.readouterr().out
    assert out == "16. All triggers are installed:\n   the trigger trainers_cycle_fixed is not installed\n"


def test_verify_invariants_names_a_few_rows_and_counts_the_others(world, unguarded, capsys):
    unguarded()
    with pytest.raises(CommandError):
        call_command("verify_invariants", "--show", "2")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("   and ")
