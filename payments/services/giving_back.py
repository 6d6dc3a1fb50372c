"""Refunds by staff: with a reason, of at most what is kept, and by two people above the policy's
limit (Q21).

A refund with a `hand_reference` was made by bank transfer or check: it is recorded and never sent
to the provider.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cases.reviewers import require_another_person
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words, move
from payments.matching import expected_charge, money_of
from payments.models import Charge, LedgerEntry, ProviderEvent, Refund
from payments.services.charges import lock_charge
from payments.services.refund_checks import (
    LONGEST_REASON,
    check_amount,
    check_free,
    check_giver,
    check_hand_reference,
    check_rule,
    check_unused,
    needs_second_person,
    still_kept,
)
from payments.services.refunds import book_return, return_overpaid
from rules.units import format_cents
from trainers.models import Trainer

State, Cause = Refund.State, Refund.Cause


@transaction.atomic
def request_refund(
    payment: LedgerEntry,
    *,
    amount_cents: int,
    cause: str,
    reason: str,
    by: Trainer,
    at: datetime,
    seen: int | None = None,
    hand_reference: str | None = None,
) -> Refund:
    """Refund `amount_cents` of a payment; above the policy's limit the refund waits for a second
    person.

    `seen` is the number of refunds of the charge when the page was opened. With it, a second click
    returns the refund of the first click, and raises Refusal when another person has refunded in
    between. Also raises Refusal when one of the conditions in `refund_checks.py` fails.
    """
    charge = lock_charge(payment.charge_id)
    check_giver(charge, by)
    wanted = Refund(
        charge=charge,
        payment=payment,
        amount_cents=amount_cents,
        cause=_staff_cause(cause),
        reason=check_words(reason, longest=LONGEST_REASON),
        by=by,
        hand_reference="" if hand_reference is None else check_hand_reference(hand_reference),
    )
    again = _repeated_refund(wanted, seen=seen)
    if again:
        return again
    check_rule(charge, Cause(wanted.cause))
    check_unused(payment, wanted.hand_reference)
    check_amount(payment, amount_cents)
    wanted.instead_of = payment.refunds.unanswered().filter(amount_cents=amount_cents).order_by("pk").first()
    return _save_refund(wanted, at=at)


@transaction.atomic
def return_by_hand(failed: Refund, *, hand_reference: str, reason: str, by: Trainer, at: datetime) -> Refund:
    """Record a refund by hand that replaces one that failed; above the policy's limit it waits for
    a second person. Idempotent when the same person repeats it.

    Raises Refusal for a person who may not refund it, for a refund that did not fail or was
    replaced already, and when the money is no longer kept.
    """
    owed = failed.charge_id or getattr(_unmatched(failed), "pk", None)
    check_giver(lock_charge(owed) if owed else None, by)
    failed = Refund.objects.select_for_update(of=("self",)).get(pk=failed.pk)
    wanted = Refund(
        charge=failed.charge,
        payment=failed.payment,
        event=failed.event,
        payment_ref=failed.payment_ref,
        payment_currency=failed.payment_currency,
        amount_cents=failed.amount_cents,
        cause=failed.cause,
        reason=check_words(reason, longest=LONGEST_REASON),
        by=by,
        hand_reference=check_hand_reference(hand_reference),
        instead_of=failed,
    )
    answer = failed.answers.exclude(state=State.REFUSED).select_related("by").first()
    if answer and _content_of(answer) == _content_of(wanted):
        return answer
    _check_failed(failed, answer)
    check_unused(failed.payment, wanted.hand_reference)
    return _save_refund(wanted, at=at)


@transaction.atomic
def approve_refund(refund: Refund, *, by: Trainer, at: datetime) -> Refund:
    """Approve a waiting refund as the second person. Idempotent. Raises Refusal for a person who
    may not approve it.

    The next sweep sends the money; a refund by hand is written to the ledger at once.
    """
    refund = _decidable(refund, by)
    if refund.state in (State.REQUESTED, State.RETURNED) and refund.decided_by_id == by.pk:
        return refund
    _check_waits(refund)
    if refund.charge and refund.payment:
        check_rule(refund.charge, Cause(refund.cause))
        if still_kept(refund.payment) < 0:  # the refund itself is counted
            sentence = "The money of this payment has gone back in another way since. Refuse this refund."
            raise Refusal(sentence, code="nothing_left")
    if not refund.hand_reference:
        return _decide(refund, State.REQUESTED, "approved", by=by, at=at, reason="")
    refund = _decide(refund, State.RETURNED, "approved", by=by, at=at, reason="")
    book_return(refund, at=at)
    return refund


@transaction.atomic
def refuse_refund(refund: Refund, *, reason: str, by: Trainer, at: datetime) -> Refund:
    """Refuse a waiting refund as the second person: no money is returned. Idempotent.

    Raises Refusal for the person who requested it or would get the money, when the reason is
    missing, and for a refund that does not wait.
    """
    refund = _decidable(refund, by)
    reason = check_words(reason, longest=LONGEST_REASON)
    if refund.state == State.REFUSED and refund.decided_by_id == by.pk:
        return refund
    _check_waits(refund)
    if refund.event_id and not refund.instead_of_id:
        _park_again(refund, refund.event_id, reason=reason, by=by, at=at)
    refund = _decide(refund, State.REFUSED, "refused", by=by, at=at, reason=reason)
    if refund.charge:
        return_overpaid(refund.charge, at=at)
    return refund


def _save_refund(refund: Refund, *, at: datetime) -> Refund:
    """Save the refund: waiting when it needs a second person, otherwise requested. A refund by hand
    that needs none is written to the ledger.
    """
    by_hand = bool(refund.hand_reference)
    if needs_second_person(refund.charge, refund.amount_cents, at=at):
        refund.state = State.WAITING
    elif by_hand:
        refund.state, refund.ended_at = State.RETURNED, at
    refund.idempotency_key, refund.requested_at = f"refund-{secrets.token_hex(16)}", at
    refund.save(force_insert=True)
    detail = {"cents": refund.amount_cents, "cause": str(refund.cause)}
    detail |= {"reference": refund.hand_reference} if by_hand else {}
    verb = "recorded by hand" if by_hand else "asked for"
    _record(refund, verb, by=refund.by, at=at, change=("", refund.state), reason=refund.reason, detail=detail)
    if refund.state == State.RETURNED:
        book_return(refund, at=at)
    return refund


def _check_failed(failed: Refund, answer: Refund | None) -> None:
    """Raise Refusal unless the refund failed, no other refund replaced it, and we still have the money."""
    if answer:
        who = answer.by.name if answer.by else "The portal"
        sentence = f"{who} gave this money back while you had it open. Nothing was changed by you."
        raise Refusal(sentence, code="changed")
    if failed.state != State.FAILED:
        raise Refusal("The provider did not refuse this refund.", code="out_of_order")
    if failed.event:
        check_free(money_of(failed.event))
    if failed.charge and failed.payment:
        check_rule(failed.charge, Cause(failed.cause))
        left = still_kept(failed.payment)
        if left < failed.amount_cents:
            sentence = f"Of this payment only {format_cents(left)} is kept any more."
            raise Refusal(sentence, code="nothing_left")


def _staff_cause(cause: str) -> Refund.Cause:
    if cause not in Refund.STAFF_CAUSES:
        raise Refusal("Choose why.", code="cause", field="cause")
    return Cause(cause)


def _repeated_refund(wanted: Refund, *, seen: int | None) -> Refund | None:
    """Return the refund that an earlier sending of the same click made; None for a first click.
    Raises Refusal when another person has refunded since the page was opened.
    """
    refunds = Refund.objects.filter(charge=wanted.charge_id)
    if seen is None or refunds.count() == seen:
        return None
    newest = refunds.select_related("by").order_by("-pk").first()
    if newest and _content_of(newest) == _content_of(wanted):
        return newest
    who = newest.by.name if newest and newest.by else "The portal"
    sentence = f"{who} gave money of this payment back while you had it open. Nothing was changed by you."
    raise Refusal(sentence, code="changed")


def _content_of(refund: Refund) -> tuple[object, ...]:
    what = (refund.payment_id, refund.amount_cents, str(refund.cause), refund.hand_reference)
    return (*what, refund.reason, refund.by_id)


def _decidable(refund: Refund, by: Trainer) -> Refund:
    """Return the refund under lock, locked after its charge. Raises Refusal when `by` may not
    decide about it.
    """
    charge = lock_charge(refund.charge_id) if refund.charge_id else None
    check_giver(charge or _unmatched(refund), by)
    refund = (
        Refund.objects.select_for_update(of=("self",)).select_related("by", "decided_by").get(pk=refund.pk)
    )
    if charge:
        refund.charge = charge
    require_another_person(refund.by_id, by, "You asked for this refund. Somebody else must decide about it.")
    return refund


def _unmatched(refund: Refund) -> Charge | None:
    """Return the charge for which money without a matching charge was most likely paid."""
    return expected_charge(money_of(refund.event)) if refund.event else None


def _park_again(refund: Refund, event_id: int, *, reason: str, by: Trainer, at: datetime) -> None:
    """Park the message of a refused refund again: its money is not returned, and still matches no charge."""
    event = ProviderEvent.objects.select_for_update().get(pk=event_id)
    event.answer, event.answer_reason, event.handled_by, event.handled_at = "", "", None, None
    charge = _unmatched(refund)
    trainer = charge.trainer if charge else None
    move(event, ProviderEvent.State.PARKED, "parked again", trainer=trainer, by=by, at=at, reason=reason)


def _check_waits(refund: Refund) -> None:
    if refund.state == State.WAITING:
        return
    if refund.decided_by is None:
        raise Refusal("This refund does not wait for a second person.", code="out_of_order")
    done = "refused" if refund.state == State.REFUSED else "approved"
    sentence = (
        f"{refund.decided_by.name} {done} this refund while you had it open. Nothing was changed by you."
    )
    raise Refusal(sentence, code="decided")


def _decide(
    refund: Refund, state: Refund.State, verb: str, *, by: Trainer, at: datetime, reason: str
) -> Refund:
    refund.decided_by, refund.decided_at = by, at
    trainer = refund.charge.trainer if refund.charge else None
    return move(refund, state, verb, trainer=trainer, by=by, at=at, reason=reason)


def _record(
    refund: Refund,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    change: tuple[str, str],
    reason: str,
    detail: Mapping[str, object] | None = None,
) -> None:
    trainer = refund.charge.trainer if refund.charge else None
    record_history(refund, verb, trainer=trainer, by=by, at=at, change=change, reason=reason, detail=detail)
