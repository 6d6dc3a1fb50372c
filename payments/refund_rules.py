"""May money for a charge of this kind go back? The app that raises the charges says so; this one
knows no kind (Q21).
"""

from collections.abc import Callable

from payments.models import Charge, Refund

# The sentence that says why not, or "" when it may. Read under the charge's lock.
RefundRule = Callable[[Charge, Refund.Cause], str]
ONLY_OUR_ERROR = "A fee of this kind goes back only when we made a mistake."
_rules: dict[str, RefundRule] = {}


def only_our_error(charge: Charge, cause: Refund.Cause) -> str:
    """Return the rule of every kind that registers no other: petition fees, for one (S10)."""
    return "" if cause == Refund.Cause.OUR_ERROR else ONLY_OUR_ERROR


def register_refund_rule(kind: str, rule: RefundRule) -> None:
    """Charges of `kind` go by `rule`."""
    _rules[kind] = rule


def refusal_reason(charge: Charge, cause: Refund.Cause) -> str:
    """Why money for this charge may not go back for this cause; "" when it may."""
    return _rules.get(charge.kind, only_our_error)(charge, cause)
