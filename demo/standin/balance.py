"""The body's balance at the stand-in: a row for each movement of money, and the payouts that take rows to the bank."""

import secrets
from datetime import timedelta

from core import clock
from demo.standin.store import Store, StoredObject

SETTLES = timedelta(days=2)  # after it, money is in the next payout
ONE_DAY = 86_400  # seconds
SHARE, EACH = 29, 30  # of the fee of a payment: per mille, and cents
DISPUTE_FEE = 1500


def payment_fee(cents: int) -> int:
    """Return the provider's fee of a payment: 2.9 % and 30 cents."""
    return cents * SHARE // 1000 + EACH


def note_movement(
    store: Store, type_: str, cents: int, source: StoredObject, *, fee: int = 0, category: str = ""
) -> StoredObject:
    """Store a balance transaction about `source`, dated now. It is in no payout yet."""
    now = int(clock.now().timestamp())
    row = {
        "id": f"txn_{secrets.token_hex(12)}",
        "object": "balance_transaction",
        "amount": cents,
        "available_on": now + int(SETTLES.total_seconds()),
        "created": now,
        "currency": source["currency"],
        "description": source.get("description"),
        "fee": fee,
        "net": cents - fee,
        "reporting_category": category or type_,
        "source": source["id"],
        "type": type_,
        "x_source": {**source},
        "x_payout": None,
    }
    store.put("balance_transaction", row)
    return row


def waiting_rows(store: Store, now: int) -> list[StoredObject]:
    """Return the movements that have settled and are in no payout."""
    rows = store.every("balance_transaction")
    return [row for row in rows if row["x_payout"] is None and row["available_on"] <= now]


def put_in_payout(store: Store, rows: list[StoredObject], *, automatic: bool = True) -> StoredObject:
    """Store a payout of these movements, dated now and already paid to the bank, with the movement
    of the payout itself; return it.
    """
    now = int(clock.now().timestamp())
    payout = {
        "id": f"po_{secrets.token_hex(12)}",
        "object": "payout",
        "amount": sum(row["net"] for row in rows),
        "arrival_date": now - now % ONE_DAY,
        "automatic": automatic,
        "created": now,
        "currency": rows[0]["currency"],
        "failure_message": None,
        "livemode": False,
        "reconciliation_status": "completed" if automatic else "not_applicable",
        "status": "paid",
    }
    for row in rows:
        store.put("balance_transaction", {**row, "x_payout": payout["id"]})
    own = note_movement(store, "payout", -payout["amount"], payout)
    store.put("balance_transaction", {**own, "x_payout": payout["id"]})
    store.put("payout", payout)
    return payout
