"""Triggers of payments: append-only ledger, fixed charges, declared transitions only."""

from core.transitions import step_trigger
from core.triggers import Trigger, append_only, columns_fixed, never_removed
from payments.models import Charge, CheckoutSession, ProviderEvent, Refund

_CHARGE, _SESSION, _EVENT, _REFUND = (
    "payments_charge",
    "payments_checkoutsession",
    "payments_providerevent",
    "payments_refund",
)
_OWED = ("amount_cents", "currency", "live", "trainer_id", "subject", "description", "lines")
_MORE_THAN_PAID = (
    "NEW.payment_id IS NOT NULL AND NEW.amount_cents + (SELECT COALESCE(SUM(r.amount_cents), 0) FROM payments_refund r "
    "WHERE r.payment_id = NEW.payment_id AND r.state NOT IN ('failed', 'refused')) "
    "> COALESCE((SELECT -p.amount_cents FROM payments_ledgerentry p "
    "WHERE p.id = NEW.payment_id AND p.kind = 'payment' AND p.charge_id = NEW.charge_id), 0)"
)
_GOES_BACK = (
    *("amount_cents", "payment_id", "charge_id", "event_id", "payment_ref", "hand_reference"),
    *("instead_of_id", "idempotency_key", "cause", "by_id", "reason"),
)

TRIGGERS = [
    *append_only("payments_ledgerentry"),
    step_trigger(Charge),
    step_trigger(CheckoutSession),
    step_trigger(ProviderEvent),
    step_trigger(Refund),
    columns_fixed("payments_charge_fixed", _CHARGE, _OWED, "what is owed never changes"),
    never_removed("payments_charge_kept", _CHARGE, "a charge is never removed"),
    never_removed("payments_session_kept", _SESSION, "a visit to the payment page is never removed"),
    columns_fixed(
        "payments_event_fixed",
        _EVENT,
        ("event_id", "type", "payload"),
        "what the provider sent never changes",
    ),
    never_removed("payments_event_kept", _EVENT, "what the provider sent is never removed"),
    Trigger(
        "payments_refund_within_payment",
        _REFUND,
        "INSERT",
        "no more goes back than was paid",
        when=_MORE_THAN_PAID,
    ),
    columns_fixed("payments_refund_fixed", _REFUND, _GOES_BACK, "what goes back never changes"),
    Trigger(
        "payments_refund_second_person",
        _REFUND,
        "UPDATE OF state",
        "somebody else decides about a refund that waits",
        when="OLD.state = 'waiting' AND NEW.state <> OLD.state AND NEW.decided_by_id IS NULL",
    ),
    never_removed("payments_refund_kept", _REFUND, "a refund is never removed"),
]
