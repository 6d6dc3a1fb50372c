"""Money and renewals for the journal."""

from datetime import UTC, datetime

from payments.models import Dispute, LedgerEntry
from tests.factories import ChargeFactory

NOON = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


def book(kind: str, cents: int, *, at: datetime = NOON, charge=None, **more) -> LedgerEntry:
    """Write a row of the ledger."""
    charge = charge or ChargeFactory(state="paid", paid_at=at)
    told = {"trainer": charge.trainer, "charge": charge, "currency": "USD", "at": at}
    return LedgerEntry.objects.create(**told, kind=kind, amount_cents=cents, **more)


def a_day_of_everything() -> None:
    """Book one row of each kind of money, on one charge."""
    charge = book("charge", 9900).charge
    payment = book("payment", -9900, charge=charge, provider_ref="pi_1")
    told = {"opened_at": NOON, "opened_on": NOON.date(), "told_at": NOON, "closed_on": NOON.date()}
    told |= {"state": "lost", "status": "lost", "amount_cents": 9900, "lost_at": NOON}
    Dispute.objects.create(charge=charge, payment=payment, provider_id="dp_1", **told)
    book("dispute", 9900, charge=charge, provider_ref="dp_1")
    for kind, cents in (
        ("refund", 3000), ("undone", -3000), ("won", -9900), ("waiver", -500), ("unwaived", 500),
    ):  # fmt: skip
        book(kind, cents, charge=charge)
