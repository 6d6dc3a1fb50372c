"""Record disputes: one row for each, which follows the provider's newest report, in whatever order
reports arrive (Q31).
"""

from datetime import date, datetime

from django.db import transaction

from core import clock
from core.history import record_history
from core.transitions import move
from payments.errors import NOT_IN_OUR_BOOKS, ForStaff
from payments.facts import DisputeFacts, DisputeStep
from payments.models import Charge, Dispute, LedgerEntry
from payments.services.books import announce_moved, even_out, policy_of
from payments.services.charges import lock_charge, write_ledger
from payments.services.refunds import return_overpaid

State = Dispute.State
STATES = {  # by the provider's status, in the order in which the states follow each other
    "warning_needs_response": State.INQUIRY,
    "warning_under_review": State.INQUIRY,
    "warning_closed": State.CLOSED,
    "prevented": State.CLOSED,
    "needs_response": State.TO_ANSWER,
    "under_review": State.ANSWERED,
    "lost": State.LOST,
    "won": State.WON,
}
RANK = {status: place for place, status in enumerate(STATES)}
LOST_REASON, WON_REASON = "The bank took the payment back", "The bank gave the payment back"


@transaction.atomic
def record_dispute(facts: DisputeFacts, *, at: datetime) -> Dispute:
    """Record one report of the provider on a dispute. Idempotent, in any order of reports.

    Raises ForStaff when the disputed payment is not in our books, or does not fit the report.
    """
    payment = LedgerEntry.objects.filter(
        kind=LedgerEntry.Kind.PAYMENT, provider_ref=facts.payment_ref
    ).first()
    if payment is None:
        raise ForStaff(f"A bank disputes the payment {facts.payment_ref}, {NOT_IN_OUR_BOOKS}")
    charge = lock_charge(payment.charge_id)
    _compare(charge, facts)
    dispute = Dispute.objects.select_for_update().filter(provider_id=facts.provider_id).first()
    dispute = _follow(dispute, facts, at=at) if dispute else _open(payment, charge, facts, at=at)
    dispute.charge = charge
    _learn(dispute, facts)
    _book(dispute, charge)
    return_overpaid(charge, at=at)
    announce_moved(charge)
    return dispute


def _compare(charge: Charge, facts: DisputeFacts) -> None:
    if facts.status not in STATES:
        raise ForStaff(f"The dispute {facts.provider_id} is “{facts.status}”, which we do not know.")
    if (facts.currency, facts.live) != (charge.currency, charge.live):
        raise ForStaff(f"The dispute {facts.provider_id} is not about money like that of charge {charge.pk}.")
    if facts.amount_cents <= 0:
        raise ForStaff(f"The dispute {facts.provider_id} is of {facts.amount_cents}.")


def _open(payment: LedgerEntry, charge: Charge, facts: DisputeFacts, *, at: datetime) -> Dispute:
    state = STATES[facts.status]
    dispute = Dispute(
        charge=charge,
        payment=payment,
        provider_id=facts.provider_id,
        state=state,
        amount_cents=facts.amount_cents,
        opened_at=facts.opened_at or facts.happened_at,
        told_at=facts.happened_at,
    )
    _follow_words(dispute, facts)
    _learn(dispute, facts, save=False)
    dispute.save(force_insert=True)
    record_history(dispute, state, trainer=charge.trainer, by=None, at=at, change=("", state))
    return dispute


def _follow(dispute: Dispute, facts: DisputeFacts, *, at: datetime) -> Dispute:
    """Copy what a report says to the dispute, when the report is newer than the one that the
    dispute follows.

    A report that the dispute has ended takes precedence over one of a step, and a dispute that was
    won stays won.
    """
    if _order(facts.status, facts.happened_at) <= _order(dispute.status, dispute.told_at):
        return dispute
    state = STATES[facts.status]
    _follow_words(dispute, facts)
    _learn(dispute, facts, save=False)
    if state != dispute.state:
        move(dispute, state, state, trainer=dispute.charge.trainer, by=None, at=at)
    return dispute


def _order(status: str, told_at: datetime) -> tuple[int, datetime, int]:
    return {"lost": 1, "won": 2}.get(status, 0), told_at, RANK[status]


def _follow_words(dispute: Dispute, facts: DisputeFacts) -> None:
    dispute.status, dispute.told_at = facts.status, facts.happened_at
    dispute.reason, dispute.amount_cents = facts.reason or dispute.reason, facts.amount_cents
    ended = STATES[facts.status] in Dispute.ENDED
    dispute.closed_on = _day(facts.happened_at, dispute.charge) if ended else None


def _learn(dispute: Dispute, facts: DisputeFacts, *, save: bool = True) -> None:
    """Store when each step of a dispute happened, from a report that may arrive late. When several
    reports give a moment for the same step, the earliest is kept; of several last moments to
    answer, the latest.
    """
    dispute.opened_at = facts.opened_at or min(dispute.opened_at, facts.happened_at)
    dispute.opened_on = _day(dispute.opened_at, dispute.charge)
    if facts.answer_by:
        dispute.answer_by = max(dispute.answer_by or facts.answer_by, facts.answer_by)
        dispute.answer_through = _day(dispute.answer_by, dispute.charge)
    name = {DisputeStep.WITHDRAWN: "withdrawn_at", DisputeStep.REINSTATED: "reinstated_at"}.get(facts.step)
    for field in filter(None, (name, {"lost": "lost_at", "won": "won_at"}.get(facts.status))):
        known = getattr(dispute, field)
        setattr(dispute, field, min(known, facts.happened_at) if known else facts.happened_at)
    if save:
        dispute.save()


def _book(dispute: Dispute, charge: Charge) -> None:
    """Write to the ledger the money of a dispute that is not in it yet: first what was lost, then
    what was won back.
    """
    lost, won = dispute.lost_at, dispute.won_at
    if lost is None:
        return
    kind, name = LedgerEntry.Kind, dispute.provider_id
    _write(charge, kind.DISPUTE, dispute.amount_cents, ref=name, at=lost, reason=LOST_REASON)
    if won:
        _write(charge, kind.WON, -dispute.amount_cents, ref=f"{name}:won", at=won, reason=WON_REASON)


def _write(
    charge: Charge, kind: LedgerEntry.Kind, cents: int, *, ref: str, at: datetime, reason: str
) -> None:
    if LedgerEntry.objects.filter(provider_ref=ref).exists():
        return
    write_ledger(charge, kind, cents, by=None, at=at, provider_ref=ref, reason=reason)
    even_out(charge, by=None, at=at, reason=reason)


def _day(moment: datetime, charge: Charge) -> date:
    return clock.date_of(moment, policy_of(charge).time_zone)
