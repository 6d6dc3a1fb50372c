"""The money of a message that could not be processed, as far as it can be read. Never raises."""

from collections.abc import Mapping
from datetime import UTC, datetime

from payments.facts import Money
from payments.gateway.values import LONGEST_NAME, ProviderObject

_PAGE, _PAYMENT = "checkout.session.", "payment_intent."


def money_in_event(event: ProviderObject) -> Money:
    """Return the money that a stored event is about. For a payment page or a payment: whether the
    money arrived, and the amount. For any other object: which payment it refers to.
    """
    kind = str(event.get("type", ""))
    thing = _inner(_inner(event, "data"), "object")
    payment = thing.get("payment_intent")
    ref = thing.get("id") if kind.startswith(_PAYMENT) else payment
    paid = kind.startswith(_PAGE) and thing.get("payment_status") == "paid"
    paid = paid or (kind.startswith(_PAYMENT) and thing.get("status") == "succeeded")
    cents = thing.get("amount_total" if kind.startswith(_PAGE) else "amount")
    live = event.get("livemode")
    agreed = live if isinstance(live, bool) and thing.get("livemode", live) is live else None
    told = _inner(thing, "metadata")
    return Money(
        arrived=paid,
        payment_ref=_text(ref if not isinstance(ref, Mapping) else ref.get("id")),
        amount_cents=cents if type(cents) is int and abs(cents) < 2**31 else None,
        currency=_text(thing.get("currency")).upper(),
        live=agreed,
        happened_at=_moment(event.get("created")),
        provider_id=_text(thing.get("id")) if kind.startswith(_PAGE) else "",
        reference=_text(thing.get("client_reference_id")) or _text(told.get("reference")),
        charge=_text(told.get("charge")),
    )


def _inner(thing: ProviderObject, key: str) -> ProviderObject:
    found = thing.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_NAME else ""


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(value, UTC) if type(value) is int else None
    except (OverflowError, ValueError, OSError):
        return None
