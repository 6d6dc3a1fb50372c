"""Checks of draws and audits find what they are there for once the mechanism is taken away (I7 to I15)."""

from datetime import date

import pytest

from audits.models import Audit, AuditItem, Draw, DrawPeriod
from audits.sealing import seal
from tests.audits import scenes
from tests.invariants.scenes import said
from trainers.models import Cycle


@pytest.fixture
def audit(world) -> Audit:
    """A row about the cycle that was renewed, with what history knows of it."""
    return scenes.an_audit(Cycle.objects.get(expires_on="2027-03-14"))


def test_the_world_breaks_nothing(world, found):
    assert {key: rows for key, rows in found().items() if key[0] in (7, 8)} == {}


def test_7_a_draw_that_cannot_be_computed_again(world, unguarded, found):
    unguarded()
    draw = Draw.objects.get()
    Draw.objects.update(x="0" * 16)
    assert f"draw {draw.pk} of tests cannot be computed again" in said(found(), 7)


def test_7_somebody_spared_or_picked(world, unguarded, found):
    unguarded()
    Draw.objects.update(selected=True)
    told = said(found(), 7)
    assert any("cannot be computed again" in sentence for sentence in told)
    assert any("is approved without a passed audit" in sentence for sentence in told)


def test_7_somebody_audited_at_random_who_was_not_drawn(audit, found):
    sentence = "A-22222222 is said to be random, and its cycle was not drawn"
    assert sentence in said(found(), 7)


def test_7_an_approval_without_a_draw(world, unguarded, found):
    unguarded()
    Draw.objects.all().delete()
    assert any("was never drawn" in sentence for sentence in said(found(), 7))


def test_7_another_secret_than_was_committed_to(world, unguarded, found):
    unguarded()
    DrawPeriod.objects.update(sealed_secret=seal("ab" * 32))
    assert "the commitment of tests is not the one of its secret" in said(found(), 7)
    DrawPeriod.objects.update(sealed_secret="unreadable")
    assert "the secret of tests cannot be read with the keys of the settings" in said(found(), 7)


def test_8_a_last_day_that_moved_by_itself(audit, unguarded, found):
    unguarded()
    Audit.objects.update(notified_on=date(2027, 3, 2), due_on=date(2027, 4, 2))
    assert said(found(), 8) == ["A-22222222 is due on 2027-04-02, and nobody decided so"]
    Audit.objects.update(due_on=date(2027, 4, 1))
    assert said(found(), 8) == []


def test_11_a_state_without_its_history(audit, found):
    assert f"audits.audit:{audit.pk} is open, and its history says nothing" in said(found(), 11)


def test_12_a_record_of_somebody_else(audit, world, unguarded, found):
    unguarded()
    from trainers.models import Credential

    record = AuditItem.objects.get().record
    other = Credential.objects.exclude(pk=record.credential_id).first()
    type(record).objects.filter(pk=record.pk).update(credential=other)
    assert f"A-22222222 checks record {record.pk} of somebody else" in said(found(), 12)


def test_14_ones_own_case(audit, world, unguarded, found):
    unguarded()
    AuditItem.objects.update(verdict="accepted", reviewed_by=world, reviewed_at=audit.made_at)
    assert "A-22222222 was decided by its own trainer" in said(found(), 14)


def test_14_closed_by_nobody(audit, unguarded, found):
    unguarded()
    Audit.objects.update(state="passed", ended_at=audit.made_at)
    assert "A-22222222 was closed without a decision" in said(found(), 14)
