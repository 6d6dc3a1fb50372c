"""The pages on which a trainer chooses one of several ways to renew, before the renewal is sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.errors import refusal_of
from renewals.pages.snapshot import snapshot_of
from renewals.pages.ways import Way, ways_of
from renewals.services.ways import choose_way
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_safe
def list_ways(request: TrainerRequest) -> HttpResponse:
    return render(request, "renewals/ways.html", {"ways": _ways(request)})


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def choose_own_way(request: TrainerRequest, code: str) -> HttpResponse:
    """Show what a way needs and costs, and choose it once the trainer confirms. A way that is not
    open leads back to the list.
    """
    way = next((one for one in _ways(request) if one.code == code), None)
    if way is None:
        return redirect("renewals:ways")
    if request.method == "POST":
        refused = refusal_of(
            lambda: choose_way(request.cycle, way=code, by=request.user, at=request.began_at)
        )
        if refused:
            return render(request, "renewals/way.html", {"way": way, "refused": refused}, status=422)
        messages.success(request, f"You renew by this way: {way.label}.")
        return redirect("renewals:home")
    return render(request, "renewals/way.html", {"way": way})


def _ways(request: TrainerRequest) -> tuple[Way, ...]:
    """Return the ways to renew; none for a certification for life, which is never renewed."""
    if request.cycle.is_for_life:
        return ()
    today = clock.date_of(request.began_at, request.credential.policy.time_zone)
    return ways_of(snapshot_of(request.cycle, today=today))
