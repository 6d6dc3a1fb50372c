"""What is owed, what was paid, what went back, and every word that the provider sent us."""

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
