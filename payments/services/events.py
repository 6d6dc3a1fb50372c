"""Webhooks: the row is committed first, then processed once."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from core.faults import faultpoint
from core.transitions import take_step
from payments import gateway
from payments.errors import ForStaff
from payments.facts import CheckoutFacts, RefundFacts
from payments.models import ProviderEvent
from payments.services.refunds import record_refund
from payments.services.settlement import record_facts

log = logging.getLogger(__name__)
ATTEMPTS = 5  # after so many failures an event is parked for staff
State = ProviderEvent.State


def receive_event(payload: Mapping[str, Any], *, at: datetime) -> ProviderEvent:
    """Store a verified event, then process it. After a failure it stays RECEIVED, and the sweep
    retries.
    """
    event = keep_event(payload, at=at)
    faultpoint("webhook.kept")
    try:
        return process_event(event, at=at)
    except Exception:
        log.exception("event %s is stored and will be retried", event.event_id)
        return event


@transaction.atomic(durable=True)
def keep_event(payload: Mapping[str, Any], *, at: datetime) -> ProviderEvent:
    """Return the row of this event, stored once; the provider repeats an event until we confirm it."""
    event, _ = ProviderEvent.objects.get_or_create(
        event_id=payload["id"], defaults={"type": payload["type"], "payload": payload, "received_at": at}
    )
    return event


def process_event(event: ProviderEvent, *, at: datetime) -> ProviderEvent:
    """Process an event. Idempotent. Raises our own errors after recording the attempt."""
    try:
        return _process(event, at=at)
    except Exception as error:
        _note_failure(event, error)
        raise


@transaction.atomic
def _process(event: ProviderEvent, *, at: datetime) -> ProviderEvent:
    event = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != State.RECEIVED:
        return event
    try:
        state, note = _act_on(event, at=at)
    except ForStaff as error:
        state, note = State.PARKED, str(error)
    take_step(event, state, state)
    event.note = Truncator(note).chars(300)
    event.save(update_fields=["state", "note"])
    return event


def _act_on(event: ProviderEvent, *, at: datetime) -> tuple[ProviderEvent.State, str]:
    facts = gateway.event_facts(event.payload)
    if isinstance(facts, CheckoutFacts):
        session = record_facts(facts, at=at)
        return State.PROCESSED, f"{facts.outcome} for charge {session.charge_id}"
    if isinstance(facts, RefundFacts):
        refund = record_refund(facts, at=at)
        return State.PROCESSED, f"refund of charge {refund.charge_id}: {refund.state}"
    return State.IGNORED, facts.why


@transaction.atomic
def _note_failure(event: ProviderEvent, error: Exception) -> None:
    row = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    if row.state != State.RECEIVED:
        return
    row.attempts += 1
    row.note = Truncator(f"{type(error).__name__}: {error}").chars(300)
    if row.attempts >= ATTEMPTS:
        take_step(row, State.PARKED, "parked")
    row.save(update_fields=["attempts", "note", "state"])
