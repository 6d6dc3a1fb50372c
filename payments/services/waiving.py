"""Waivers after a charge was raised: less of it is due, and what was paid beyond that is returned (Q35)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.history import record_history
from core.transitions import move
from payments.models import Charge, LedgerEntry
from payments.services.books import even_out
from payments.services.charges import lock_charge, write_ledger
from payments.services.refund_checks import kept_of
from payments.services.refunds import return_overpaid
from payments.services.settlement import announce_settled
from rules.units import format_cents
from trainers.models import Trainer

State = Charge.State


@dataclass(frozen=True, slots=True)
class WaiverEffect:
    """What a waiver does to a charge, in cents: what was to be paid before it and after it (None
    once the charge is paid), and what is returned.
    """

    owed_before: int | None
    owed: int | None
    back: int


def effect_of_waiver(charge: Charge, cents: int) -> WaiverEffect:
    """Return what a waiver of `cents` would make of the charge."""
    due = charge.due_cents - cents
    if charge.state == State.OPEN:
        return WaiverEffect(charge.due_cents, due, 0)
    return WaiverEffect(None, None, min(cents, max(kept_of(charge) - due, 0)))


def check_waivable(charge: Charge, *, at: datetime) -> None:
    """Raise Refusal unless some of the charge is due or was paid, and can still be waived."""
    if charge.state == State.VOID:
        raise Refusal(
            "This is not due any more, so there is nothing to waive.", code="void", field="fee_code"
        )
    if charge.state == State.OPEN and charge.pay_by and charge.pay_by <= at:
        sentence = "The time to pay has ended, and what was to be paid for ends with it."
        raise Refusal(sentence, code="too_late", field="fee_code")
    if not charge.due_cents:
        raise Refusal("All of it is waived already.", code="waived", field="fee_code")


@transaction.atomic
def waive_charge(charge: Charge, *, cents: int, code: str, by: Trainer, at: datetime, reason: str) -> Charge:
    """Waive `cents` of the fee line `code` of a charge. The caller has checked who may waive it,
    and that it was not waived before.

    What was paid beyond what is due is then returned by an ordinary refund. When nothing is left to
    pay, the charge is settled at `at`, without a payment page and without a receipt. Raises Refusal
    when less than `cents` can be waived.
    """
    charge = lock_charge(charge.pk)
    check_waivable(charge, at=at)
    if not 0 < cents <= charge.due_cents:
        sentence = f"Of this, {format_cents(charge.due_cents)} can be waived."
        raise Refusal(sentence, code="amount", field="amount")
    charge.waived_cents += cents
    detail = {"fee": code, "cents": cents}
    record_history(charge, "waived", trainer=charge.trainer, by=by, at=at, reason=reason, detail=detail)
    if charge.state == State.OPEN and not charge.due_cents:
        charge.paid_at, charge.paid_cents = at, 0
        move(charge, State.PAID, "nothing left to pay", trainer=charge.trainer, by=None, at=at)
        announce_settled(charge)
    else:
        charge.save(update_fields=["waived_cents"])
    write_ledger(charge, LedgerEntry.Kind.RELIEF, -cents, by=by, at=at, reason=_line_label(charge, code))
    even_out(charge, by=by, at=at, reason="A fee that was waived")
    return_overpaid(charge, at=at)
    return charge


def _line_label(charge: Charge, code: str) -> str:
    """Return the label of the charge's fee line `code`, for the account statement."""
    return next((str(line["label"]) for line in charge.lines if line["code"] == code), code)
