"""How finance acts: give money back, and decide about what somebody else asked to give back."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from payments.admin_forms import CreditForm, ReasonForm, RefundForm
from payments.facts import Money
from payments.matching import expected_charge, money_of, points
from payments.models import Charge, LedgerEntry, ProviderEvent, Refund
from payments.services import (
    approve_refund,
    credit_event,
    dismiss_event,
    refuse_refund,
    request_refund,
    return_event,
    second_person_above,
    still_kept,
)
from recert import clock
from recert.admin_views import Act
from recert.rules.units import format_cents


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
        "The money goes to the card or account that paid, and the trainer gets an email.",
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
        )
        waits = refund.state == Refund.State.WAITING
        return f"{_named(refund)} {'waits for a second person' if waits else 'is on its way'}."

    return Act(
        title=f"Give money back to {charge.trainer.name}",
        button="Give this money back",
        do=do,
        form=RefundForm,
        initial={"seen": charge.refunds.count(), "amount": format_cents(left)},
        lines=lines,
        then=lambda: reverse("admin:payments_charge_change", args=[charge.pk]),
        danger=True,
    )


def approve(request: HttpRequest, refund: Refund) -> Act:
    def do(answers: dict[str, Any]) -> str:
        approve_refund(refund, by=request.user, at=clock.now())
        return f"{_named(refund)} is on its way."

    return Act(
        title=f"Approve the refund to {_payer(refund)}",
        button="Approve this refund",
        do=do,
        lines=(*_told(refund), "The money leaves within a minute, and this cannot be taken back."),
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
        lines=(*_told(refund), "The money stays. Nobody gets an email."),
    )


def _told(refund: Refund) -> tuple[str, str]:
    who = refund.by.name if refund.by else "The portal"
    return (
        f"{who} asks to give back {_named(refund)} of {refund.charge.description if refund.charge else 'money that fits no charge'}.",
        f"{refund.get_cause_display()}: {refund.reason}",
    )


def _named(refund: Refund) -> str:
    return amount(refund.amount_cents, refund.currency)


def _payer(refund: Refund) -> str:
    return refund.charge.trainer.name if refund.charge else "whoever paid"


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

    lines = (*_compared(money, expected_charge(money)), "The money goes to the card or account that paid.")
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
    known = [point for point in points(money, charge) if point.name != "Charge"]
    return [f"{one.name}: {one.came}{f'; expected {one.ours}' if one.ours else ''}." for one in known]
