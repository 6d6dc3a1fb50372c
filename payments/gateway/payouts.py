"""Translation of payouts and their lines, which the provider calls balance transactions."""

from collections.abc import Mapping

from payments.errors import ForStaff
from payments.facts import LineFacts, PayoutFacts
from payments.gateway.values import ProviderObject, read_moment, read_value
from payments.models.payout import LONGEST_WORDS, Payout, PayoutLine

State, Kind = Payout.State, PayoutLine.Kind
STATES = {
    "pending": State.ON_WAY,
    "in_transit": State.ON_WAY,
    "paid": State.PAID,
    "failed": State.FAILED,
    "canceled": State.CANCELLED,
}
KINDS = {  # by the provider's type; a type that is not listed here is explained by a person
    "charge": Kind.PAYMENT,
    "payment": Kind.PAYMENT,
    "refund": Kind.REFUND,
    "payment_refund": Kind.REFUND,
    "refund_failure": Kind.UNDONE,
    "stripe_fee": Kind.FEE,
    "stripe_fx_fee": Kind.FEE,
    "tax_fee": Kind.FEE,
    "payout_failure": Kind.RETURNED,
    "payout_cancel": Kind.RETURNED,
}
OF_DISPUTES = {"dispute": Kind.DISPUTE, "dispute_reversal": Kind.WON}  # by the reporting category
SUFFIXES = {Kind.UNDONE: ":failed", Kind.WON: ":won"}  # what our ledger adds to that name


def payout_facts(payout: ProviderObject) -> PayoutFacts:
    """Return the facts of a payout, from an event or from an answer to our request. Raises ForStaff
    when something is missing.
    """
    status = read_value(payout, "status", of=str)
    if status not in STATES:
        raise ForStaff(f"The payout is “{status}”, which we do not know.")
    automatic = read_value(payout, "automatic", of=bool)
    return PayoutFacts(
        provider_id=read_value(payout, "id", of=str),
        state=STATES[status],
        amount_cents=read_value(payout, "amount", of=int),
        currency=read_value(payout, "currency", of=str).upper(),
        live=read_value(payout, "livemode", of=bool),
        automatic=automatic,
        made_at=read_moment(payout, "created"),
        arrives_on=read_moment(payout, "arrival_date").date(),  # midnight of the day in UTC
        listed=automatic and payout.get("reconciliation_status") == "completed",
        trouble=_text_of(payout, "failure_message"),
    )


def line_facts(row: ProviderObject) -> LineFacts:
    """Return the facts of a balance transaction that contains its source as an object. Raises
    ForStaff when something is missing.
    """
    word, category = read_value(row, "type", of=str), row.get("reporting_category")
    kind = KINDS.get(word, Kind.OTHER)
    if word == "adjustment":
        kind = OF_DISPUTES.get(str(category), Kind.OTHER)
    amount, fee = read_value(row, "amount", of=int), read_value(row, "fee", of=int)
    if read_value(row, "net", of=int) != amount - fee:
        raise ForStaff("A line of the payout is not its amount less its fee.")
    source = row.get("source")
    thing = source if isinstance(source, Mapping) else {"id": source}
    payment = _name(thing.get("payment_intent"))
    return LineFacts(
        provider_id=read_value(row, "id", of=str),
        kind=kind,
        type=word[:60],
        ref=_ledger_name(kind, thing, payment),
        payment_ref=payment,
        words=_text_of(row, "description") if kind in (Kind.FEE, Kind.OTHER) else "",
        amount_cents=amount,
        fee_cents=fee,
        currency=read_value(row, "currency", of=str).upper(),
        happened_at=read_moment(row, "created"),
    )


def _ledger_name(kind: PayoutLine.Kind, thing: ProviderObject, payment: str) -> str:
    """Return the provider's name by which our ledger knows the movement: of a payment, its payment
    intent; of anything else, its own.
    """
    own = _name(thing)
    if kind == Kind.PAYMENT:
        return payment or own
    return f"{own}{SUFFIXES.get(kind, '')}" if own else ""


def _name(thing: object) -> str:
    name: str = read_value(thing if isinstance(thing, Mapping) else {"id": thing}, "id", of=str, default="")
    return name


def _text_of(thing: ProviderObject, key: str) -> str:
    value = thing.get(key)
    return value[:LONGEST_WORDS] if isinstance(value, str) else ""
