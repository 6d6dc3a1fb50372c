"""Translate the provider's data into our types, without requests, clock or rows."""

from collections.abc import Mapping
from datetime import datetime

from payments.errors import ForStaff
from payments.facts import (
    CheckoutFacts,
    DisputeFacts,
    DisputeStep,
    NothingToDo,
    Outcome,
    PayoutFacts,
    RefundedFacts,
    RefundFacts,
)
from payments.gateway.payouts import payout_facts
from payments.gateway.values import ProviderObject, read_moment, read_value

Facts = CheckoutFacts | RefundFacts | RefundedFacts | DisputeFacts | PayoutFacts | NothingToDo


def event_facts(event: ProviderObject) -> Facts:
    """Return the facts of a verified event. Raises ForStaff when it needs action and cannot be
    processed.
    """
    kind, thing = str(event["type"]), read_value(event, "data", "object", of=dict)
    if read_value(event, "livemode", of=bool) is not read_value(
        thing, "livemode", of=bool, default=event["livemode"]
    ):
        raise ForStaff("The event and its object disagree about real money.")
    happened_at = read_moment(event, "created")
    if kind in _OUTCOMES:
        return checkout_facts(thing, _OUTCOMES[kind], happened_at)
    if kind == "payment_intent.payment_failed":
        return _refusal_facts(thing, happened_at)
    if kind in ("refund.created", "refund.updated", "refund.failed"):
        return refund_facts(thing, happened_at)
    if kind == "charge.refunded":
        return _refunded_facts(thing, happened_at)
    if kind.startswith("charge.dispute."):
        return _dispute_facts(thing, happened_at, kind.rpartition(".")[2])
    if kind.startswith("payout."):
        return payout_facts(thing)
    if kind == FRAUD_WARNING:
        raise ForStaff(_warning_words(thing))
    return NothingToDo("Nothing to do.")


FRAUD_WARNING = "radar.early_fraud_warning.created"


_OUTCOMES = {
    "checkout.session.completed": None,  # paid or confirming, by its payment_status
    "checkout.session.async_payment_succeeded": Outcome.PAID,
    "checkout.session.async_payment_failed": Outcome.DECLINED,
    "checkout.session.expired": Outcome.EXPIRED,
}


def _whole(thing: object) -> ProviderObject:
    return thing if isinstance(thing, Mapping) else {}


def checkout_facts(
    page: ProviderObject, outcome: Outcome | None = None, happened_at: datetime | None = None
) -> CheckoutFacts:
    """Return the facts of a checkout session. An event gives its outcome and moment; an answer to
    our own request has neither.
    """
    payment = page.get("payment_intent")
    result = outcome or _outcome(page, payment)
    if result == Outcome.PAID and page.get("payment_status") != "paid":
        raise ForStaff("The payment is called settled and not paid at once.")
    payment_ref = (
        payment if isinstance(payment, str) else read_value(_whole(payment), "id", of=str, default="")
    )
    if result == Outcome.PAID and not payment_ref:
        raise ForStaff("payment_intent is missing.")
    return CheckoutFacts(
        outcome=result,
        happened_at=happened_at or _paid_moment(page, payment),
        reference=read_value(page, "client_reference_id", of=str),
        charge=read_value(page, "metadata", "charge", of=str),
        provider_id=read_value(page, "id", of=str),
        payment_ref=payment_ref,
        amount_cents=read_value(page, "amount_total", of=int),
        currency=read_value(page, "currency", of=str).upper(),
        live=read_value(page, "livemode", of=bool),
        url=read_value(page, "url", of=str, default=""),
    )


def _outcome(page: ProviderObject, payment: object) -> Outcome:
    status, paid = page.get("status"), page.get("payment_status")
    if status in ("open", "expired"):
        return Outcome(status)
    if status != "complete" or paid not in ("paid", "unpaid"):
        raise ForStaff(f"The page is {status} and its payment {paid}.")
    if paid == "paid":
        return Outcome.PAID
    waits = not isinstance(payment, Mapping) or payment.get("status") in ("processing", "requires_action")
    return Outcome.CONFIRMING if waits else Outcome.DECLINED


def _paid_moment(page: ProviderObject, payment: object) -> datetime:
    """Return when the payment was made; when the page does not state that, when the page was created."""
    latest = payment.get("latest_charge") if isinstance(payment, Mapping) else None
    return read_moment(latest, "created") if isinstance(latest, Mapping) else read_moment(page, "created")


def _refusal_facts(payment: ProviderObject, happened_at: datetime) -> CheckoutFacts | NothingToDo:
    told = payment.get("metadata")
    if not isinstance(told, Mapping) or "reference" not in told:
        return NothingToDo("A payment that did not begin here.")
    return CheckoutFacts(
        outcome=Outcome.REFUSED,
        happened_at=happened_at,
        reference=read_value(told, "reference", of=str),
        charge=read_value(told, "charge", of=str),
        provider_id=None,
        payment_ref=read_value(payment, "id", of=str),
        amount_cents=read_value(payment, "amount", of=int),
        currency=read_value(payment, "currency", of=str).upper(),
        live=read_value(payment, "livemode", of=bool),
    )


def refund_facts(refund: ProviderObject, happened_at: datetime | None = None) -> RefundFacts:
    """Return the facts of a refund. An event gives its moment; an answer to our own request has
    none.

    Raises ForStaff when the data is incomplete.
    """
    return RefundFacts(
        reference=read_value(refund, "metadata", "refund", of=str, default=""),
        provider_id=read_value(refund, "id", of=str),
        amount_cents=read_value(refund, "amount", of=int),
        currency=read_value(refund, "currency", of=str).upper(),
        accepted=refund.get("status") in ("succeeded", "pending", "requires_action"),
        payment_ref=_payment_name(refund),
        made_at=read_moment(refund, "created") if "created" in refund else None,
        happened_at=happened_at,
    )


def _refunded_facts(charge: ProviderObject, happened_at: datetime) -> RefundedFacts:
    listed = charge.get("refunds")
    rows = listed.get("data") if isinstance(listed, Mapping) else ()
    refunds = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    ref = _payment_name(charge)
    return RefundedFacts(
        payment_ref=ref,
        amount_cents=read_value(charge, "amount_refunded", of=int),
        refunds=tuple(refund_facts({"payment_intent": ref, **row}, happened_at) for row in refunds),
    )


_STEPS = {"funds_withdrawn": DisputeStep.WITHDRAWN, "funds_reinstated": DisputeStep.REINSTATED}


def _dispute_facts(dispute: ProviderObject, happened_at: datetime, step: str) -> DisputeFacts:
    due = dispute.get("evidence_details")
    has_due = isinstance(due, Mapping) and due.get("due_by") is not None
    return DisputeFacts(
        step=_STEPS.get(step, DisputeStep.TOLD),
        happened_at=happened_at,
        provider_id=read_value(dispute, "id", of=str),
        payment_ref=_payment_name(dispute),
        amount_cents=read_value(dispute, "amount", of=int),
        currency=read_value(dispute, "currency", of=str).upper(),
        live=read_value(dispute, "livemode", of=bool),
        status=read_value(dispute, "status", of=str),
        reason=read_value(dispute, "reason", of=str, default="")[:60],
        opened_at=read_moment(dispute, "created") if "created" in dispute else None,
        answer_by=read_moment(due, "due_by") if has_due and isinstance(due, Mapping) else None,
    )


def _warning_words(warning: ProviderObject) -> str:
    kind = read_value(warning, "fraud_type", of=str, default="not said").replace("_", " ")
    return f"The bank warns of fraud ({kind}). A dispute may follow: look at the payment now."


def _payment_name(thing: ProviderObject) -> str:
    """Return the provider's name of the payment that a refund, a charge or a dispute refers to; ""
    when it refers to none.
    """
    payment = thing.get("payment_intent")
    name: str = read_value(
        payment if isinstance(payment, Mapping) else {"id": payment}, "id", of=str, default=""
    )
    return name
