"""The tag of a charge: the state of its payment in a word or two."""

from datetime import datetime

from payments.models import Charge
from payments.services.charges import may_still_settle, payment_state

# tag kind and tag of each payment state
TAGS = {
    "unpaid": ("warn", "Not paid yet"),
    "abandoned": ("warn", "Not paid yet"),
    "confirming": ("info", "Waiting for your bank"),
    "declined": ("bad", "Your bank said no"),
    "paid": ("ok", "Paid"),
    "waived": ("ok", "Waived"),
    "disputed": ("warn", "Disputed at your bank"),
    "lost": ("bad", "Taken back by your bank"),
    "partly": ("", "Partly returned to you"),
    "void": ("", "Not due any more"),
    "returned": ("", "Returned to you"),
}
CHECKING = ("info", "We check whether you paid in time")
TOO_LATE = ("warn", "Not paid in time")


def tag_of(charge: Charge, *, at: datetime) -> tuple[str, str]:
    """Return (tag kind, words) of a charge's tag. Once the last day to pay has ended, the tag says
    that it is too late, even before the sweep has voided the charge.
    """
    if is_too_late(charge, at=at):
        return CHECKING if may_still_settle(charge) else TOO_LATE
    return TAGS[payment_state(charge)]


def is_too_late(charge: Charge, *, at: datetime) -> bool:
    """Return whether the last day to pay the charge has ended although the sweep has not voided the
    charge yet.
    """
    return charge.state == Charge.State.OPEN and charge.pay_by is not None and charge.pay_by <= at
