"""Money that fits no charge: staff credit it to a charge, return it, or dismiss its message."""

import secrets
from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words, move
from payments.facts import Money
from payments.matching import expected_charge, money_differences, money_of
from payments.models import Charge, ProviderEvent, Refund
from payments.services.charges import lock_charge
from payments.services.refund_checks import LONGEST_REASON, check_free, second_person_above
from payments.services.settlement import credit_payment, end_visit
from trainers.models import Trainer

MATCH = "payments.match_providerevent"
State, Answer = ProviderEvent.State, ProviderEvent.Answer


@transaction.atomic
def credit_event(event: ProviderEvent, *, charge: Charge, by: Trainer, at: datetime) -> ProviderEvent:
    """Credit the money of a message to `charge`. Idempotent for the person who credits it. Raises
    Refusal, and writes nothing, unless amount, currency and mode are those of the charge.
    """
    charge = lock_charge(charge.pk)
    event, money = _lock_parked(event)
    _check_matcher(by, charge)
    if _is_done(event, Answer.CREDITED, by):
        return event
    _check_waits(event)
    check_free(money)
    for point in money_differences(money, charge):
        sentence = f"{point.name}: {point.came} came, and this charge is of {point.ours}."
        raise Refusal(sentence, code="differs", field="charge")
    assert money.amount_cents is not None  # noqa: S101 - it equals the charge's
    end_visit(money, paid=True, at=at)
    credit_payment(charge, money.payment_ref, money.amount_cents, money.happened_at or at, by=by, at=at)
    return _handle(event, Answer.CREDITED, charge.trainer, by=by, at=at, reason=f"Charge {charge.pk}")


@transaction.atomic
def return_event(event: ProviderEvent, *, reason: str, by: Trainer, at: datetime) -> ProviderEvent:
    """Return the money of a message to the payer; above the policy's limit the refund waits for a
    second person. Idempotent when the same person repeats it.

    Raises Refusal when `by` lacks the permission or gives no reason, for a message that is no
    longer parked, and for money that is credited or being returned.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    charge = expected_charge(money_of(event))
    if charge:
        charge = lock_charge(charge.pk)
    event, money = _lock_parked(event)
    _check_matcher(by, charge)
    if _is_done(event, Answer.RETURNED, by):
        return event
    _check_waits(event)
    check_free(money)
    cents = money.amount_cents or 0
    if cents <= 0 or len(money.currency) != 3:
        raise Refusal("The message does not say how much came.", code="unreadable")
    end_visit(money, paid=False, at=at)
    _refund(event, money, charge, cents=cents, by=by, at=at, reason=reason)
    return _handle(event, Answer.RETURNED, charge.trainer if charge else None, by=by, at=at, reason=reason)


@transaction.atomic
def dismiss_event(event: ProviderEvent, *, reason: str, by: Trainer, at: datetime) -> ProviderEvent:
    """Close a message without touching its money, with a reason. Idempotent for the person who
    closed it.

    Raises Refusal when `by` lacks the permission or gives no reason, and for a message that is no
    longer parked.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    event, money = _lock_parked(event)
    charge = expected_charge(money)
    _check_matcher(by, charge)
    if _is_done(event, Answer.NOTHING, by):
        return event
    _check_waits(event)
    if money.arrived:
        end_visit(money, paid=False, at=at)
    return _handle(event, Answer.NOTHING, charge.trainer if charge else None, by=by, at=at, reason=reason)


def _lock_parked(event: ProviderEvent) -> tuple[ProviderEvent, Money]:
    """Return the message and the money that it is about. Every parked message is locked, so that
    two messages about one payment are never handled at the same time.
    """
    waiting = ProviderEvent.objects.select_for_update().filter(state=State.PARKED).order_by("pk")
    list(waiting.values_list("pk", flat=True))
    row = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    return row, money_of(row)


def _check_matcher(by: Trainer | None, charge: Charge | None) -> None:
    if by is None or not by.has_perm(MATCH):
        raise Refusal("You may not match payments.", code="not_allowed")
    if charge and by.pk == charge.trainer_id:
        raise Refusal("Somebody else must decide about your own money.", code="own_money")


def _is_done(event: ProviderEvent, answer: str, by: Trainer) -> bool:
    return (event.state, event.answer, event.handled_by_id) == (State.HANDLED, answer, by.pk)


def _check_waits(event: ProviderEvent) -> None:
    if event.handled_by:
        done = event.get_answer_display()
        sentence = f"{event.handled_by.name} was faster: {done}. Nothing was changed by you."
        raise Refusal(sentence, code="decided")
    if event.state != State.PARKED:
        raise Refusal("This message does not wait for staff.", code="out_of_order")


def _refund(
    event: ProviderEvent,
    money: Money,
    charge: Charge | None,
    *,
    cents: int,
    by: Trainer,
    at: datetime,
    reason: str,
) -> None:
    waits = cents > second_person_above(charge, at=at)
    refund = Refund.objects.create(
        event=event,
        payment_ref=money.payment_ref,
        payment_currency=money.currency,
        amount_cents=cents,
        cause=Refund.Cause.UNMATCHED,
        reason=reason,
        by=by,
        state=Refund.State.WAITING if waits else Refund.State.REQUESTED,
        idempotency_key=f"refund-{secrets.token_hex(16)}",
        requested_at=at,
    )
    trainer = charge.trainer if charge else None
    record_history(
        refund, "asked for", trainer=trainer, by=by, at=at, change=("", refund.state), reason=reason
    )


def _handle(
    event: ProviderEvent, answer: str, trainer: Trainer | None, *, by: Trainer, at: datetime, reason: str
) -> ProviderEvent:
    event.answer, event.answer_reason, event.handled_by, event.handled_at = answer, reason, by, at
    return move(event, State.HANDLED, answer, trainer=trainer, by=by, at=at, reason=reason)
