"""Charges: raised once, voided once, never changed."""

from datetime import timedelta

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from payments.models import Charge, LedgerEntry
from payments.services import payment_state, void_charge
from tests.guards.changes import refused_by
from tests.payments.scenes import LINES, NOON, balance, charge_for

pytestmark = pytest.mark.django_db


def test_a_new_charge_is_the_sum_of_its_lines_and_has_a_ledger_entry(charge, jordan):
    assert (charge.amount_cents, charge.currency, charge.state, charge.live) == (12900, "USD", "open", False)
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.amount_cents, entry.at) == ("charge", 12900, NOON)
    assert entry.trainer == entry.by == jordan
    assert payment_state(charge) == "unpaid"


def test_creating_a_charge_twice_returns_the_same_charge(charge, jordan):
    assert charge_for(jordan, at=NOON + timedelta(days=1)) == charge
    assert LedgerEntry.objects.count() == 1
    assert HistoryEntry.objects.filter(verb="raised").count() == 1


def test_creating_the_same_charge_with_another_amount_is_an_error(charge, jordan):
    with pytest.raises(ValueError, match="another amount"):
        charge_for(jordan, lines=LINES[:1])


def test_a_void_charge_owes_nothing_and_its_history_has_the_reason(charge, jordan):
    void = void_charge(charge, by=None, at=NOON + timedelta(days=8), reason="Not paid in time.")
    assert (void.state, void.voided_at) == ("void", NOON + timedelta(days=8))
    assert balance(charge) == 0
    entry = HistoryEntry.objects.get(verb="voided")
    assert (entry.from_state, entry.to_state, entry.reason) == ("open", "void", "Not paid in time.")
    assert payment_state(void) == "void"


def test_voiding_a_charge_twice_changes_nothing_more(charge):
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    again = void_charge(charge, by=None, at=NOON + timedelta(days=1), reason="Withdrawn again.")
    assert again.voided_at == NOON
    assert balance(charge) == 0
    assert HistoryEntry.objects.filter(verb="voided").count() == 1


@pytest.mark.usefixtures("tampered")
def test_a_paid_charge_cannot_be_voided(charge):
    Charge.objects.filter(pk=charge.pk).update(state="paid", paid_at=NOON, paid_cents=12900)
    with pytest.raises(Refusal, match="^This is already paid.$") as refusal:
        void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    assert refusal.value.code == "paid"


@pytest.mark.usefixtures("tampered")
@pytest.mark.parametrize(("before", "after"), [("paid", "open"), ("paid", "void"), ("void", "open")])
def test_the_database_refuses_to_change_a_paid_or_void_charge_to_another_state(charge, before, after):
    moments = {"paid": {"paid_at": NOON, "paid_cents": 12900}, "void": {"voided_at": NOON}, "open": {}}
    Charge.objects.filter(pk=charge.pk).update(state=before, **moments[before])
    with refused_by("payments_charge_steps"):
        Charge.objects.filter(pk=charge.pk).update(state=after)
