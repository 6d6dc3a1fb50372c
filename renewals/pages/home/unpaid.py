"""The cards of a renewal that is sent and not paid: declined, waiting for the bank, or not paid yet
(Q13).
"""

from datetime import date

from cases.pages import StateCard
from core.deadlines import near_day
from core.links import path_of
from core.templatetags.words import day
from renewals.pages.home.case import Case, State
from renewals.pages.home.words import certified_sentence, own_clock_note
from renewals.pages.paths import application_path


def payment_problem_card(case: Case) -> StateCard | None:
    application = case.application
    if application is None or application.state != State.SUBMITTED:
        return None
    if case.payment in ("confirming", "paid"):
        return waiting_for_bank_card(case)
    last_day = application.submission.pay_through
    if case.today > last_day:
        return not_paid_card(case, last_day)
    declined = "Your bank declined the payment. " if case.payment == "declined" else ""
    due = f"{near_day(last_day, case.today)}{own_clock_note(case, last_day)}"
    return StateCard(
        "warn",
        "Not paid yet",
        "Your renewal is not finished",
        f"{declined}We hold your place and this price. Pay by the end of {due}.",
        f"Pay {case.money(application.fee_total_cents or 0)}",
        application_path("pay", application.reference),
        posts=True,
        fact=certified_sentence(case),
    )


def waiting_for_bank_card(case: Case) -> StateCard:
    return StateCard(
        "info",
        "Confirming payment",
        "We are waiting for your bank",
        "Nothing to do. We will email you.",
        fact=certified_sentence(case),
    )


def not_paid_card(case: Case, last_day: date) -> StateCard:
    """Return the card after the last day to pay, until the sweep ends the application."""
    return StateCard(
        "warn",
        "Not paid in time",
        "Your renewal was not paid in time",
        f"The last day to pay was {day(last_day)}. You can start again, at the price of that day.",
        "Start again",
        path_of("renewals:start"),
        posts=True,
        fact=certified_sentence(case),
    )
