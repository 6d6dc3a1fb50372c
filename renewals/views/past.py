"""The list of every renewal of the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renewals.models import Application
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_safe
def page(request: TrainerRequest) -> HttpResponse:
    """List the renewals that were submitted, the newest first."""
    found = Application.objects.owned_by(request.user).filter(received_on__isnull=False)
    renewals = found.select_related("cycle").order_by("-received_on", "-pk")
    return render(request, "renewals/past.html", {"renewals": renewals})
