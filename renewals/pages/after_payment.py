"""What a trainer reads after returning from the payment page while the renewal is not paid."""

from cases.pages import StateCard
from core.deadlines import near_day
from core.links import path_of
from payments.services.charges import awaits_report, has_ended_declined
from renewals.models import Application
from renewals.pages.application import card_of
from renewals.pages.case import Case, application_path
from renewals.pages.sentences import certified_sentence, own_clock_note


def outcome_of(application: Application, case: Case, *, left: bool) -> StateCard:
    """Return the card of a submitted renewal that is not paid: not confirmed yet, declined, or
    abandoned. `left` means that the trainer left the payment page by its link.

    When no payment can be on its way, and after the last day to pay, it is the card that Home
    shows.
    """
    charge = application.submission.charge
    if case.today > application.submission.pay_through:
        return card_of(application, case)
    if case.payment == "declined" and (left or has_ended_declined(charge)):
        return _not_paid(application, case, "Payment declined", "Your bank declined the payment")
    if left and case.payment != "confirming":
        return _not_paid(application, case, "Not paid yet", "You left before paying")
    return _waiting(application, case) if awaits_report(charge) else card_of(application, case)


def _not_paid(application: Application, case: Case, tag: str, heading: str) -> StateCard:
    last_day = application.submission.pay_through
    due = f"{near_day(last_day, case.today)}{own_clock_note(case, last_day)}"
    return StateCard(
        "warn",
        tag,
        heading,
        f"Nothing was charged. We hold your place and this price. Pay by the end of {due}.",
        f"Pay {case.money(application.due_cents)}",
        application_path("pay", application.reference),
        posts=True,
        fact=certified_sentence(case),
    )


def _waiting(application: Application, case: Case) -> StateCard:
    """Return the card shown until the provider has reported. It mentions the bank only when the
    bank has not confirmed.
    """
    slow = case.payment == "confirming"
    heading = "We are waiting for your bank" if slow else "We are confirming your payment"
    line = "There is nothing to do. We will email you. You can close this page, or check again in a minute."
    page = f"{path_of('renewals:pay_return')}?renewal={application.reference}"
    return StateCard(
        "info",
        "Confirming payment",
        heading,
        line,
        "Check again",
        page,
        fact=certified_sentence(case),
    )
