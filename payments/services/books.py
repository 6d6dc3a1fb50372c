"""The ledger after money was refunded or disputed: a waiver keeps the payer from owing it again (Q31)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from core.faults import faultpoint
from payments.models import Charge, LedgerEntry
from payments.services.charges import write_ledger
from payments.signals import fee_moved
from rules.policy.load import load_policy, policy_names
from rules.policy.model import Policy
from trainers.lookups import credential_of
from trainers.models import Trainer

Kind = LedgerEntry.Kind


def policy_of(charge: Charge | None) -> Policy:
    """Return the policy that applies to a charge's money: the one under which it was raised; when the
    charge names none that is there, that of its trainer's credential; without a charge or a credential,
    the portal's.
    """
    code = charge.policy_version.partition("@")[0] if charge else ""
    if code and code in policy_names():
        return load_policy(code)
    credential = credential_of(charge.trainer) if charge else None
    return credential.policy if credential else load_policy(settings.PORTAL_POLICY)


def even_out(charge: Charge, *, by: Trainer | None, at: datetime, reason: str) -> None:
    """Waive what a paid, locked charge would owe again after its money was refunded or disputed;
    undo that waiver when the money is back.

    Whether the fee is kept is read from payments, refunds and disputes, never from this waiver.
    """
    if charge.state != Charge.State.PAID:
        return
    rows = list(charge.ledger.values_list("kind", "amount_cents"))
    owed = sum(cents for _, cents in rows)
    waived = -sum(cents for kind, cents in rows if kind in (Kind.WAIVER, Kind.UNWAIVED))
    if owed > 0:
        write_ledger(charge, Kind.WAIVER, -owed, by=by, at=at, reason=reason)
    elif min(-owed, waived) > 0:
        write_ledger(charge, Kind.UNWAIVED, min(-owed, waived), by=by, at=at, reason=reason)


def announce_moved(charge: Charge) -> None:
    """After the commit, send the signal that money of the charge was returned or came back."""
    transaction.on_commit(lambda: _announce(charge))


def _announce(charge: Charge) -> None:
    faultpoint("fee.moved")
    fee_moved.send_robust(sender=Charge, charge=charge)
