"""The renewal fee after an end without approval: a sentence for the trainer, a rule for staff (Q21)."""

from payments.models import Charge, Refund
from payments.refund_rules import register_refund_rule
from renewals.models import OPEN_STATES, Application

SENTENCES = {
    "never": "The {total} that you paid is not returned.",
    "review": "The {total} that you paid is not returned, because our review has begun.",
    "approval": "Write to us, and we return the {total} that you paid.",
}


def fee_words(application: Application) -> str:
    """Return the sentence about a paid fee, by the policy of the day of receipt."""
    policy = application.cycle.credential.policy
    until = policy.version_on(application.submission.received_on).renewal_refundable_until
    return SENTENCES[until].format(total=policy.money(application.fee_total_cents or 0))


def why_not_returned(charge: Charge, cause: Refund.Cause) -> str:
    """Return the reason why a renewal fee may not be returned; "" when it may. Our own error always
    may.
    """
    if cause == Refund.Cause.OUR_ERROR:
        return ""
    application = Application.objects.filter(charge=charge).select_related("cycle__credential").first()
    if application is None or application.received_on is None:
        return "There is no renewal to this charge, so only our own error can be corrected."
    figures = application.cycle.credential.policy.version_on(application.received_on)
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
