"""Process the provider's report on a visit to the payment page: the only place where money is
credited.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator

from core.faults import faultpoint
from core.transitions import move
from payments import gateway
from payments.errors import ForStaff, NotThere, ProviderRefused
from payments.facts import CheckoutFacts, Money, Outcome
from payments.matching import is_going_back
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from payments.notice_codes import CONFIRMING, DECLINED, RECEIPT
from payments.services.charges import lock_charge, queue_payer_notice, write_ledger
from payments.services.refunds import refund_payment, return_overpaid
from payments.signals import charge_settled
from rules.units import format_cents
from trainers.models import Trainer

State = CheckoutSession.State
# Outcomes that only move a visit on; a payment is handled separately.
_NEXT = {
    Outcome.CONFIRMING: State.CONFIRMING,
    Outcome.DECLINED: State.DECLINED,
    Outcome.EXPIRED: State.EXPIRED,
}
_NOTICES = {State.CONFIRMING: CONFIRMING, State.DECLINED: DECLINED}  # the payer gets a mail about these


@transaction.atomic
def record_facts(facts: CheckoutFacts, *, at: datetime) -> CheckoutSession:
    """Update the visit and its charge by the provider's report. Idempotent; reports may arrive in
    any order.

    Raises ForStaff, and changes nothing, when a value differs from what the page asks for
    (invariant 5).
    """
    session = _locked_session(facts)
    before = session.state
    _compare(session, facts)
    session.provider_id = session.provider_id or facts.provider_id
    session.payment_ref = session.payment_ref or facts.payment_ref
    session.url = session.url or facts.url
    if facts.outcome == Outcome.PAID:
        _take_money(session, facts, at=at)
    elif facts.outcome == Outcome.REFUSED:
        session.refused_at = max(session.refused_at or facts.happened_at, facts.happened_at)
    elif facts.outcome == Outcome.OPEN:
        _move(session, State.OPEN if session.state == State.OPENING and session.url else session.state, at=at)
    else:
        _follow(session, _NEXT[facts.outcome], at=at)
    if session.state == before:  # a step saves the whole row
        session.save()
    return session


def ask_provider(
    session: CheckoutSession, *, at: datetime, within: float | None = None, replace: bool = False
) -> CheckoutSession:
    """Ask the provider for the state of a visit and record it. A page that should no longer be
    open, or that a new page is to `replace`, is expired.

    With `within`, in seconds, the provider is asked once and must answer in that time, and nothing
    is expired. Must not run inside a transaction. Raises ProviderDown. An answer that contradicts
    our rows is parked for staff.
    """
    if session.provider_id is None:
        return end_unseen(session, at=at)
    charge = session.charge
    too_much = session.amount_cents != charge.due_cents
    over = replace or too_much or charge.state != Charge.State.OPEN or session.expires_at <= at
    facts = None
    try:
        facts = gateway.find_checkout(session.provider_id, within=within)
        if over and within is None and facts.outcome == Outcome.OPEN:
            facts = gateway.close_checkout(session.provider_id)
        faultpoint("checkout.looked")
        session = record_facts(facts, at=at)
    except (ForStaff, ProviderRefused) as error:
        park_answer(session, facts, str(error), at=at)
        if isinstance(error, NotThere):
            session = _end_unknown(session, at=at)
    CheckoutSession.objects.filter(pk=session.pk).update(asked_at=at)
    return session


def park_answer(session: CheckoutSession, facts: CheckoutFacts | None, why: str, *, at: datetime) -> None:
    """Park an answer to our own request, for staff to match it to a charge; once for each visit."""
    said = {}
    if facts:
        said = {"outcome": facts.outcome, "payment": facts.payment_ref, "cents": facts.amount_cents}
        said |= {"currency": facts.currency, "live": facts.live, "at": facts.happened_at.isoformat()}
        said |= {"reference": facts.reference, "charge": facts.charge}
    ProviderEvent.objects.get_or_create(
        event_id=f"asked:{session.idempotency_key}",
        defaults={
            "type": "answer",
            "payload": {"session": session.provider_id, "charge": session.charge_id, "said": said},
            "received_at": at,
            "state": ProviderEvent.State.PARKED,
            "note": Truncator(why).chars(300),
        },
    )


def _locked_session(facts: CheckoutFacts) -> CheckoutSession:
    """Return the visit that the facts are about, under lock. Its charge is locked first."""
    found = _visit(facts.provider_id, facts.reference)
    if found is None:
        raise ForStaff("No payment page of ours has this name.")
    return _locked(*found)


def _visit(provider_id: str | None, reference: str) -> tuple[int, int] | None:
    """Return the primary keys of the visit with this name at the provider, else of the one with this
    reference, and of its charge; None without either.
    """
    named = Q(idempotency_key=reference) | (Q(provider_id=provider_id) if provider_id else Q())
    rows = CheckoutSession.objects.filter(named).values_list("pk", "charge_id", "provider_id")
    found = sorted(rows.order_by(), key=lambda row: row[2] != provider_id)
    return found[0][:2] if found else None


def _compare(session: CheckoutSession, facts: CheckoutFacts) -> None:
    charge = session.charge
    points = {
        "The payment page": (
            facts.provider_id or session.provider_id,
            session.provider_id or facts.provider_id,
        ),
        "The reference": (facts.reference, session.idempotency_key),
        "The charge": (facts.charge, str(charge.pk)),
        "The amount": (format_cents(facts.amount_cents), format_cents(session.amount_cents)),
        "The currency": (facts.currency, charge.currency),
        "Real or test money": (facts.live, charge.live),
    }
    for name, (said, ours) in points.items():
        if said != ours:
            raise ForStaff(f"{name} is {said}; ours is {ours}.")


def _take_money(session: CheckoutSession, facts: CheckoutFacts, *, at: datetime) -> None:
    """Write the payment to the ledger once; it settles the charge, or is returned."""
    charge = session.charge
    _move(session, State.COMPLETE, at=at)
    known = LedgerEntry.objects.filter(provider_ref=facts.payment_ref).first()
    if known is not None:
        if known.charge_id != charge.pk:
            raise ForStaff(f"The payment {facts.payment_ref} is already credited elsewhere.")
        return
    if is_going_back(facts.payment_ref):
        raise ForStaff(f"Staff are sending the payment {facts.payment_ref} back.")
    credit_payment(charge, facts.payment_ref, facts.amount_cents, facts.happened_at, by=None, at=at)


def credit_payment(
    charge: Charge, payment_ref: str, cents: int, happened_at: datetime, *, by: Trainer | None, at: datetime
) -> None:
    """Credit money that fits a locked charge: it settles the charge, or is returned when the charge
    needs no payment any more.

    What was paid beyond what is due is returned too: a part may have been waived after the payment
    page was opened (Q35).
    """
    payment = write_ledger(charge, LedgerEntry.Kind.PAYMENT, -cents, by=by, at=at, provider_ref=payment_ref)
    cause = _cause_to_return(charge, happened_at)
    if cause:
        refund_payment(payment, cause=cause, at=at)
    else:
        _settle(charge, payment, happened_at, at=at)
        return_overpaid(charge, at=at)


def end_visit(money: Money, *, paid: bool, at: datetime) -> None:
    """End the visit to the payment page whose money staff have decided about, so that a new visit
    can begin.

    With `paid` the visit becomes complete, otherwise expired or declined. Does nothing when no
    visit has this money.
    """
    found = _visit(money.provider_id, money.reference)
    if found is None:
        return
    session = _locked(*found)
    over = State.DECLINED if session.state == State.CONFIRMING else State.EXPIRED
    wanted = State.COMPLETE if paid else over
    if wanted in CheckoutSession.TRANSITIONS[session.state]:
        _move(session, wanted, at=at)
        session.save()


def _cause_to_return(charge: Charge, happened_at: datetime) -> Refund.Cause | None:
    if charge.state == Charge.State.PAID:
        return Refund.Cause.TWICE if charge.paid_cents else Refund.Cause.NOT_DUE
    if charge.state == Charge.State.VOID:
        return Refund.Cause.NOT_DUE
    return Refund.Cause.LATE if charge.pay_by and happened_at >= charge.pay_by else None


def _settle(charge: Charge, payment: LedgerEntry, paid_at: datetime, *, at: datetime) -> None:
    charge.paid_at, charge.paid_cents = paid_at, -payment.amount_cents
    detail = {"payment": payment.provider_ref}
    move(charge, Charge.State.PAID, "settled", trainer=charge.trainer, by=None, at=at, detail=detail)
    queue_payer_notice(RECEIPT, charge, event="paid", at=at)
    announce_settled(charge)


def announce_settled(charge: Charge) -> None:
    """After the commit, send the signal that a charge is settled."""
    transaction.on_commit(lambda: _announce(charge))


def _announce(charge: Charge) -> None:
    """Send the signal that a charge is settled. If the signal is lost, a sweep of each receiver
    finds the charge.
    """
    faultpoint("charge.settled")
    charge_settled.send_robust(sender=Charge, charge=charge)


def _follow(session: CheckoutSession, state: CheckoutSession.State, *, at: datetime) -> None:
    """Move the visit to `state` by one transition. A report of an earlier state than the visit's
    changes nothing.
    """
    if state not in CheckoutSession.TRANSITIONS[session.state]:
        return
    _move(session, state, at=at)
    if state in _NOTICES:
        payload = {"cents": session.amount_cents}
        queue_payer_notice(
            _NOTICES[state], session.charge, event=f"visit:{session.pk}", at=at, payload=payload
        )


def _move(session: CheckoutSession, state: str, *, at: datetime) -> None:
    if session.state != state:
        move(session, state, state, trainer=session.charge.trainer, by=None, at=at)


@transaction.atomic
def end_unseen(session: CheckoutSession, *, at: datetime) -> CheckoutSession:
    """End a visit whose payment page nobody has opened: its URL was never received, so nobody can
    have paid. Idempotent.
    """
    session = _locked(session.pk, session.charge_id)
    if session.state == State.OPENING and session.provider_id is None:
        _move(session, State.EXPIRED, at=at)
        session.save()
    return session


@transaction.atomic
def _end_unknown(session: CheckoutSession, *, at: datetime) -> CheckoutSession:
    """End a visit that the provider does not know, so that a new visit can begin."""
    session = _locked(session.pk, session.charge_id)
    if session.state == State.OPEN:
        _move(session, State.EXPIRED, at=at)
        session.save()
    return session


def _locked(session_id: int, charge_id: int) -> CheckoutSession:
    """Return the visit under lock. Its charge is locked first."""
    charge = lock_charge(charge_id)
    session = CheckoutSession.objects.select_for_update().get(pk=session_id)
    session.charge = charge
    return session
