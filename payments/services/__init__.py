"""The changes of charges, refunds and messages, one function for each.

Only `payments/gateway/` knows the provider.
"""

from payments.services.charges import (
    has_ended_declined,
    may_still_settle,
    payment_state,
    raise_charge,
    void_charge,
)
from payments.services.checkout import open_checkout
from payments.services.events import keep_event, process_event, receive_event
from payments.services.giving_back import (
    approve_refund,
    refuse_refund,
    request_refund,
    return_by_hand,
)
from payments.services.matching import credit_event, dismiss_event, return_event
from payments.services.refund_checks import kept_of, second_person_above, still_kept
from payments.services.refunds import send_refund
from payments.services.settlement import ask_provider, record_facts

__all__ = [
    "approve_refund",
    "credit_event",
    "dismiss_event",
    "return_event",
    "ask_provider",
    "keep_event",
    "kept_of",
    "has_ended_declined",
    "may_still_settle",
    "open_checkout",
    "payment_state",
    "process_event",
    "raise_charge",
    "receive_event",
    "record_facts",
    "refuse_refund",
    "request_refund",
    "return_by_hand",
    "second_person_above",
    "send_refund",
    "still_kept",
    "void_charge",
]
