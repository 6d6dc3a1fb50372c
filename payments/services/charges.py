"""Lock, raise and void charges; compute the state of their payment."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from core.errors import Refusal
from core.history import record_history, subject_of
from core.transitions import move
from outbox.models import Notice
from outbox.notices import queue_notice
from payments.models import Charge, ChargeLine, CheckoutSession, Dispute, LedgerEntry
from rules.fees import FeeLine
from rules.policy.model import Fee
from trainers.models import Trainer

Kind = LedgerEntry.Kind
DISPUTED = tuple(set(Dispute.TAKES) & set(Dispute.GOING_ON))  # the bank has the money and has not decided
SETTLED = ("paid", "waived")  # states of a paid charge of which as much is kept as is due
# States of a paid charge of which less is kept than is due (Q31).
WENT_BACK = ("disputed", "lost", "partly", "returned")


def lock_charge(charge_id: int) -> Charge:
    """Return the charge with its trainer, read again under lock. Every service that writes to the
    ledger locks the charge first.
    """
    return Charge.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=charge_id)


def charge_line(fee: Fee | FeeLine) -> ChargeLine:
    """Return what a charge stores of one fee: code, label, cents, and its clause with the text."""
    return {
        "code": fee.code,
        "label": fee.label,
        "amount_cents": fee.amount_cents,
        "clause": fee.clause,
        "text": fee.text,
    }


@transaction.atomic
def raise_charge(
    *,
    trainer: Trainer,
    subject: str,
    kind: str,
    description: str,
    lines: Sequence[ChargeLine],
    currency: str,
    by: Trainer | None,
    at: datetime,
    pay_by: datetime | None = None,
    policy_version: str = "",
) -> Charge:
    """Charge the sum of `lines` (each with code, label and amount_cents), which `policy_version`
    gave, for `subject`. Once for each subject.
    Money that settles at `pay_by` or later is returned (Q13); a charge of 0 is paid at once. Raises
    ValueError, a fault of ours, when the subject has one of another amount.
    """
    amount, currency = sum(line["amount_cents"] for line in lines), currency.upper()
    charge, new = Charge.objects.get_or_create(
        subject=subject,
        defaults={
            "trainer": trainer,
            "kind": kind,
            "description": description,
            "lines": [dict(line) for line in lines],
            "amount_cents": amount,
            "currency": currency,
            "live": settings.PAYMENTS_LIVE,
            "raised_at": at,
            "pay_by": pay_by,
            "policy_version": policy_version,
        },
    )
    if (charge.amount_cents, charge.currency) != (amount, currency):
        raise ValueError(f"{subject} has a charge of another amount")
    if new:
        record_history(charge, "raised", trainer=trainer, by=by, at=at, change=("", charge.state))
        _book_charge(charge, by=by, at=at)
    return charge


def _book_charge(charge: Charge, *, by: Trainer | None, at: datetime) -> None:
    """Write a new charge to the ledger. A charge of 0 becomes paid."""
    if charge.amount_cents:
        write_ledger(charge, LedgerEntry.Kind.CHARGE, charge.amount_cents, by=by, at=at)
        return
    charge.paid_at, charge.paid_cents = at, 0
    move(charge, Charge.State.PAID, "settled", trainer=charge.trainer, by=None, at=at)


@transaction.atomic
def void_charge(charge: Charge, *, by: Trainer | None, at: datetime, reason: str) -> Charge:
    """Void a charge that is no longer due. Idempotent. Raises Refusal when it is paid.

    Money that still arrives is returned; the sweep closes open payment pages.
    """
    charge = lock_charge(charge.pk)
    if charge.state == Charge.State.PAID:
        raise Refusal("This is already paid.", code="paid")
    if charge.state == Charge.State.VOID:
        return charge
    charge.voided_at = at
    move(charge, Charge.State.VOID, "voided", trainer=charge.trainer, by=by, at=at, reason=reason)
    write_ledger(charge, LedgerEntry.Kind.WAIVER, -charge.due_cents, by=by, at=at, reason=reason)
    return charge


def settled_verb(charge: Charge | None) -> str:
    """Return what the history of a case says of its settled charge: "paid", or "nothing to pay" when
    it was 0; "" while the charge is not settled, or there is none.
    """
    if charge is None or charge.state != Charge.State.PAID:
        return ""
    return "paid" if charge.paid_cents else "nothing to pay"


def payment_state(charge: Charge) -> str:
    """Return the state of the payment for the payer.

    paid, waived (nothing of it is due any more), disputed (a bank is taking it back), lost (it took
    it), partly (a part was returned), returned (what came was returned), void (not due, nothing
    came), confirming (the bank is slow), declined, abandoned (a payment page was opened, without a
    result yet), unpaid (none was opened). Reads `sessions` of an open charge, `ledger` of a void
    one, `ledger` and `disputes` of a paid one, prefetched or not.
    """
    if charge.state == Charge.State.PAID:
        return _state_of_paid(charge)
    if charge.state == Charge.State.VOID:
        return "returned" if _money(charge)[1] else "void"
    last = _last_visit(charge)
    return "unpaid" if last is None else _state_after(last)


def _state_of_paid(charge: Charge) -> str:
    kept, due = _money(charge)[0], charge.due_cents
    if charge.waived_cents and not due:
        return "waived"
    going_on = [one for one in charge.disputes.all() if one.state in DISPUTED]
    if kept - sum(one.amount_cents for one in going_on) >= due:
        return "paid"
    if going_on:
        return "disputed"
    lost = sum(row.amount_cents for row in charge.ledger.all() if row.kind in (Kind.DISPUTE, Kind.WON))
    if lost > 0:
        return "lost"
    return "partly" if kept > 0 else "returned"


def has_ended_declined(charge: Charge) -> bool:
    """Return whether the bank declined the payment and the payment page is closed. While the page
    is open the payer may have tried again.
    """
    last = _last_visit(charge)
    return (
        last is not None and last.state not in CheckoutSession.LIVING and payment_state(charge) == "declined"
    )


def may_still_settle(charge: Charge) -> bool:
    """Return whether money that was paid in time may still be reported to us. That is so until the
    provider was asked, at `pay_by` or later, about every payment page.

    A renewal lapses only when this is false, so a lost webhook never costs a trainer the renewal.
    """
    return any(
        charge.pay_by is None or session.asked_at is None or session.asked_at < charge.pay_by
        for session in charge.sessions.all()
        if session.state in CheckoutSession.LIVING
    )


def awaits_report(charge: Charge) -> bool:
    """Return whether the newest payment page may have a payment that was not reported yet: the page
    is still open, or a bank has not confirmed.
    """
    last = _last_visit(charge)
    return last is not None and last.state in (CheckoutSession.State.OPEN, CheckoutSession.State.CONFIRMING)


def write_ledger(
    charge: Charge,
    kind: LedgerEntry.Kind,
    cents: int,
    *,
    by: Trainer | None,
    at: datetime,
    provider_ref: str | None = None,
    hand_reference: str = "",
    reason: str = "",
) -> LedgerEntry:
    """Add a row to the ledger: charges and refunds are positive, payments and waivers negative."""
    return LedgerEntry.objects.create(
        trainer=charge.trainer,
        charge=charge,
        kind=kind,
        amount_cents=cents,
        currency=charge.currency,
        provider_ref=provider_ref,
        hand_reference=hand_reference,
        by=by,
        at=at,
        reason=reason[:300],
    )


def queue_payer_notice(
    kind: str, charge: Charge, *, event: str, at: datetime, payload: Mapping[str, object] | None = None
) -> Notice:
    """Queue the notice `kind` about a charge to its payer; `payments/notices.py` words it."""
    return queue_notice(
        kind,
        subject=subject_of(charge),
        event=event,
        trainer=charge.trainer,
        send_at=at,
        payload={"charge": charge.pk, "told_at": at.isoformat(), **(payload or {})},
    )


def _money(charge: Charge) -> tuple[int, int]:
    """Return (cents kept, cents received)."""
    rows = charge.ledger.all()
    came = -sum(row.amount_cents for row in rows if row.kind == LedgerEntry.Kind.PAYMENT)
    kept = -sum(row.amount_cents for row in rows if row.kind in LedgerEntry.MONEY)
    return kept, came


def _last_visit(charge: Charge) -> CheckoutSession | None:
    return max(charge.sessions.all(), key=lambda session: (session.opened_at, session.pk), default=None)


def _state_after(session: CheckoutSession) -> str:
    state = CheckoutSession.State
    if session.state in (state.OPEN, state.EXPIRED):
        return "declined" if session.refused_at else "abandoned"
    return {
        state.OPENING: "unpaid",
        state.CONFIRMING: "confirming",
        state.DECLINED: "declined",
        state.COMPLETE: "returned",
    }[CheckoutSession.State(session.state)]
