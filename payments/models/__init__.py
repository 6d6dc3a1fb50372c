"""The models of charges, payments, refunds, payouts and the provider's messages."""

from payments.models.charge import Charge, ChargeLine, ChargeQuerySet, CheckoutSession
from payments.models.dispute import Dispute, DisputeQuerySet
from payments.models.event import ProviderEvent
from payments.models.fee_decision import FeeDecision
from payments.models.ledger import LedgerEntry, Refund, RefundQuerySet
from payments.models.payout import Difference, Payout, PayoutLine

__all__ = [
    "Charge",
    "ChargeLine",
    "ChargeQuerySet",
    "CheckoutSession",
    "Difference",
    "Dispute",
    "DisputeQuerySet",
    "FeeDecision",
    "LedgerEntry",
    "Payout",
    "PayoutLine",
    "ProviderEvent",
    "Refund",
    "RefundQuerySet",
]
