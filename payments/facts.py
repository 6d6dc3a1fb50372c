"""What the provider says, in our words: `gateway/` makes these facts, the services read them and
nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a visit to the payment page stands."""

    OPEN = "open"
    REFUSED = "refused"  # a bank said no on the page; the payer may try again there
    CONFIRMING = "confirming"
    PAID = "paid"
    DECLINED = "declined"  # the bank's last word
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class CheckoutFacts:
    """`reference` and `charge` are what we told the provider when we opened the page; they come
    back unchanged.
    """

    outcome: Outcome
    happened_at: datetime
    reference: str
    charge: str
    provider_id: str | None
    payment_ref: str
    amount_cents: int
    currency: str  # upper case
    live: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """`accepted`: the provider returns the money, or has done so; otherwise it says that it will
    not.
    """

    reference: str
    provider_id: str
    amount_cents: int
    currency: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """An event that asks nothing of us; `why` is for staff."""

    why: str


@dataclass(frozen=True, slots=True)
class Money:
    """What a message says of money, as far as it can be read: for staff, who match it. None or "":
    it does not say.
    """

    arrived: bool = False
    payment_ref: str = ""
    amount_cents: int | None = None
    currency: str = ""  # upper case
    live: bool | None = None
    happened_at: datetime | None = None
    provider_id: str = ""
    reference: str = ""
    charge: str = ""
