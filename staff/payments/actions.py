"""How finance acts: give money back, and decide about what somebody else asked to give back."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import clock
from payments.facts import Money
from payments.matching import expected_charge, money_of, points
from payments.models import Charge, LedgerEntry, ProviderEvent, Refund
from payments.services import (
    approve_refund,
    credit_event,
    dismiss_event,
    refuse_refund,
    request_refund,
    return_by_hand,
    return_event,
    second_person_above,
    still_kept,
)
from rules.units import format_cents
from staff.actions import Act
from staff.payments.forms import CreditForm, HandForm, ReasonForm, RefundForm

NOBODY = "Nothing in the message says whose it is."


def amount(cents: int, currency: str) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{format_cents(abs(cents))} {currency}"


def to_match() -> str:
    """The list of payments to match."""
    return f"{reverse('admin:payments_providerevent_changelist')}?state__exact=parked"


def give_back(request: HttpRequest, payment: LedgerEntry) -> Act:
    charge, left = payment.charge, still_kept(payment)
    limit = second_person_above(charge, at=clock.now())
    lines = (
        f"{charge.description}: {amount(-payment.amount_cents, payment.currency)} came, and "
        f"{amount(left, payment.currency)} of it is kept.",
        f"Above {amount(limit, payment.currency)} for one charge in all, a second person must approve.",
        "The trainer gets an email when the money goes back, and at once when it went by hand.",
        *(
            f"The provider refused to return {_named(one)} ({one.get_cause_display().lower()}). If that went by hand, "
            "record it on the page of that refund."
            for one in payment.refunds.unanswered()
        ),
    )

    def do(answers: dict[str, Any]) -> str:
        refund = request_refund(
            payment,
            amount_cents=answers["amount"],
            cause=answers["cause"],
            reason=answers["reason"],
            by=request.user,
            at=clock.now(),
            seen=answers["seen"],
            hand_reference=answers["hand_reference"] if answers["how"] == "hand" else None,
        )
        return _stands(refund)

    return Act(
        title=f"Give money back to {charge.trainer.name}",
        button="Give this money back",
        do=do,
        form=RefundForm,
        initial={"seen": charge.refunds.count(), "amount": format_cents(left), "how": "provider"},
        lines=lines,
        then=lambda: reverse("admin:payments_charge_change", args=[charge.pk]),
        danger=True,
    )


def by_hand(request: HttpRequest, failed: Refund) -> Act:
    """What the provider refused to return, and finance returned itself."""

    def do(answers: dict[str, Any]) -> str:
        said = {"hand_reference": answers["hand_reference"], "reason": answers["reason"]}
        return _stands(return_by_hand(failed, **said, by=request.user, at=clock.now()))

    limit = amount(second_person_above(failed.charge, at=clock.now()), failed.currency)
    return Act(
        title=f"Record what {_payer(failed)} got back by hand",
        button="Record that it was returned by hand",
        do=do,
        form=HandForm,
        lines=(
            f"The provider refused to return {_named(failed)} of {_of_what(failed)}: {failed.last_error}",
            f"{failed.get_cause_display()}. Above {limit} for one charge in all, a second person must approve.",
            "The portal sends no money. It books the return, and the trainer gets an email with the reference.",
        ),
        danger=True,
    )


def approve(request: HttpRequest, refund: Refund) -> Act:
    def do(answers: dict[str, Any]) -> str:
        return _stands(approve_refund(refund, by=request.user, at=clock.now()))

    sent = "The money leaves within a minute, and this cannot be taken back."
    booked = "The portal sends no money. The return is booked at once, and this cannot be taken back."
    return Act(
        title=f"Approve the refund to {_payer(refund)}",
        button="Approve this refund",
        do=do,
        lines=(*_told(refund), booked if refund.hand_reference else sent),
        danger=True,
    )


def refuse(request: HttpRequest, refund: Refund) -> Act:
    def do(answers: dict[str, Any]) -> str:
        refuse_refund(refund, reason=answers["reason"], by=request.user, at=clock.now())
        return f"{_named(refund)} is not approved."

    return Act(
        title=f"Refuse the refund to {_payer(refund)}",
        button="Refuse this refund",
        do=do,
        form=ReasonForm,
        lines=(
            *_told(refund),
            f"{'Nothing is booked' if refund.hand_reference else 'The money stays'}. Nobody gets an email.",
        ),
    )


def _told(refund: Refund) -> tuple[str, str]:
    who = refund.by.name if refund.by else "The portal"
    what = f"{_named(refund)} of {_of_what(refund)}"
    asks = f"{who} asks to give back {what}."
    if refund.hand_reference:
        asks = f"{who} says that {what} was already returned by hand, with the reference {refund.hand_reference}."
    return asks, f"{refund.get_cause_display()}: {refund.reason}"


def _stands(refund: Refund) -> str:
    """The sentence after an act: what becomes of the refund now."""
    if refund.state == Refund.State.WAITING:
        return f"{_named(refund)} waits for a second person."
    if refund.hand_reference:
        return f"{_named(refund)} is recorded as returned by hand, reference {refund.hand_reference}."
    return f"{_named(refund)} is on its way."


def _of_what(refund: Refund) -> str:
    return refund.charge.description if refund.charge else "money that fits no charge"


def _named(refund: Refund) -> str:
    return amount(refund.amount_cents, refund.currency)


def _payer(refund: Refund) -> str:
    charge = refund.charge or (expected_charge(money_of(refund.event)) if refund.event else None)
    return charge.trainer.name if charge else "whoever paid"


# --- money that fits no charge


def credit(request: HttpRequest, event: ProviderEvent) -> Act:
    money = money_of(event)
    charge = expected_charge(money)

    def do(answers: dict[str, Any]) -> str:
        credited = answers["charge"]
        credit_event(event, charge=credited, by=request.user, at=clock.now())
        return f"The money is booked for charge {credited.pk}, {credited.description}."

    return Act(
        title="It is the money for this charge",
        button="Book it for this charge",
        do=do,
        form=CreditForm,
        initial={"charge": charge.pk if charge else None},
        lines=(
            *_compared(money, charge),
            "It pays the charge if that is still open; otherwise it is sent back as a second payment.",
        ),
        then=to_match,
    )


def send_back(request: HttpRequest, event: ProviderEvent) -> Act:
    money = money_of(event)

    def do(answers: dict[str, Any]) -> str:
        return_event(event, reason=answers["reason"], by=request.user, at=clock.now())
        waits = event.refunds.filter(state=Refund.State.WAITING).exists()
        return "The refund waits for a second person." if waits else "The money is on its way back."

    charge = expected_charge(money)
    limit = amount(second_person_above(charge, at=clock.now()), charge.currency if charge else money.currency)
    lines = (
        *_compared(money, charge),
        "The money goes to the card or account that paid, and whoever most likely paid gets an email.",
        f"Above {limit} a second person must approve.",
    )
    return Act(
        title="Return the money",
        button="Return this money",
        do=do,
        form=ReasonForm,
        lines=lines,
        then=to_match,
        danger=True,
    )


def dismiss(request: HttpRequest, event: ProviderEvent) -> Act:
    money = money_of(event)

    def do(answers: dict[str, Any]) -> str:
        dismiss_event(event, reason=answers["reason"], by=request.user, at=clock.now())
        return "The message is put away."

    return Act(
        title="Nothing to do",
        button="Put this message away",
        do=do,
        form=ReasonForm,
        lines=(*_compared(money, expected_charge(money)), "No money moves, and nothing is booked."),
        then=to_match,
    )


def _compared(money: Money, charge: Charge | None) -> list[str]:
    """Whose it most likely is, then each point."""
    most_likely = (
        f"Most likely from {charge.trainer.name}, for charge {charge.pk}: {charge}." if charge else NOBODY
    )
    known = [point for point in points(money, charge) if point.name != "Charge"]
    lines = (f"{one.name}: {one.came}{f'; expected {one.ours}' if one.ours else ''}." for one in known)
    return [most_likely, *lines]
