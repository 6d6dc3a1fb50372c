"""Triggers of the payments app: the ledger is append-only, a paid charge stays paid, what is owed never changes."""

from core.triggers import Trigger, append_only

_CHARGE, _SESSION, _EVENT, _REFUND = (
    "payments_charge",
    "payments_checkoutsession",
    "payments_providerevent",
    "payments_refund",
)
_OWED = (
    "NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.live <> OLD.live "
    "OR NEW.trainer_id <> OLD.trainer_id OR NEW.subject <> OLD.subject OR NEW.description <> OLD.description "
    "OR CAST(NEW.lines AS TEXT) <> CAST(OLD.lines AS TEXT)"
)
_MORE_THAN_PAID = (
    "NEW.payment_id IS NOT NULL AND NEW.amount_cents + (SELECT COALESCE(SUM(r.amount_cents), 0) FROM payments_refund r "
    "WHERE r.payment_id = NEW.payment_id AND r.state NOT IN ('failed', 'refused')) "
    "> COALESCE((SELECT -p.amount_cents FROM payments_ledgerentry p "
    "WHERE p.id = NEW.payment_id AND p.kind = 'payment' AND p.charge_id = NEW.charge_id), 0)"
)
_REFUND_TERMS = (
    "NEW.amount_cents <> OLD.amount_cents OR COALESCE(NEW.payment_id, 0) <> COALESCE(OLD.payment_id, 0) "
    "OR COALESCE(NEW.charge_id, 0) <> COALESCE(OLD.charge_id, 0) "
    "OR COALESCE(NEW.event_id, 0) <> COALESCE(OLD.event_id, 0) OR NEW.payment_ref <> OLD.payment_ref "
    "OR NEW.hand_reference <> OLD.hand_reference OR COALESCE(NEW.instead_of_id, 0) <> COALESCE(OLD.instead_of_id, 0) "
    "OR NEW.idempotency_key <> OLD.idempotency_key OR NEW.cause <> OLD.cause "
    "OR COALESCE(NEW.by_id, 0) <> COALESCE(OLD.by_id, 0) OR NEW.reason <> OLD.reason"
)

TRIGGERS = [
    *append_only("payments_ledgerentry"),
    Trigger("payments_charge_fixed", _CHARGE, "UPDATE", "what is owed never changes", when=_OWED),
    Trigger(
        "payments_charge_settled_once",
        _CHARGE,
        "UPDATE OF state",
        "a charge is settled once",
        when="OLD.state <> 'open' AND NEW.state <> OLD.state",
    ),
    Trigger("payments_charge_kept", _CHARGE, "DELETE", "a charge is never removed"),
    Trigger(
        "payments_session_stays_paid",
        _SESSION,
        "UPDATE OF state",
        "what was paid stays paid",
        when="OLD.state = 'complete' AND NEW.state <> OLD.state",
    ),
    Trigger("payments_session_kept", _SESSION, "DELETE", "a visit to the payment page is never removed"),
    Trigger(
        "payments_event_once",
        _EVENT,
        "UPDATE",
        "what the provider sent is acted on once and never changed",
        when="NEW.event_id <> OLD.event_id OR NEW.type <> OLD.type OR CAST(NEW.payload AS TEXT) <> CAST(OLD.payload AS TEXT) "
        "OR (OLD.state IN ('processed', 'ignored') AND NEW.state <> OLD.state) "
        "OR (OLD.state = 'handled' AND NEW.state NOT IN ('handled', 'parked'))",
    ),
    Trigger("payments_event_kept", _EVENT, "DELETE", "what the provider sent is never removed"),
    Trigger(
        "payments_refund_within_payment",
        _REFUND,
        "INSERT",
        "no more goes back than was paid",
        when=_MORE_THAN_PAID,
    ),
    Trigger("payments_refund_fixed", _REFUND, "UPDATE", "what goes back never changes", when=_REFUND_TERMS),
    Trigger(
        "payments_refund_ended",
        _REFUND,
        "UPDATE OF state",
        "a refund ends once",
        when="OLD.state NOT IN ('waiting', 'requested') AND NEW.state <> OLD.state",
    ),
    Trigger(
        "payments_refund_second_person",
        _REFUND,
        "UPDATE OF state",
        "somebody else decides about a refund that waits",
        when="OLD.state = 'waiting' AND NEW.state <> OLD.state AND NEW.decided_by_id IS NULL",
    ),
    Trigger("payments_refund_kept", _REFUND, "DELETE", "a refund is never removed"),
]
