"""What a trainer reads after returning from the payment page while the renewal is not paid."""

from cases.pages import StateCard
from core.deadlines import near_day
from core.links import path_of
from payments.services.charges import awaits_report, has_ended_declined
from renewals.models import Application
from renewals.pages.application import card_of
from renewals.pages.certified import certified_sentence
from renewals.pages.sentences import own_clock_note
from renewals.pages.snapshot import Snapshot, application_path


def outcome_of(application: Application, snapshot: Snapshot, *, left: bool) -> StateCard:
    """Return the card of a submitted renewal that is not paid: not confirmed yet, declined, or
    abandoned. `left` means that the trainer left the payment page by its link.

    When no payment can be on its way, and after the last day to pay, it is the card that Home
    shows.
    """
    charge = application.submission.charge
    if snapshot.today > application.submission.pay_through:
        return card_of(application, snapshot)
    if snapshot.payment == "declined" and (left or has_ended_declined(charge)):
        return _not_paid(application, snapshot, "Payment declined", "Your bank declined the payment")
    if left and snapshot.payment != "confirming":
        return _not_paid(application, snapshot, "Not paid yet", "You left before paying")
    return _waiting(application, snapshot) if awaits_report(charge) else card_of(application, snapshot)


def _not_paid(application: Application, snapshot: Snapshot, tag: str, heading: str) -> StateCard:
    last_day = application.submission.pay_through
    due = f"{near_day(last_day, snapshot.today)}{own_clock_note(snapshot, last_day)}"
    return StateCard(
        "warn",
        tag,
        heading,
        f"Nothing was charged. We hold your place and this price. Pay by the end of {due}.",
        f"Pay {snapshot.money(application.due_cents)}",
        application_path("pay", application.reference),
        posts=True,
        fact=certified_sentence(snapshot),
    )


def _waiting(application: Application, snapshot: Snapshot) -> StateCard:
    """Return the card shown until the provider has reported. It mentions the bank only when the
    bank has not confirmed.
    """
    slow = snapshot.payment == "confirming"
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
        fact=certified_sentence(snapshot),
    )
