"""The sender of webhooks: it leases deliveries, posts each and stores the answer.

A crash between the answer and the row means that the receiver gets the message a second time, under
the same webhook-id; nothing is lost. An endpoint that does not answer costs one attempt in a round,
and then rests, so that the others have their turn.
"""

import logging
import math
import random
import time
from collections import Counter
from datetime import datetime, timedelta

from core import clock
from core.faults import faultpoint
from core.sealing import UNREADABLE
from outbox.leases import DIED, Lease, lease_rows
from webhooks.models import Delivery
from webhooks.posting import Answer, post_message
from webhooks.services.endpoints import record_answer, secrets_in_use
from webhooks.signing import signature_header

log = logging.getLogger(__name__)
BATCH = 50
# Pauses after a failure, as Standard Webhooks proposes them; after the last one the delivery has failed.
BACKOFF = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
ATTEMPTS = len(BACKOFF) + 1
SPREAD = 0.1  # of a pause, at random, so that not all come back at once
NO_KEY = "Its secret cannot be read: a sealing key is missing."
AGENT = "recertification-portal/1"
State = Delivery.State


def send_due(limit: int = BATCH, *, seconds: float = math.inf) -> Counter[str]:
    """Send what is due, batch after batch; return how many deliveries ended in which way. It stops
    when nothing is due or after `seconds`, and releases its leases on the rest.
    """
    tally: Counter[str] = Counter()
    until = time.monotonic() + seconds
    while True:
        lease = lease_rows(Delivery.objects.select_related("endpoint"), limit)
        if not lease.leased:
            return tally
        _send_batch(lease, tally, until)
        lease.release()
        if time.monotonic() > until:
            return tally


def _send_batch(lease: Lease[Delivery], tally: Counter[str], until: float) -> None:
    resting: set[int] = set()  # endpoints that have just failed
    for delivery in lease.leased:
        if time.monotonic() > until or not lease.keep_lease(delivery):
            return
        if delivery.endpoint_id in resting:
            continue
        if delivery.attempts >= ATTEMPTS:
            _end(lease, delivery, State.FAILED, tally, last_error=DIED)
            continue
        answer = _post(delivery, clock.now())
        faultpoint("webhooks.answered")
        _conclude(lease, delivery, answer, tally)
        if answer.is_endpoints_fault or answer.is_gone:
            resting.add(delivery.endpoint_id)


def _post(delivery: Delivery, at: datetime) -> Answer:
    endpoint = delivery.endpoint
    try:
        secrets = secrets_in_use(endpoint, at)
    except UNREADABLE:
        return Answer(None, NO_KEY)
    timestamp = int(at.timestamp())
    signature = signature_header(
        secrets, webhook_id=delivery.webhook_id, timestamp=timestamp, body=delivery.body
    )
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": delivery.webhook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature,
    }
    return post_message(endpoint.url, delivery.body, headers)


def _conclude(lease: Lease[Delivery], delivery: Delivery, answer: Answer, tally: Counter[str]) -> None:
    """Store the answer at the delivery, then at the endpoint."""
    at = clock.now()
    told = {"last_status": answer.status, "last_error": answer.words}
    attempts = delivery.attempts + 1
    if answer.is_taken:
        _end(lease, delivery, State.DELIVERED, tally, attempts=attempts, **told)
    elif attempts >= ATTEMPTS:
        _end(lease, delivery, State.FAILED, tally, attempts=attempts, **told)
    else:
        retry_at = at + max(_pause(attempts), timedelta(seconds=answer.pause))
        row = lease.row(delivery)
        row.update(attempts=attempts, retry_at=retry_at, leased_until=None, **told)
        tally["later"] += 1
    record_answer(delivery.endpoint, answer=answer, at=at)


def _pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts, a tenth more or less."""
    return BACKOFF[attempts - 1] * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - no secret


def _end(
    lease: Lease[Delivery], delivery: Delivery, state: str, tally: Counter[str], **changes: object
) -> None:
    changes |= {"state": state, "ended_at": clock.now(), "leased_until": None, "retry_at": None}
    tally[state if lease.row(delivery).update(**changes) else "lost"] += 1
