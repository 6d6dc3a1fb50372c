"""The models of charges, payments, refunds and the provider's messages."""

from payments.models.charge import Charge, ChargeQuerySet, CheckoutSession
from payments.models.event import ProviderEvent
from payments.models.ledger import LedgerEntry, Refund, RefundQuerySet

__all__ = [
    "Charge",
    "ChargeQuerySet",
    "CheckoutSession",
    "LedgerEntry",
    "ProviderEvent",
    "Refund",
    "RefundQuerySet",
]
