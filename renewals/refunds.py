"""What becomes of a renewal fee: a sentence for the trainer, and the rule for refunds by staff (Q21, Q31)."""

from payments.models import Charge, Refund
from payments.refund_rules import register_refund_rule
from payments.services.charges import WENT_BACK, payment_state
from payments.services.refund_checks import kept_of
from renewals.models import OPEN_STATES, Application

SENTENCES = {  # sentences about a fee that is kept in full, by the policy's rule
    "never": "The {total} that you paid is not returned.",
    "review": "The {total} that you paid is not returned, because our review has begun.",
    "approval": "Write to us, and we return the {total} that you paid.",
}
NOTHING_CHARGED = "Nothing was charged."
ALL_WAIVED = "We waived the fee."
BY_THE_LEDGER = {  # sentences about a fee that is not kept in full (Q31)
    "returned": "We returned the {total} that you paid.",
    "partly": "We returned {back} of the {total} that you paid.",
    "disputed": "The {total} that you paid is disputed at your bank, which has not decided.",
    "lost": "Your bank took the {total} that you paid back.",
    "void": NOTHING_CHARGED,
    "waived": ALL_WAIVED,
}


def fee_words(application: Application) -> str:
    """Return the sentence about what happens to the fee, from the ledger or, when nothing is booked,
    from the policy of the day of receipt; "" when nothing was due.
    """
    if not application.fee_total_cents:
        return ""
    policy, charge = application.cycle.policy, application.charge
    until = policy.version_on(application.submission.received_on).renewal_refundable_until
    state = payment_state(charge) if charge else "paid"
    paid = (charge.paid_cents if charge else None) or application.fee_total_cents
    # What was waived after the payment is returned for good; "is not returned" is about the rest (Q35).
    total = min(paid, application.due_cents) if state == "paid" else paid
    back = paid - kept_of(charge) if charge and state == "partly" else 0
    sentence = BY_THE_LEDGER.get(state, SENTENCES[until])
    return sentence.format(total=policy.money(total), back=policy.money(back))


def waived_words(application: Application) -> str:
    """Return, in sentences, what was waived of an application's price after the trainer agreed to
    that price, and what is left to pay; "" when nothing was waived (Q35).
    """
    charge, money = application.charge, application.cycle.policy.money
    if charge is None or not charge.waived_cents:
        return ""
    waived = f"We waived {money(charge.waived_cents)} of this price."
    left = f" {money(charge.due_cents)} is left to pay." if charge.state == Charge.State.OPEN else ""
    return f"{waived}{left}"


def fee_is_gone(application: Application) -> bool:
    """Return whether a paid fee is no longer kept in full (Q31)."""
    return application.charge is not None and payment_state(application.charge) in WENT_BACK


def why_not_returned(charge: Charge, cause: Refund.Cause) -> str:
    """Return why a renewal fee may not be refunded; "" when it may. When the cause is our own error
    it always may.
    """
    if cause == Refund.Cause.OUR_ERROR:
        return ""
    application = Application.objects.filter(charge=charge).select_related("cycle__credential").first()
    if application is None or application.received_on is None:
        return "There is no renewal to this charge, so only our own error can be corrected."
    figures = application.cycle.policy.version_on(application.received_on)
    return _refused_by(figures.renewal_refundable_until, application)


def _refused_by(until: str, application: Application) -> str:
    state = Application.State
    if until == "never":
        return "The policy returns no renewal fee."
    if until == "review" and application.state not in (state.SUBMITTED, state.LAPSED):
        return "The review of this renewal has begun, so its fee is not returned."
    if until == "approval" and application.state == state.APPROVED:
        return "This renewal is approved, so its fee is not returned."
    if application.state in OPEN_STATES:
        return "This renewal still goes on. Its fee can go back once it has ended."
    return ""


register_refund_rule("renewal", why_not_returned)
