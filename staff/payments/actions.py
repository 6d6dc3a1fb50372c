"""What finance may do: refund payments, decide about refunds that others requested, match
payments.
"""

from collections.abc import Callable

from django.urls import reverse

from core import clock
from core.mail import Mail
from core.policy_words import fill_policy_words
from payments.facts import Money
from payments.matching import expected_charge, matching_points, money_of
from payments.models import Charge, LedgerEntry, ProviderEvent, Refund
from payments.notice_codes import RETURNED
from payments.services.giving_back import approve_refund, refuse_refund, request_refund, return_by_hand
from payments.services.matching import credit_event, dismiss_event, return_event
from payments.services.refund_checks import second_person_above, still_kept
from payments.services.refunds import book_return
from rules.units import format_cents
from staff.actions import Action, Answers, preview_notice_if_any
from staff.payments.crediting import credit_form
from staff.payments.forms import HandForm, RefundForm, RefundReasonForm
from staff.payments.pages import money_words
from trainers.models import Trainer

NOBODY = "Nothing in the message says whose it is."


def match_url() -> str:
    """Return the URL of the list of payments to match."""
    return f"{reverse('admin:payments_providerevent_changelist')}?state__exact=parked"


def action_to_give_back(payment: LedgerEntry, by: Trainer) -> Action:
    charge, left = payment.charge, still_kept(payment)
    limit = second_person_above(charge, at=clock.now())
    lines = (
        f"{charge.description}: {money_words(-payment.amount_cents, payment.currency)} came, and "
        f"{money_words(left, payment.currency)} of it is kept.",
        f"Above {money_words(limit, payment.currency)} for one charge in all, a second person must approve.",
        fill_policy_words(
            "The {holder} gets an email when the money goes back, and at once when it went by hand."
        ),
        *(
            f"The provider refused to return {_refund_words(one)} ({one.get_cause_display().lower()}). "
            "If that went by hand, record it on the page of that refund."
            for one in payment.refunds.unanswered()
        ),
    )

    def give_back(answers: Answers) -> Refund:
        return request_refund(
            payment,
            amount_cents=answers["amount"],
            cause=answers["cause"],
            reason=answers["reason"],
            by=by,
            at=clock.now(),
            seen=answers["seen"],
            hand_reference=answers["hand_reference"] if answers["how"] == "hand" else None,
        )

    return Action(
        title=f"Give money back to {charge.trainer.name}",
        button="Give this money back",
        do=lambda answers: _outcome_words(give_back(answers)),
        form=RefundForm,
        initial={"seen": charge.refunds.count(), "amount": format_cents(left), "how": "provider"},
        lines=lines,
        preview=lambda answers: _mail_of_return(lambda: give_back(answers)),
        next_url=lambda: reverse("admin:payments_charge_change", args=[charge.pk]),
        danger=True,
    )


def action_to_record_by_hand(failed: Refund, by: Trainer) -> Action:
    """Return the action that records a refund which failed at the provider and which finance made
    by hand.
    """

    def record(answers: Answers) -> Refund:
        said = {"hand_reference": answers["hand_reference"], "reason": answers["reason"]}
        return return_by_hand(failed, **said, by=by, at=clock.now())

    limit = money_words(second_person_above(failed.charge, at=clock.now()), failed.currency)
    return Action(
        title=f"Record what {_payer_name(failed)} got back by hand",
        button="Record that it was returned by hand",
        do=lambda answers: _outcome_words(record(answers)),
        preview=lambda answers: _mail_of_return(lambda: record(answers)),
        form=HandForm,
        lines=(
            f"The provider refused to return {_refund_words(failed)} of {_purpose_words(failed)}: {failed.last_error}",
            f"{failed.get_cause_display()}. Above {limit} for one charge in all, a second person must approve.",
            fill_policy_words(
                "The portal sends no money. It books the return, and the {holder} gets an email with the reference."
            ),
        ),
        danger=True,
    )


def action_to_approve(refund: Refund, by: Trainer) -> Action:
    def approve() -> Refund:
        return approve_refund(refund, by=by, at=clock.now())

    sent = "The money leaves within a minute, and this cannot be taken back."
    booked = "The portal sends no money. The return is booked at once, and this cannot be taken back."
    return Action(
        title=f"Approve the refund to {_payer_name(refund)}",
        button="Approve this refund",
        do=lambda answers: _outcome_words(approve()),
        preview=lambda answers: _mail_of_return(approve),
        lines=(*_request_lines(refund), booked if refund.hand_reference else sent),
        danger=True,
    )


def action_to_refuse(refund: Refund, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        refuse_refund(refund, reason=answers["reason"], by=by, at=clock.now())
        return f"{_refund_words(refund)} is not approved."

    return Action(
        title=f"Refuse the refund to {_payer_name(refund)}",
        button="Refuse this refund",
        do=do,
        form=RefundReasonForm,
        lines=(
            *_request_lines(refund),
            f"{'Nothing is booked' if refund.hand_reference else 'The money stays'}. Nobody gets an email.",
        ),
    )


def _mail_of_return(ask: Callable[[], Refund]) -> Mail | None:
    """Return the mail about the refund; None when a second person must approve the refund first."""

    def let_it_return() -> None:
        refund = ask()
        if refund.state == Refund.State.REQUESTED:
            book_return(refund, at=clock.now())  # as when the provider has returned it

    return preview_notice_if_any(let_it_return, kind=RETURNED)


def _request_lines(refund: Refund) -> tuple[str, str]:
    who = refund.by.name if refund.by else "The portal"
    what = f"{_refund_words(refund)} of {_purpose_words(refund)}"
    asks = f"{who} asks to give back {what}."
    if refund.hand_reference:
        asks = f"{who} says that {what} was already returned by hand, with the reference {refund.hand_reference}."
    return asks, f"{refund.get_cause_display()}: {refund.reason}"


def _outcome_words(refund: Refund) -> str:
    """Return a sentence on what happens to the refund next."""
    if refund.state == Refund.State.WAITING:
        return f"{_refund_words(refund)} waits for a second person."
    if refund.hand_reference:
        return f"{_refund_words(refund)} is recorded as returned by hand, reference {refund.hand_reference}."
    return f"{_refund_words(refund)} is on its way."


def _purpose_words(refund: Refund) -> str:
    return refund.charge.description if refund.charge else "money that fits no charge"


def _refund_words(refund: Refund) -> str:
    return money_words(refund.amount_cents, refund.currency)


def _payer_name(refund: Refund) -> str:
    charge = refund.charge or (expected_charge(money_of(refund.event)) if refund.event else None)
    return charge.trainer.name if charge else "whoever paid"


# --- money that fits no charge


def action_to_credit(event: ProviderEvent, by: Trainer) -> Action:
    money = money_of(event)
    charge = expected_charge(money)

    def do(answers: Answers) -> str:
        credited = answers["charge"]
        credit_event(event, charge=credited, by=by, at=clock.now())
        return f"The money is booked for charge {credited.pk}, {credited.description}."

    return Action(
        title="It is the money for this charge",
        button="Book it for this charge",
        do=do,
        form=credit_form(money),
        initial={"charge": charge.pk if charge else None},
        lines=(
            *_comparison_lines(money, charge),
            "It pays the charge if that is still open; otherwise it is sent back as a second payment.",
        ),
        preview=lambda answers: preview_notice_if_any(lambda: do(answers)),
        next_url=match_url,
    )


def action_to_send_back(event: ProviderEvent, by: Trainer) -> Action:
    money = money_of(event)

    def send_back(answers: Answers) -> Refund:
        return_event(event, reason=answers["reason"], by=by, at=clock.now())
        return event.refunds.latest("pk")

    def do(answers: Answers) -> str:
        send_back(answers)
        waits = event.refunds.filter(state=Refund.State.WAITING).exists()
        return "The refund waits for a second person." if waits else "The money is on its way back."

    charge = expected_charge(money)
    limit = money_words(
        second_person_above(charge, at=clock.now()), charge.currency if charge else money.currency
    )
    lines = (
        *_comparison_lines(money, charge),
        "The money goes to the card or account that paid, and whoever most likely paid gets an email.",
        f"Above {limit} a second person must approve.",
    )
    return Action(
        title="Return the money",
        button="Return this money",
        do=do,
        form=RefundReasonForm,
        lines=lines,
        preview=lambda answers: _mail_of_return(lambda: send_back(answers)),
        next_url=match_url,
        danger=True,
    )


def action_to_dismiss(event: ProviderEvent, by: Trainer) -> Action:
    money = money_of(event)

    def do(answers: Answers) -> str:
        dismiss_event(event, reason=answers["reason"], by=by, at=clock.now())
        return "The message is put away."

    return Action(
        title="Nothing to do",
        button="Put this message away",
        do=do,
        form=RefundReasonForm,
        lines=(*_comparison_lines(money, expected_charge(money)), "No money moves, and nothing is booked."),
        next_url=match_url,
    )


def _comparison_lines(money: Money, charge: Charge | None) -> list[str]:
    """Return whose money it most likely is, then each received value beside the expected one."""
    most_likely = (
        f"Most likely from {charge.trainer.name}, for charge {charge.pk}: {charge}." if charge else NOBODY
    )
    known = [point for point in matching_points(money, charge) if point.name != "Charge"]
    lines = (f"{one.name}: {one.came}{f'; expected {one.ours}' if one.ours else ''}." for one in known)
    return [most_likely, *lines]
