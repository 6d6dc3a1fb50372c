"""What a provider reads about its requests: the state of each, its fee, and what payment led to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from cases.pages import StateCard
from core.policy_words import portal_policy
from payments.models import Charge
from payments.services.charges import awaits_report, payment_state
from providers.models import CourseRequest

State = CourseRequest.State
_TAGS: dict[str, tuple[str, str]] = {
    State.UNPAID: ("warn", "Waits for payment"),
    State.SUBMITTED: ("info", "Waits"),
    State.APPROVED: ("ok", "Approved"),
    State.DENIED: ("bad", "Not approved"),
    State.WITHDRAWN: ("", "Withdrawn"),
}
_PAYING = {"confirming": ("info", "Confirming payment"), "declined": ("warn", "Payment declined")}
_FEES = {  # by the state of the payment
    "unpaid": "Fee of {fee}, not paid yet",
    "abandoned": "Fee of {fee}, not paid yet",
    "confirming": "The bank is confirming the fee of {fee}",
    "declined": "The bank declined the fee of {fee}",
    "paid": "Fee of {fee} paid",
    "waived": "Fee waived",
    "void": "Nothing was charged",
    "returned": "Fee of {fee} returned",
    "partly": "A part of the fee of {fee} returned",
    "disputed": "Fee of {fee} disputed at the bank",
    "lost": "The bank took the fee of {fee} back",
}


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """A request with its tag. `fee` is a line about the fee, empty without one; `to_pay` is the
    amount to be paid now, such as "$40", empty when nothing is.
    """

    request: CourseRequest
    tag_kind: str
    tag: str
    fee: str
    to_pay: str


def listed_requests(requests: Iterable[CourseRequest]) -> list[ListedRequest]:
    """Return the rows of the list of requests, read with the rows of their payments."""
    return [listed_request(one) for one in requests]


def listed_request(request: CourseRequest) -> ListedRequest:
    """Return a request with its tag and what is said about its fee."""
    charge, tag = request.charge, _TAGS[request.state]
    if charge is None:
        return ListedRequest(request, *tag, fee="", to_pay="")
    paying = payment_state(charge)
    due = portal_policy().money(charge.paid_cents or charge.due_cents)
    waits = request.state == State.UNPAID and charge.state == Charge.State.OPEN and paying != "confirming"
    tag = _PAYING.get(paying, tag) if request.state == State.UNPAID else tag
    return ListedRequest(request, *tag, fee=_FEES[paying].format(fee=due), to_pay=due if waits else "")


def outcome_of(request: CourseRequest, *, left: bool) -> StateCard:
    """Return the card to show after the payment page: paid, not confirmed yet, declined, or left
    without paying. Changes nothing.
    """
    row, back = listed_request(request), reverse("providers:requests")
    if request.state != State.UNPAID or not row.to_pay:
        if request.state == State.UNPAID:
            line = "There is nothing to do. We decide once the payment is here."
            return StateCard(
                "info", "Confirming payment", "We are confirming the payment", line, "Your requests", back
            )
        line = "Our staff decide, and write to whoever asked."
        heading = f"We have the request {request.reference}"
        return StateCard(row.tag_kind, row.tag, heading, line, "Your requests", back)
    pay = reverse("providers:pay_request", args=[request.reference])
    button = f"Pay {row.to_pay}"
    if row.tag == "Payment declined":
        line = "Nothing was charged. Try again, or with another card."
        return StateCard(
            row.tag_kind, row.tag, "The bank declined the payment", line, button, pay, posts=True
        )
    if not left and request.charge and awaits_report(request.charge):
        page = reverse("providers:pay_return", args=[request.reference])
        line = "You can close this page, or check again in a minute."
        return StateCard(
            "info", "Confirming payment", "We are confirming the payment", line, "Check again", page
        )
    line = "Nothing was charged. We decide about the request once its fee is paid."
    return StateCard(row.tag_kind, row.tag, "You left before paying", line, button, pay, posts=True)
