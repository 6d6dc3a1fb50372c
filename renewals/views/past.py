"""The list of a trainer's own renewals and certificates."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from renewals.lookups import certified_cycles, renewals_of
from renewals.pages.past import past_certificates, past_renewals
from trainers.access import TrainerRequest, person_only


@person_only
@require_safe
def past_cycles(request: TrainerRequest) -> HttpResponse:
    """List the renewals that were submitted and the certificates, the newest first."""
    today = clock.today(request.credential.policy.time_zone)
    words = {
        "renewals": past_renewals(renewals_of(request.user)),
        "certificates": past_certificates(certified_cycles(request.user, today=today)),
    }
    return render(request, "renewals/past.html", words)
