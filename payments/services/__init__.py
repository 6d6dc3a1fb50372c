"""The services of charges, refunds and the provider's messages: one function for each change.

Only `payments/gateway/` knows the provider.
"""

from payments.services.charges import (
    WENT_BACK,
    has_ended_declined,
    may_still_settle,
    payment_state,
    raise_charge,
    void_charge,
)
from payments.services.checkout import open_checkout
from payments.services.differences import explain_difference, note_missing, settle_difference
from payments.services.disputes import record_dispute
from payments.services.events import events_to_revive, keep_event, process_event, receive_event, revive_event
from payments.services.fee_decisions import (
    check_stands,
    check_undecided,
    is_decided,
    may_stand,
    record_fee_decision,
    repeated_decision,
)
from payments.services.giving_back import (
    approve_refund,
    refuse_refund,
    request_refund,
    return_by_hand,
)
from payments.services.matching import credit_event, dismiss_event, return_event
from payments.services.payouts import ask_payouts, fetch_lines, record_payout
from payments.services.refund_checks import fee_went_back, kept_of, second_person_above, still_kept
from payments.services.refunds import send_refund
from payments.services.settlement import ask_provider, record_facts
from payments.services.waiving import check_waivable, effect_of_waiver, waive_charge

__all__ = [
    "WENT_BACK",
    "check_stands",
    "check_undecided",
    "is_decided",
    "may_stand",
    "record_fee_decision",
    "ask_payouts",
    "explain_difference",
    "note_missing",
    "fetch_lines",
    "settle_difference",
    "record_payout",
    "repeated_decision",
    "events_to_revive",
    "fee_went_back",
    "record_dispute",
    "revive_event",
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
    "check_waivable",
    "effect_of_waiver",
    "waive_charge",
]
