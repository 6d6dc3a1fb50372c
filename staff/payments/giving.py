"""The way from a trainer's page to a refund: directly when one payment can be refunded, otherwise
by choosing one.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from payments.models import LedgerEntry
from payments.services.refund_checks import still_kept
from staff.payments.pages import booking_words, money_words
from trainers.models import Trainer

if TYPE_CHECKING:
    from staff.lists import StaffAdmin

GIVE = "payments.give_refund"


def choose_payment(room: "StaffAdmin[Trainer]", request: HttpRequest, person: Trainer) -> HttpResponse:
    """Redirect to the refund of the only payment of `person` that can be refunded; when there are
    several, show them to choose one.
    """
    if person.pk == request.user.pk:
        raise PermissionDenied
    rows = LedgerEntry.objects.filter(trainer=person, kind=LedgerEntry.Kind.PAYMENT).order_by("-at", "-pk")
    payments = rows.select_related("charge").prefetch_related("refunds", "disputes")
    kept = [(one, left) for one in payments if (left := still_kept(one)) > 0]
    if len(kept) == 1:
        return redirect(_refund_url(kept[0][0]))
    choices = [
        (_refund_url(one), one.charge.description, booking_words(one), money_words(left, one.currency))
        for one, left in kept
    ]
    page = {"title": f"Refund a payment of {person.name}", "person": person, "choices": choices}
    return room.render_page(request, "admin/payments/choose_payment.html", page)


def _refund_url(payment: LedgerEntry) -> str:
    return reverse("admin:payments_ledgerentry_give_back", args=[payment.pk])
