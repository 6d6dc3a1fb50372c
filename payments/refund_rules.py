"""Rules for refunds by kind of charge, registered by the apps that raise the charges (Q21)."""

from collections.abc import Callable

from payments.models import Charge, Refund

# A rule returns the reason against a refund, or "". Called under the charge's lock.
RefundRule = Callable[[Charge, Refund.Cause], str]
ONLY_OUR_ERROR = "A fee of this kind goes back only when we made a mistake."
_rules: dict[str, RefundRule] = {}


def only_our_error(charge: Charge, cause: Refund.Cause) -> str:
    """Return why the fee is not refunded; "" when the cause is our own error. It is the rule for
    kinds of charge that have registered no rule (S10).
    """
    return "" if cause == Refund.Cause.OUR_ERROR else ONLY_OUR_ERROR


def register_refund_rule(kind: str, rule: RefundRule) -> None:
    """Register `rule` for charges of `kind`."""
    _rules[kind] = rule


def refusal_reason(charge: Charge, cause: Refund.Cause) -> str:
    """Return why this charge may not be refunded for this cause; "" when it may."""
    return _rules.get(charge.kind, only_our_error)(charge, cause)
