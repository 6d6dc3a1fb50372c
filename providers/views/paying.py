"""Paying the fee of a provider's request, and the page after the payment page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from payments.pages.receipt_short import short_receipt
from payments.redirects import redirect_to_payment
from providers.access import ProviderRequest, provider_only
from providers.lookups import request_of
from providers.models import CourseRequest
from providers.pages.requests import outcome_of
from providers.services.paying import finish_after_return
from trainers.access import is_looked_at


@provider_only
@require_POST
def pay_request(request: ProviderRequest, ref: str) -> HttpResponse:
    """Redirect to the payment page, which is opened now or was opened before."""
    return to_payment(request, request_of(request.provider, ref))


@provider_only
@require_safe
def pay_return(request: ProviderRequest, ref: str) -> HttpResponse:
    """Ask the payment service whether the request is paid, and show the result. The receipt is
    shown to the person who asked, in whose name it is.
    """
    found, left = request_of(request.provider, ref), "left" in request.GET
    if not is_looked_at(request):
        found = finish_after_return(found, at=clock.now(), wait=not left)
    is_own = found.requested_by_id == request.user.pk
    words = {
        "state": outcome_of(found, left=left),
        "receipt": short_receipt(found.charge) if is_own else None,
        "asked_by": "" if is_own else found.requested_by.name,
        "is_paid": bool(found.charge and found.charge.paid_cents),
    }
    return render(request, "providers/pay_return.html", words)


def to_payment(request: ProviderRequest, found: CourseRequest) -> HttpResponse:
    """Redirect to the payment page, or to the list of requests when nothing is to be paid."""
    listed = redirect("providers:requests")
    if found.state != CourseRequest.State.UNPAID or not found.charge:
        return listed
    back = reverse("providers:pay_return", args=[found.reference])
    return redirect_to_payment(request, found.charge, by=request.user, back=back, otherwise=listed)
