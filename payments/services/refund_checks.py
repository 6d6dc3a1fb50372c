"""The conditions of a refund: who may make it, why, of how much, and whether a second person must
approve it. They are checked while the charge is locked (Q21).
"""

from datetime import datetime

from core import clock
from core.errors import Refusal
from payments.facts import Money
from payments.matching import credited_entry, is_going_back
from payments.models import Charge, Dispute, LedgerEntry, Refund
from payments.refund_rules import refusal_reason
from payments.services.books import policy_of
from rules.units import format_cents
from trainers.models import Trainer

GIVE = "payments.give_refund"
LONGEST_REASON, LONGEST_REFERENCE = 300, 80


def still_kept(payment: LedgerEntry) -> int:
    """Return the cents of a payment that are neither refunded, nor being refunded, nor taken by a
    bank's dispute.

    The result is negative when the same money was both refunded and taken. Reads `refunds` and
    `disputes`, prefetched or not.
    """
    going = sum(one.amount_cents for one in payment.refunds.all() if one.state not in Refund.NEVER_LEFT)
    taken = sum(one.amount_cents for one in payment.disputes.all() if one.state in Dispute.TAKES)
    return -payment.amount_cents - going - taken


def kept_of(charge: Charge) -> int:
    """Return the sum of `still_kept`, in cents, over the payments of a charge."""
    payments = charge.ledger.filter(kind=LedgerEntry.Kind.PAYMENT)
    return sum(map(still_kept, payments.prefetch_related("refunds", "disputes")))


def fee_went_back(charge: Charge | None) -> bool:
    """Return whether the fee of a paid charge is no longer kept in full, because of a refund,
    booked or requested, or a dispute (Q31).
    """
    if charge is None or charge.state != Charge.State.PAID:
        return False
    back = charge.refunds.exclude(state__in=Refund.NEVER_LEFT).exists() or charge.disputes.taking().exists()
    # Nothing can be missing of a fee that was waived completely.
    return back and max(kept_of(charge), 0) < charge.due_cents


def overpaid_cents(charge: Charge) -> int:
    """Return the cents that are kept of a paid charge beyond what is due after a waiver (Q35). A
    refund that failed and waits for a person counts as returned.
    """
    if charge.state != Charge.State.PAID or not charge.waived_cents:
        return 0
    failed = sum(charge.refunds.unanswered().values_list("amount_cents", flat=True))
    return max(kept_of(charge) - failed - charge.due_cents, 0)


def second_person_above(charge: Charge | None, *, at: datetime) -> int:
    """Return the cents above which a refund needs two people, by the policy version of the day of `at`."""
    policy = policy_of(charge)
    return policy.version_on(clock.date_of(at, policy.time_zone)).refund_second_person_above_cents


def needs_second_person(charge: Charge | None, amount_cents: int, *, at: datetime) -> bool:
    """Return whether the sum of this refund, earlier refunds by staff and what was waived exceeds
    the policy's limit.
    """
    total = amount_cents
    if charge:
        before = charge.refunds.filter(by__isnull=False).exclude(state__in=Refund.NEVER_LEFT)
        total += sum(before.values_list("amount_cents", flat=True)) + charge.waived_cents
    return total > second_person_above(charge, at=at)


def check_giver(charge: Charge | None, by: Trainer | None) -> None:
    """Raise Refusal unless `by` may refund and the money is not their own."""
    if by is None or not by.has_perm(GIVE):
        raise Refusal("You may not give money back.", code="not_allowed")
    if charge and by.pk == charge.trainer_id:
        raise Refusal("Somebody else must decide about your own money.", code="own_money")


def check_hand_reference(reference: str) -> str:
    """Return the reference of a bank transfer or check, with single blanks. Raises Refusal when it
    is empty or too long.
    """
    reference = " ".join(reference.split())
    if not reference:
        sentence = "Enter the reference of the bank transfer or check."
        raise Refusal(sentence, code="no_reference", field="hand_reference")
    if len(reference) > LONGEST_REFERENCE:
        sentence = f"Use {LONGEST_REFERENCE} characters or fewer."
        raise Refusal(sentence, code="reference_length", field="hand_reference")
    return reference


def check_unused(payment: LedgerEntry | None, reference: str) -> None:
    """Raise Refusal when a transfer with this reference is recorded for the payment already."""
    if payment is None or not reference:
        return
    if payment.refunds.filter(hand_reference=reference).exclude(state=Refund.State.REFUSED).exists():
        sentence = f"A return of this payment with the reference {reference} is recorded already."
        raise Refusal(sentence, code="recorded", field="hand_reference")


def check_amount(payment: LedgerEntry, cents: int) -> None:
    """Raise Refusal unless the amount is positive and at most what is kept of the payment."""
    left = still_kept(payment)
    if left <= 0:
        raise Refusal("Nothing of this payment is kept any more.", code="nothing_left")
    if not 0 < cents <= left:
        sentence = (
            f"Enter an amount from 0.01 to {format_cents(left)}, which is what is kept of this payment."
        )
        raise Refusal(sentence, code="amount", field="amount")


def check_rule(charge: Charge, cause: Refund.Cause) -> None:
    """Raise Refusal unless the rule for this kind of charge allows the refund.

    Money that was not due may always be refunded; what the provider has refunded already is never
    refused.
    """
    sentence = "" if cause in Refund.DONE_CAUSES else refusal_reason(charge, cause)
    if sentence:
        raise Refusal(sentence, code="not_refundable", field="cause")


def check_free(money: Money) -> None:
    """Raise Refusal unless the money arrived, has a reference of the provider's, and is neither
    credited nor being returned.
    """
    if not money.arrived or not money.payment_ref:
        raise Refusal("This message does not say that money came.", code="no_money")
    entry = credited_entry(money)
    if entry:
        sentence = f"This payment is already credited to charge {entry.charge_id}. Give it back from there."
        raise Refusal(sentence, code="credited")
    if is_going_back(money.payment_ref):
        raise Refusal("This payment is already going back.", code="going_back")
