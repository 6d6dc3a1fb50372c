"""Pay a fee that is due in a cycle (the policy's `dues`): its charge is raised when the trainer begins."""

from datetime import date, datetime

from django.db import transaction

from cases.reviewers import require_owner
from core.clock import date_of
from core.errors import Refusal
from core.history import record_history, subject_of
from hardship.extendable_days import bare_standing
from payments.models import Charge, CheckoutSession
from payments.services.charges import charge_line, raise_charge, void_charge
from payments.services.refund_checks import fee_went_back
from payments.services.returning import ask_after_return
from renewals.models import YearlyFee
from renewals.services.moving import lock_renewal_of
from rules.dues import PAID
from rules.fees import FeeLine
from rules.more import DueAnswer
from trainers.models import Cycle, Trainer

ENDED = "The certification ended."
OTHER_AMOUNT = "Another amount is due by now."


def dues_of(cycle: Cycle, today: date) -> tuple[DueAnswer, ...]:
    """Return the fees that fall due in the cycle and are paid by themselves, by their days."""
    if not cycle.policy.wide:
        return ()
    more = bare_standing(cycle, today).more
    return tuple(one for one in more.dues if not one.with_renewal) if more else ()


def raise_yearly_fee(cycle: Cycle, *, code: str, due_on: date, by: Trainer, at: datetime) -> YearlyFee:
    """Return the due fee of the cycle with its charge, which is raised once. Raises Refusal for a fee
    that is not due in the cycle, or is paid.
    """
    with transaction.atomic():
        cycle, _ = lock_renewal_of(cycle)
        require_owner(cycle, by)
        policy = cycle.policy
        today = date_of(at, policy.time_zone)
        due = next((one for one in dues_of(cycle, today) if (one.code, one.due_on) == (code, due_on)), None)
        if due is None:
            raise Refusal("This fee is not due in your cycle.", code="no_due")
        if due.state == PAID:
            raise Refusal("This fee is paid.", code="paid")
        fee = YearlyFee.objects.standing().filter(cycle=cycle, code=code, due_on=due_on).first()
        if fee and fee.charge and _costs_otherwise(fee.charge, due):
            void_charge(fee.charge, by=by, at=at, reason=OTHER_AMOUNT)
            fee.charge.refresh_from_db()
        if fee and _is_over(fee):
            fee.ended_at = at
            fee.save(update_fields=["ended_at"])
            fee = None
        if fee is None:
            fee = YearlyFee.objects.create(cycle=cycle, code=code, due_on=due_on)
        if fee.charge is None:
            _raise(fee, due, by=by, at=at)
    return fee


def _costs_otherwise(charge: Charge, due: DueAnswer) -> bool:
    """Return whether a charge that was begun and not paid is of another amount than is due now: it was
    begun in time, or nothing of it is late any more. What a bank is confirming is left to it.
    """
    sessions = charge.sessions.filter(state=CheckoutSession.State.CONFIRMING)
    return charge.state == Charge.State.OPEN and charge.amount_cents != due.cents and not sessions.exists()


def _is_over(fee: YearlyFee) -> bool:
    """Return whether the charge of a due fee counts no more: it was voided, or its money went back."""
    return fee.charge is not None and (fee.charge.state == Charge.State.VOID or fee_went_back(fee.charge))


def void_open_fees(trainer: Trainer, *, by: Trainer | None, at: datetime) -> int:
    """Void the charges of due fees that a person never paid; return how many. Idempotent."""
    waiting = Charge.objects.open().filter(trainer=trainer, yearly_fee__isnull=False).order_by("pk")
    for charge in waiting:
        void_charge(charge, by=by, at=at, reason=ENDED)
    return len(waiting)


def finish_due_payment(fee: YearlyFee, *, at: datetime, wait: bool) -> YearlyFee:
    """Ask the payment service whether the fee is paid. Must not run inside a transaction."""
    if fee.charge:
        ask_after_return(fee.charge, at=at, wait=wait)
        fee.charge.refresh_from_db()
    return fee


def _raise(fee: YearlyFee, due: DueAnswer, *, by: Trainer, at: datetime) -> None:
    cycle, policy = fee.cycle, fee.cycle.policy
    line = FeeLine(due.code, due.label, due.cents, due.rule.clause, due.rule.text)
    fee.charge = raise_charge(
        trainer=cycle.credential.trainer,
        subject=subject_of(fee),
        kind="yearly_fee",
        description=f"{due.label}, certification {cycle.credential.display_number}"[:160],
        lines=[charge_line(line)],
        currency=policy.currency,
        policy_version=policy.version_name(date_of(at, policy.time_zone)),
        by=by,
        at=at,
    )
    fee.save(update_fields=["charge"])
    detail = {"due_on": due.due_on.isoformat()}
    record_history(fee, "begun", trainer=cycle.credential.trainer, by=by, at=at, detail=detail)
