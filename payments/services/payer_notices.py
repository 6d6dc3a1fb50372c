"""Queue the notices to a payer by their codes; `payments/notices.py` words them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.history import subject_of
from outbox.models import Notice
from outbox.notices import queue_notice
from payments.models import Charge, CheckoutSession, Refund
from payments.notice_codes import CONFIRMING, DECLINED, RECEIPT, RETURNED


def queue_receipt(charge: Charge, *, at: datetime) -> Notice:
    """Queue the receipt, in the transaction that settles the charge."""
    return _queue(RECEIPT, charge, event="paid", at=at)


def queue_state(session: CheckoutSession, *, at: datetime) -> Notice | None:
    """Queue the mail about a payment that the bank is confirming or has declined; None for other
    states.
    """
    kind = {"confirming": CONFIRMING, "declined": DECLINED}.get(session.state)
    return _queue(kind, session.charge, event=f"visit:{session.pk}", at=at) if kind else None


def queue_returned(refund: Refund, charge: Charge, *, at: datetime) -> Notice:
    """Queue the notice that money is returned, by the provider or by hand, with its cause.

    `charge` is what it was paid for, or most likely was.
    """
    payload = {"cents": refund.amount_cents, "currency": refund.currency, "cause": refund.cause}
    payload["hand_reference"] = refund.hand_reference
    return _queue(RETURNED, charge, event=f"refund:{refund.pk}", at=at, payload=payload)


def _queue(
    kind: str, charge: Charge, *, event: str, at: datetime, payload: Mapping[str, Any] | None = None
) -> Notice:
    return queue_notice(
        kind,
        subject=subject_of(charge),
        event=event,
        trainer=charge.trainer,
        send_at=at,
        payload={"charge": charge.pk, "told_at": at.isoformat(), **(payload or {})},
    )
