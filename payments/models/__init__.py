"""The models of charges, payments, refunds and the provider's messages."""

from payments.models.charge import Charge, ChargeQuerySet, CheckoutSession
from payments.models.dispute import Dispute, DisputeQuerySet
from payments.models.event import ProviderEvent
from payments.models.fee_decision import FeeDecision
from payments.models.ledger import LedgerEntry, Refund, RefundQuerySet

__all__ = [
    "Charge",
    "ChargeQuerySet",
    "CheckoutSession",
    "Dispute",
    "DisputeQuerySet",
    "FeeDecision",
    "LedgerEntry",
    "ProviderEvent",
    "Refund",
    "RefundQuerySet",
]
