"""The provider's data as types of ours. `payments/gateway/` makes them; services read nothing else
that comes from the provider.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a visit to the payment page stands, by the provider's report."""

    OPEN = "open"
    REFUSED = "refused"  # declined on the open page; the payer may retry there
    CONFIRMING = "confirming"
    PAID = "paid"
    DECLINED = "declined"  # final
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class CheckoutFacts:
    """A visit to the payment page, as the provider reports it.

    `reference` and `charge` are the values that we sent when the page was opened; the provider
    returns them unchanged.
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
    """A refund, as the provider reports it. `accepted`: the provider returns the money or has done
    so; otherwise it will not.

    `made_at` is when the refund was made; `happened_at` is the moment of this report, None when it
    states none. A refund without a `reference` of ours was made by somebody on the provider's own
    site.
    """

    reference: str
    provider_id: str
    amount_cents: int
    currency: str
    accepted: bool
    payment_ref: str = ""
    made_at: datetime | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefundedFacts:
    """The total that was refunded of a payment, and the refunds that the message contains."""

    payment_ref: str
    amount_cents: int
    refunds: tuple[RefundFacts, ...]


class DisputeStep(StrEnum):
    """What a message reports about a dispute besides the dispute's status, such as that money was taken."""

    TOLD = "told"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """A dispute, as one message of the provider reports it."""

    step: DisputeStep
    happened_at: datetime
    provider_id: str
    payment_ref: str
    amount_cents: int
    currency: str  # upper case
    live: bool
    status: str
    reason: str
    opened_at: datetime | None = None
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """A payout, as the provider reports it. `state` has the values of our model. `listed` is true
    once the provider can list the payout's lines.
    """

    provider_id: str
    state: str
    amount_cents: int
    currency: str  # upper case
    live: bool
    automatic: bool
    made_at: datetime
    arrives_on: date
    listed: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One movement of money in a payout; its kind has the values of our model. `ref` is the
    provider's name for what moved, as our ledger stores it.
    """

    provider_id: str
    kind: str
    type: str
    ref: str
    payment_ref: str
    words: str
    amount_cents: int
    fee_cents: int
    currency: str  # upper case
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """The facts of an event that needs no action; `why` is for staff."""

    why: str


@dataclass(frozen=True, slots=True)
class Money:
    """The money that a message is about, as far as the message can be read; for staff who match it
    to a charge. None or "" means: not stated.
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
