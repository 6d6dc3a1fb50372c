"""Deliveries: queued in the transaction of what happened, sent again by hand, dropped when old."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from core.errors import Refusal
from core.history import record_history
from core.people import Person
from core.transitions import move
from webhooks.events import TEST, events_for
from webhooks.models import Delivery, Endpoint
from webhooks.owners import require_manager

State = Delivery.State
LARGEST_BODY = 65_536  # bytes
KEPT_WAITING = timedelta(days=30)
TOO_OLD = "It waited for 30 days."


def queue_event(event: str, *, owner: str, key: str, data: Mapping[str, object], at: datetime) -> int:
    """Queue an event for every open endpoint of `owner` that hears of it; return for how many. Only
    inside the transaction of what happened. Idempotent by `key`.

    Raises ValueError for an unknown event and for data that is too large.
    """
    return queue_events(event, owner=owner, told=[(key, data)], at=at)


def queue_events(
    event: str, *, owner: str, told: Iterable[tuple[str, Mapping[str, object]]], at: datetime
) -> int:
    """Queue many events of one kind, each a key with its data, as `queue_event` does; return how many
    deliveries there are of them. Two queries.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is queued in the transaction of what happened")
    if event not in events_for(owner):
        raise ValueError(f"{event} is no event for {owner or 'the certifying body'}")
    hearing = [one for one in Endpoint.objects.open().filter(owner=owner) if event in one.events]
    if not hearing:
        return 0
    bodies = [(key, _body_of(event, data, at)) for key, data in told]
    rows = [
        Delivery(endpoint=one, event=event, key=key, body=body, made_at=at, send_at=at)
        for key, body in bodies
        for one in hearing
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def queue_test(endpoint: Endpoint, *, by: Person, at: datetime) -> Delivery:
    """Queue a test for one endpoint, whatever it hears of."""
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        require_manager(endpoint.owner, by)
        if endpoint.state != Endpoint.State.ACTIVE:
            raise Refusal("Resume the endpoint first.", code="out_of_order")
        data = {"words": "This is a test."}
        body = _body_of(TEST, data, at)
        made, _ = Delivery.objects.get_or_create(
            endpoint=endpoint,
            event=TEST,
            key=at.isoformat(),
            defaults={"body": body, "made_at": at, "send_at": at},
        )
        record_history(endpoint, "tested", trainer=None, by=by, at=at)
        return made


def send_delivery_again(delivery: Delivery, *, by: Person, at: datetime) -> Delivery:
    """Queue a delivery again that failed or was delivered, under its own id, by which the receiver
    knows it; idempotent while it waits. Raises Refusal when its text is no longer kept or its
    endpoint is not active.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().select_related(None).get(pk=delivery.pk)
        require_manager(delivery.endpoint.owner, by)
        if delivery.state == State.DUE:
            return delivery
        if delivery.endpoint.state != Endpoint.State.ACTIVE:
            raise Refusal("Resume the endpoint first.", code="out_of_order")
        if not delivery.body:
            raise Refusal("What it said is no longer kept.", code="out_of_order")
        delivery.send_at, delivery.attempts, delivery.retry_at = at, 0, None
        delivery.last_error = ""
        return move(delivery, State.DUE, "sent again", trainer=None, by=by, at=at)


def drop_old_deliveries(at: datetime) -> int:
    """Drop what has waited for 30 days for an endpoint that was paused or switched off; return how
    many.
    """
    old = Delivery.objects.unsent().filter(send_at__lte=at - KEPT_WAITING).unleased(at)
    ended = {"state": State.DROPPED, "ended_at": at, "leased_until": None, "last_error": TOO_OLD}
    return old.update(**ended)


def _body_of(event: str, data: Mapping[str, object], at: datetime) -> str:
    """Return the text of a message: its type, the moment and the data, as Standard Webhooks has it."""
    told = {"type": event, "timestamp": at.astimezone(UTC).isoformat(), "data": data}
    body = json.dumps(told, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    if len(body) > LARGEST_BODY:
        raise ValueError(f"the data of {event} is larger than {LARGEST_BODY} bytes")
    return body
