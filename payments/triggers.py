"""Triggers of payments: the ledger is append-only, a charge's amount is fixed, and states change
only by TRANSITIONS.
"""

from core.transitions import step_trigger
from core.triggers import Trigger, append_only, columns_fixed, never_removed
from payments.models import Charge, CheckoutSession, Difference, Dispute, Payout, ProviderEvent, Refund

_CHARGE, _SESSION, _EVENT, _REFUND = (
    "payments_charge",
    "payments_checkoutsession",
    "payments_providerevent",
    "payments_refund",
)
_OWED = (
    "amount_cents",
    "currency",
    "live",
    "trainer_id",
    "subject",
    "description",
    "lines",
    "policy_version",
)
_MORE_THAN_PAID = (  # a refund that the provider has made is a fact, whatever refund was requested here
    "NEW.cause <> 'provider' AND NEW.payment_id IS NOT NULL AND NEW.amount_cents + (SELECT COALESCE(SUM(r.amount_cents), 0) FROM payments_refund r "
    "WHERE r.payment_id = NEW.payment_id AND r.state NOT IN ('failed', 'refused')) "
    "> COALESCE((SELECT -p.amount_cents FROM payments_ledgerentry p "
    "WHERE p.id = NEW.payment_id AND p.kind = 'payment' AND p.charge_id = NEW.charge_id), 0)"
)
_GOES_BACK = (
    *("amount_cents", "payment_id", "charge_id", "event_id", "payment_ref", "hand_reference"),
    *("instead_of_id", "idempotency_key", "cause", "by_id", "reason"),
)

# SQL over NEW of a row with a charge, for the apps above: less of its fee is kept than is due (Q31).
_BACK = (
    "((SELECT COALESCE(SUM(r.amount_cents), 0) FROM payments_refund r WHERE r.charge_id = NEW.charge_id "
    "AND r.state NOT IN ('failed', 'refused')) + (SELECT COALESCE(SUM(d.amount_cents), 0) FROM payments_dispute d "
    "WHERE d.charge_id = NEW.charge_id AND d.state IN ('to_answer', 'answered', 'lost')))"
)
FEE_KEPT = (
    "((SELECT COALESCE(SUM(-p.amount_cents), 0) FROM payments_ledgerentry p WHERE p.charge_id = NEW.charge_id "  # noqa: S608 - our own words
    f"AND p.kind = 'payment') - {_BACK})"
)
_DUE = "(SELECT c.amount_cents - c.waived_cents FROM payments_charge c WHERE c.id = NEW.charge_id)"
FEE_WENT_BACK = f"({_BACK} > 0 AND {FEE_KEPT} < {_DUE} AND {_DUE} > 0)"
_MORE_THAN_WAIVED = f"NEW.cause = 'waived' AND NEW.by_id IS NULL AND {FEE_KEPT} - NEW.amount_cents < {_DUE}"
_WAIVED_ELSEWHERE = (
    "NEW.kind = 'relief' AND (SELECT c.waived_cents FROM payments_charge c WHERE c.id = NEW.charge_id) "
    "<> -NEW.amount_cents - (SELECT COALESCE(SUM(r.amount_cents), 0) FROM payments_ledgerentry r "
    "WHERE r.charge_id = NEW.charge_id AND r.kind = 'relief')"
)
_DISPUTE = "payments_dispute"
_NO_PAYMENT_OF_ITS_CHARGE = (
    "NOT EXISTS (SELECT 1 FROM payments_ledgerentry p WHERE p.id = NEW.payment_id AND p.kind = 'payment' "
    "AND p.charge_id = NEW.charge_id)"
)
_NOT_LOST = (
    "NEW.kind = 'dispute' AND NOT EXISTS (SELECT 1 FROM payments_dispute d WHERE d.charge_id = NEW.charge_id "
    "AND d.provider_id = NEW.provider_ref AND d.lost_at IS NOT NULL)"
)

_OWN_FEE = "NEW.by_id = (SELECT c.trainer_id FROM payments_charge c WHERE c.id = NEW.charge_id)"

_PAYOUT, _LINE, _DIFFERENCE = "payments_payout", "payments_payoutline", "payments_difference"
_PAID_OUT = ("provider_id", "amount_cents", "currency", "live", "automatic", "made_at")
_LISTED = (
    *("payout_id", "provider_id", "kind", "type", "ref", "payment_ref", "words"),
    *("amount_cents", "fee_cents", "currency", "happened_at"),
)
_OTHER_ENTRY = (
    "NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payments_ledgerentry e WHERE e.id = NEW.entry_id "
    "AND e.kind = NEW.kind AND e.provider_ref = NEW.ref)"
)
_READ_ALREADY = (
    "EXISTS (SELECT 1 FROM payments_payout p WHERE p.id = NEW.payout_id AND p.read_at IS NOT NULL)"
)

TRIGGERS = [
    *append_only("payments_ledgerentry"),
    *append_only("payments_feedecision"),
    Trigger(
        "payments_feedecision_of_another",
        "payments_feedecision",
        "INSERT",
        "nobody decides about their own fee",
        when=_OWN_FEE,
    ),
    step_trigger(Charge),
    step_trigger(CheckoutSession),
    step_trigger(ProviderEvent),
    step_trigger(Refund),
    columns_fixed("payments_charge_fixed", _CHARGE, _OWED, "what is owed never changes"),
    columns_fixed(
        "payments_charge_paid_fixed",
        _CHARGE,
        ("paid_cents",),
        "what was paid never changes",
        once="OLD.state = 'paid' AND NEW.state = 'paid'",
    ),
    Trigger(
        "payments_charge_waived_only_more",
        _CHARGE,
        "UPDATE OF waived_cents",
        "what was waived is due no more",
        when="NEW.waived_cents < OLD.waived_cents OR (OLD.state = 'void' AND NEW.waived_cents <> OLD.waived_cents)",
    ),
    Trigger(
        "payments_ledger_relief_on_charge",
        "payments_ledgerentry",
        "INSERT",
        "what is waived in the ledger is waived of its charge",
        when=_WAIVED_ELSEWHERE,
    ),
    columns_fixed(
        "payments_session_fixed",
        _SESSION,
        ("charge_id", "amount_cents", "idempotency_key"),
        "what a payment page asks for never changes",
    ),
    Trigger(
        "payments_refund_waived_only",
        _REFUND,
        "INSERT",
        "no more goes back for a waiver than is not due",
        when=_MORE_THAN_WAIVED,
    ),
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
    step_trigger(Dispute),
    Trigger(
        "payments_dispute_of_payment",
        _DISPUTE,
        "INSERT",
        "a dispute is about a payment of its charge",
        when=_NO_PAYMENT_OF_ITS_CHARGE,
    ),
    columns_fixed(
        "payments_dispute_fixed",
        _DISPUTE,
        ("charge_id", "payment_id", "provider_id"),
        "what a dispute is about never changes",
    ),
    never_removed("payments_dispute_kept", _DISPUTE, "a dispute is never removed"),
    Trigger(
        "payments_ledger_dispute_lost",
        "payments_ledgerentry",
        "INSERT",
        "only a lost dispute takes money",
        when=_NOT_LOST,
    ),
    step_trigger(Payout),
    columns_fixed("payments_payout_fixed", _PAYOUT, _PAID_OUT, "what a payout is never changes"),
    columns_fixed(
        "payments_payout_read_once",
        _PAYOUT,
        ("read_at",),
        "a payout is read once",
        once="OLD.read_at IS NOT NULL",
    ),
    never_removed("payments_payout_kept", _PAYOUT, "a payout is never removed"),
    columns_fixed("payments_line_fixed", _LINE, _LISTED, "a line of a payout never changes"),
    columns_fixed(
        "payments_line_entry_once",
        _LINE,
        ("entry_id",),
        "a line stands for one row of the ledger",
        once="OLD.entry_id IS NOT NULL",
    ),
    Trigger(
        "payments_line_of_entry", _LINE, "INSERT", "a line stands for what it is about", when=_OTHER_ENTRY
    ),
    Trigger(
        "payments_line_to_entry", _LINE, "UPDATE", "a line stands for what it is about", when=_OTHER_ENTRY
    ),
    Trigger("payments_line_in_time", _LINE, "INSERT", "the payout is read already", when=_READ_ALREADY),
    never_removed("payments_line_kept", _LINE, "a line of a payout is never removed"),
    step_trigger(Difference),
    columns_fixed(
        "payments_difference_fixed",
        _DIFFERENCE,
        ("what", "payout_id", "line_id", "entry_id", "found_at"),
        "what a difference is about never changes",
    ),
    never_removed("payments_difference_kept", _DIFFERENCE, "a difference is never removed"),
]
