"""The digest as staff see it among the examples of every message."""

from datetime import date
from typing import Any

from outbox.examples import show_example
from staff.digest import DIGEST, digest_context
from staff.today import QueueSummary


def _digest() -> dict[str, Any]:
    queues = [
        QueueSummary("Petitions to decide", 18, "", "Answer the oldest first", late=2),
        QueueSummary("Messages that failed", 1, "", "Look at the address, then send them again", late=1),
    ]
    return {**digest_context(queues), "today": date(2026, 9, 30)}


show_example(
    DIGEST.kind,
    "two-queues",
    _digest,
    trigger="Something is late on this person's desk",
    sent="9 am on weekdays, in the portal's zone",
)
