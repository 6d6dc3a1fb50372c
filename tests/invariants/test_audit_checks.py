"""The checks of draws and audits name each damage once its mechanism is removed (I7 to I15)."""

from datetime import date

import pytest

from audits.models import Audit, AuditItem, Draw, DrawPeriod
from audits.models.draw import SEAL
from tests.audits import scenes
from tests.invariants.scenes import said
from trainers.models import Cycle


@pytest.fixture
def audit(world) -> Audit:
    """A row about the cycle that was renewed, with what history knows of it."""
    return scenes.an_audit(Cycle.objects.get(expires_on="2027-03-14"))


def test_data_made_by_the_services_breaks_no_check(world, found):
    assert {key: rows for key, rows in found().items() if key[0] in (7, 8)} == {}


def test_i7_names_a_draw_whose_number_cannot_be_reproduced(world, unguarded, found):
    unguarded()
    draw = Draw.objects.get()
    Draw.objects.update(x="0" * 16)
    assert f"draw {draw.pk} of tests cannot be computed again" in said(found(), 7)


def test_i7_names_a_cycle_whose_selection_contradicts_its_draw(world, unguarded, found):
    unguarded()
    Draw.objects.update(selected=True)
    told = said(found(), 7)
    assert any("cannot be computed again" in sentence for sentence in told)
    assert any("is approved without a passed audit" in sentence for sentence in told)


def test_i7_names_a_random_audit_of_a_cycle_that_was_not_drawn(audit, found):
    sentence = "A-22222222 is said to be random, and its cycle was not drawn"
    assert sentence in said(found(), 7)


def test_i7_names_an_approval_without_a_draw(world, unguarded, found):
    unguarded()
    Draw.objects.all().delete()
    assert any("was never drawn" in sentence for sentence in said(found(), 7))


def test_i7_names_a_draw_secret_that_does_not_match_its_commitment(world, unguarded, found):
    unguarded()
    DrawPeriod.objects.update(sealed_secret=SEAL.seal_text("ab" * 32))
    assert "the commitment of tests is not the one of its secret" in said(found(), 7)
    DrawPeriod.objects.update(sealed_secret="unreadable")
    assert "the secret of tests cannot be read with the keys of the settings" in said(found(), 7)


def test_i8_names_a_due_date_moved_without_an_extension(audit, unguarded, found):
    unguarded()
    Audit.objects.update(notified_on=date(2027, 3, 2), due_on=date(2027, 4, 2))
    assert said(found(), 8) == ["A-22222222 is due on 2027-04-02, and nobody decided so"]
    Audit.objects.update(due_on=date(2027, 4, 1))
    assert said(found(), 8) == []


def test_i11_names_an_audit_state_without_history(audit, found):
    assert f"audits.audit:{audit.pk} is open, and its history says nothing" in said(found(), 11)


def test_i12_names_an_audit_item_about_another_trainers_record(audit, world, unguarded, found):
    unguarded()
    from trainers.models import Credential

    record = AuditItem.objects.get().record
    other = Credential.objects.exclude(pk=record.credential_id).first()
    type(record).objects.filter(pk=record.pk).update(credential=other)
    assert f"A-22222222 checks record {record.pk} of somebody else" in said(found(), 12)


def test_i14_names_an_audit_decided_by_its_own_trainer(audit, world, unguarded, found):
    unguarded()
    AuditItem.objects.update(verdict="accepted", reviewed_by=world, reviewed_at=audit.made_at)
    assert "A-22222222 was decided by its own trainer" in said(found(), 14)


def test_i14_names_an_audit_closed_without_a_decision(audit, unguarded, found):
    unguarded()
    Audit.objects.update(state="passed", ended_at=audit.made_at)
    assert "A-22222222 was closed without a decision" in said(found(), 14)
