"""Whether payments are processed: when the provider last sent a message, how many payments match no
charge, and what is stuck.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet, Subquery

from payments.gateway import FRAUD_WARNING
from payments.models import CheckoutSession, Difference, ProviderEvent, Refund
from rules.units import count_of
from staff.counting import CappedCount, count_words

ACTED_ON = timedelta(minutes=5)  # the sweep looks every minute
SETTLED = timedelta(
    hours=1
)  # a refund is sent within a minute, and a page that is over is asked about at once
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def payment_signs(now: datetime) -> dict[str, Subquery]:
    """Return columns for one row of any model: each a small query of its own, by an index."""
    heard = ProviderEvent.objects.exclude(type="answer").order_by("-pk")
    parked = ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED)
    return {
        "heard_at": Subquery(heard.values("received_at")[:1]),
        "to_match": CappedCount(parked.exclude(type=FRAUD_WARNING)),
        "differing": CappedCount(Difference.objects.open()),
        **{f"stuck_{place}": CappedCount(rows) for place, rows in enumerate(stuck_rows(now))},
    }


def stuck_rows(now: datetime) -> "tuple[QuerySet[Model], ...]":
    """Return the rows that the sweep should have finished by now: messages, visits to the payment
    page, refunds.
    """
    left = ProviderEvent.objects.filter(state=ProviderEvent.State.RECEIVED, received_at__lt=now - ACTED_ON)
    over = CheckoutSession.objects.filter(
        state__in=("opening", "open"), expires_at__lt=now - SETTLED
    )  # a bank may take days to confirm
    going = Refund.objects.filter(state=Refund.State.REQUESTED, requested_at__lt=now - SETTLED)
    return left, over, going


def payments_in_words(found: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    """Return the kind of icon and a line such as "Payments: 2 to match, last message 3 hours ago"."""
    stuck = sum(number for name, number in found.items() if name.startswith("stuck_"))
    parts = [_counted(stuck, "stuck", "stuck"), _counted(found["to_match"], "to match", "to match")]
    parts.append(_counted(found["differing"], "difference in payouts", "differences in payouts"))
    heard = found["heard_at"]
    last = f"last message {time_since(heard, now)} ago" if heard else "no message yet"
    kind = "bad" if stuck else "warn" if any(parts) else "ok"
    return kind, f"Payments: {', '.join([*filter(None, parts), last])}"


def _counted(number: int, one: str, many: str) -> str:
    return count_of(count_words(number), one, many) if number else ""


def time_since(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, such as "4 minutes" or "3 days"."""
    seconds = max(0, int((now - moment).total_seconds()))
    for size, word in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        number = seconds // int(size.total_seconds())
        if number > 1 or (number and word == "minute"):
            return count_of(number, word)
    return "less than a minute"
