"""The gateway to the payment provider (Stripe), which no other package knows.

It decides nothing: it sends requests, verifies messages and translates both. No card number passes
through it, because the payer types that on the provider's own page.
"""

from payments.gateway.asking import (
    ask_for_page,
    close_checkout,
    find_checkout,
    find_payout_lines,
    find_payouts,
    find_refunds,
    return_payment,
    site_address,
)
from payments.gateway.hearing import verified_event
from payments.gateway.reading import money_in_event
from payments.gateway.translation import FRAUD_WARNING, event_facts

__all__ = [
    "FRAUD_WARNING",
    "close_checkout",
    "event_facts",
    "find_checkout",
    "find_payout_lines",
    "find_payouts",
    "find_refunds",
    "money_in_event",
    "ask_for_page",
    "return_payment",
    "site_address",
    "verified_event",
]
