"""The pages of the fees that fall due in a cycle: see them, pay one, return from the payment page."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import Refusal
from payments.models import Charge
from payments.redirects import redirect_to_payment
from renewals.lookups import credential_of_due
from renewals.models import YearlyFee
from renewals.services.dues import finish_due_payment, numbered_dues, raise_yearly_fee
from rules.dues import PAID
from trainers.access import TrainerRequest, is_looked_at, trainer_only, trainer_only_about


@trainer_only
@require_safe
def list_dues(request: TrainerRequest) -> HttpResponse:
    """Show the fees of the cycles that have not ended, and what was not paid in earlier ones."""
    cycle, today = request.cycle, _today(request)
    found = numbered_dues(cycle, today)
    earlier = [one for one in found if one.cycle.expires_on < today and one.cycle.pk != cycle.pk]
    unpaid = [one for one in earlier if one.answer.state != PAID]
    own = [one for one in found if one not in earlier]
    context = {"earlier": unpaid, "dues": own, "policy": cycle.policy}
    return render(request, "renewals/dues.html", context)


@trainer_only
@require_POST
def pay_due(request: TrainerRequest, number: int) -> HttpResponse:
    """Redirect to the payment page of the due fee with this place in the list."""
    listed = redirect("renewals:dues")
    dues = numbered_dues(request.cycle, _today(request))
    if not 1 <= number <= len(dues):
        return listed
    cycle, due = dues[number - 1].cycle, dues[number - 1].answer
    try:
        fee = raise_yearly_fee(cycle, code=due.code, due_on=due.due_on, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return listed
    if fee.charge is None:
        return listed
    back = reverse("renewals:due_return", args=[fee.pk])
    return redirect_to_payment(request, fee.charge, by=request.user, back=back, otherwise=listed)


@trainer_only_about(credential_of_due)
@require_safe
def due_return(request: TrainerRequest, pk: int) -> HttpResponse:
    """Ask whether the fee is paid, and show the list with the answer."""
    found = YearlyFee.objects.select_related("charge")
    fee = get_object_or_404(found, pk=pk, cycle__credential__trainer=request.user)
    if not is_looked_at(request):
        fee = finish_due_payment(fee, at=clock.now(), wait="left" not in request.GET)
    if fee.charge and fee.charge.state == Charge.State.PAID:
        messages.success(request, "Your payment arrived. The receipt comes by email.")
    elif "left" not in request.GET:
        messages.warning(
            request, "We have not heard of your payment yet. This page shows it once it arrives."
        )
    return redirect("renewals:dues")


def _today(request: TrainerRequest) -> date:
    return clock.today(request.cycle.policy.time_zone)
