"""Webhooks: the event's row is committed first, then processed once."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.text import Truncator

from core.faults import faultpoint
from core.transitions import take_step
from payments import gateway
from payments.errors import NOT_IN_OUR_BOOKS, ForStaff
from payments.facts import CheckoutFacts, DisputeFacts, PayoutFacts, RefundedFacts, RefundFacts
from payments.models import LedgerEntry, ProviderEvent
from payments.services.disputes import record_dispute
from payments.services.payouts import record_payout
from payments.services.refunds import record_refund
from payments.services.settlement import record_facts

log = logging.getLogger(__name__)
ATTEMPTS = 5  # after so many failures an event is parked for staff
State = ProviderEvent.State


def receive_event(payload: Mapping[str, object], *, at: datetime) -> ProviderEvent:
    """Store a verified event, then process it. When processing fails, the event stays in the state
    `received` and the sweep tries again.
    """
    event = keep_event(payload, at=at)
    faultpoint("webhook.kept")
    try:
        return process_event(event, at=at)
    except Exception:
        log.exception("event %s is stored and will be retried", event.event_id)
        return event


@transaction.atomic(durable=True)
def keep_event(payload: Mapping[str, object], *, at: datetime) -> ProviderEvent:
    """Return the row of an event. It is stored once, although the provider repeats an event until
    we confirm it.
    """
    event, _ = ProviderEvent.objects.get_or_create(
        event_id=payload["id"], defaults={"type": str(payload["type"]), "payload": payload, "received_at": at}
    )
    return event


def process_event(event: ProviderEvent, *, at: datetime) -> ProviderEvent:
    """Process an event. Idempotent. An error is counted on the event and raised again."""
    try:
        return _process(event, _refunds_to_learn(event), at=at)
    except Exception as error:
        _note_failure(event, error)
        raise


def revive_event(event: ProviderEvent, *, at: datetime) -> ProviderEvent:
    """Process a parked event whose payment was not in our ledger when it was parked, and is now.
    Idempotent.
    """
    with transaction.atomic():
        row = ProviderEvent.objects.select_for_update().get(pk=event.pk)
        if row.state == State.PARKED and _is_known(row):
            take_step(row, State.RECEIVED, "read again")
            row.attempts = 0
            row.save(update_fields=["state", "attempts"])
    return process_event(row, at=at)


def events_to_revive() -> list[ProviderEvent]:
    """Return the parked events about refunds and disputes whose payment has arrived since."""
    parked = ProviderEvent.objects.filter(state=State.PARKED)
    about = Q(type__startswith="charge.dispute.") | Q(type__startswith="refund.") | Q(type="charge.refunded")
    return [one for one in parked.filter(about).order_by("received_at", "pk") if _is_known(one)]


def _is_known(event: ProviderEvent) -> bool:
    """Return whether the payment that was missing from our ledger when the event was parked is there now."""
    about = gateway.money_in_event(event.payload).payment_ref
    return event.note.endswith(NOT_IN_OUR_BOOKS) and _payment(about) is not None


def _refunds_to_learn(event: ProviderEvent) -> list[RefundFacts]:
    """Ask the provider for all refunds of a payment whose message reports a larger refunded total
    than our refunds add up to. Not inside a transaction. Raises ProviderDown.
    """
    if event.type != "charge.refunded" or event.state != State.RECEIVED:
        return []
    try:
        facts = gateway.event_facts(event.payload)
    except ForStaff:
        return []  # it is parked when it is processed
    known = _payment(facts.payment_ref) if isinstance(facts, RefundedFacts) else None
    if known is None or not isinstance(facts, RefundedFacts):
        return []
    booked = known.refunds.filter(provider_id__isnull=False).aggregate(cents=Sum("amount_cents", default=0))
    told = sum(one.amount_cents for one in facts.refunds)
    return [] if facts.amount_cents <= max(booked["cents"], told) else gateway.find_refunds(facts.payment_ref)


def _payment(payment_ref: str) -> LedgerEntry | None:
    """Return the payment with the provider's name `payment_ref` in our ledger; None when there is none."""
    return LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PAYMENT, provider_ref=payment_ref or None).first()


@transaction.atomic
def _process(event: ProviderEvent, learned: list[RefundFacts], *, at: datetime) -> ProviderEvent:
    event = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != State.RECEIVED:
        return event
    try:
        state, note = _act_on(event, learned, at=at)
    except ForStaff as error:
        state, note = State.PARKED, str(error)
    take_step(event, state, state)
    event.note = Truncator(note).chars(300)
    event.save(update_fields=["state", "note"])
    return event


def _act_on(
    event: ProviderEvent, learned: list[RefundFacts], *, at: datetime
) -> tuple[ProviderEvent.State, str]:
    facts = gateway.event_facts(event.payload)
    if isinstance(facts, CheckoutFacts):
        session = record_facts(facts, at=at)
        return State.PROCESSED, f"{facts.outcome} for charge {session.charge_id}"
    if isinstance(facts, RefundFacts):
        refund = record_refund(facts, at=at)
        return State.PROCESSED, f"refund of charge {refund.charge_id}: {refund.state}"
    if isinstance(facts, RefundedFacts):
        if _payment(facts.payment_ref) is None:
            return State.IGNORED, f"The payment {facts.payment_ref} is not in our books."
        found = [record_refund(one, at=at) for one in (*facts.refunds, *learned)]
        return State.PROCESSED, f"{len(found)} refunds of payment {facts.payment_ref}"
    if isinstance(facts, DisputeFacts):
        dispute = record_dispute(facts, at=at)
        return State.PROCESSED, f"dispute of charge {dispute.charge_id}: {dispute.state}"
    if isinstance(facts, PayoutFacts):
        payout = record_payout(facts, at=at)
        return State.PROCESSED, f"payout {payout.provider_id}: {payout.state}"
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
