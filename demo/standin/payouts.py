"""Payouts of the stand-in: money that has settled goes to the bank, which may send it back."""

from core import clock
from demo.standin.balance import DISPUTE_FEE, ONE_DAY, note_movement, put_in_payout, waiting_rows
from demo.standin.provider import Provider, Refused, public_fields
from demo.standin.store import StoredObject

LONGEST_PAGE, USUAL_PAGE = 100, 10
SENT_BACK = "The bank account has been closed."


def pay_out(provider: Provider) -> StoredObject | None:
    """Pay out everything that has settled, and return the payout; None when nothing has settled."""
    with provider.store.change():
        rows = waiting_rows(provider.store, int(clock.now().timestamp()))
        if not rows:
            return None
        payout = put_in_payout(provider.store, rows)
        provider.queue_event(
            "payout.created", {**payout, "status": "in_transit", "reconciliation_status": "in_progress"}
        )
        provider.queue_event("payout.paid", {**payout, "reconciliation_status": "in_progress"})
        provider.queue_event("payout.reconciliation_completed", payout)
        return payout


def pay_out_daily(provider: Provider) -> StoredObject | None:
    """Pay out everything that has settled, unless the last payout was less than a day ago."""
    since = int(clock.now().timestamp()) - ONE_DAY
    if any(payout["created"] > since for payout in provider.store.every("payout")):
        return None
    return pay_out(provider)


def send_payout_back(provider: Provider, name: str) -> StoredObject:
    """As the bank, send a payout back: its money returns to the balance and goes into the next payout."""
    with provider.store.change():
        payout = find_payout(provider, name)
        if payout["status"] == "failed":
            return payout
        payout.update(status="failed", failure_message=SENT_BACK)
        provider.store.put("payout", payout)
        note_movement(provider.store, "payout_failure", payout["amount"], payout)
        provider.queue_event("payout.failed", payout)
        return payout


def find_payout(provider: Provider, name: str) -> StoredObject:
    payout = provider.store.get("payout", name)
    if payout is None:
        raise Refused(f"No such payout: {name}", code="resource_missing", status=404)
    return payout


def list_payouts(provider: Provider, params: StoredObject) -> StoredObject:
    """Return a page of payouts, the newest first, like `GET /v1/payouts`."""
    created = params.get("created", {})
    since = int(created.get("gte", 0)) if isinstance(created, dict) else 0
    rows = [row for row in provider.store.every("payout") if row["created"] >= since]
    return _page(rows, params, "/v1/payouts")


def list_balance(provider: Provider, params: StoredObject) -> StoredObject:
    """Return a page of balance transactions, the newest first, like `GET /v1/balance_transactions`."""
    rows = provider.store.every("balance_transaction")
    payout = params.get("payout")
    shown = [row for row in rows if payout is None or row["x_payout"] == payout]
    page = _page(shown, params, "/v1/balance_transactions")
    whole = "data.source" in params.get("expand", [])
    data = [
        {**public_fields(row), "source": public_fields(row["x_source"]) if whole else row["source"]}
        for row in page["data"]
    ]
    return {**page, "data": data}


def _page(rows: list[StoredObject], params: StoredObject, url: str) -> StoredObject:
    rows = sorted(rows, key=lambda row: int(row["created"]))[::-1]
    size = min(int(params.get("limit", USUAL_PAGE)), LONGEST_PAGE)
    names = [row["id"] for row in rows]
    after = params.get("starting_after")
    if after is not None and after not in names:
        raise Refused(f"No such object: {after}", code="resource_missing", param="starting_after")
    start = names.index(after) + 1 if after is not None else 0
    shown = rows[start : start + size]
    return {"object": "list", "data": shown, "has_more": len(rows) > start + size, "url": url}


def take_for_dispute(provider: Provider, dispute: StoredObject) -> None:
    """Let the bank take the money of a dispute, and the provider its fee."""
    note_movement(
        provider.store, "adjustment", -dispute["amount"], dispute, fee=DISPUTE_FEE, category="dispute"
    )


def restore_of_dispute(provider: Provider, dispute: StoredObject) -> None:
    """Let the bank give the money of a dispute back; the fee stays."""
    note_movement(provider.store, "adjustment", dispute["amount"], dispute, category="dispute_reversal")
