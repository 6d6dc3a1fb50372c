"""What a trainer reads after returning from the payment page of a petition."""

from dataclasses import replace
from datetime import date

from cases.pages import JUST_PAID, StateCard
from payments.services.charges import awaits_report, has_ended_declined
from petitions.models import Petition
from petitions.pages.petition import PAID_TAGS, PAYING, State, card_of, fee_of, petition_path


def outcome_of(petition: Petition, today: date, *, left: bool) -> StateCard:
    """Return the card to show after the payment page: paid, not confirmed yet, declined, or left
    without paying. Changes nothing.
    """
    card = card_of(petition, today)
    if petition.state != State.UNPAID or card.tag in PAID_TAGS:
        return card
    if card.tag == "Payment declined" and (left or has_ended_declined(petition.agreement.charge)):
        return card
    if left and card.tag != "Confirming payment":
        line = card.line.removesuffix(f" {JUST_PAID}")
        return replace(card, heading="You left before paying", line=f"Nothing was charged. {line}")
    if not awaits_report(petition.agreement.charge):
        return card
    page = petition_path("pay_return", petition)
    line = "There is nothing to do. We will email you. You can close this page, or check again in a minute."
    slow = card.tag == "Confirming payment"
    heading = "We are waiting for your bank" if slow else "We are confirming your payment"
    return StateCard(*PAYING["confirming"], heading, line, "Check again", page)


def received_words(petition: Petition) -> str:
    """Return a sentence that the petition has arrived and is paid, while it waits for its first
    review; "" in any other state.
    """
    if petition.state != State.SUBMITTED:
        return ""
    paid = petition.agreement.charge.paid_cents
    return (
        f"We have your petition and your payment of {fee_of(petition)}." if paid else "We have your petition."
    )
