"""A trainer's pages for hardship: their reliefs, a new request, one relief, and withdrawing it
(Q34, Q35).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.forms import posted_to, show_refusals
from hardship import services
from hardship.extendable_days import extendable_days_of
from hardship.forms import AskForm
from hardship.lookups import credential_of_relief, relief_for, reliefs_of
from hardship.pages import relief_view
from rules.days import day_or_none
from trainers.access import TrainerRequest, person_only, trainer_only, trainer_only_about

PER_PAGE = 20


@person_only
@require_safe
def list_reliefs(request: TrainerRequest) -> HttpResponse:
    """Show the reliefs that the trainer asked for or was granted, newest first."""
    page = Paginator(reliefs_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    words = {"page": page, "rows": [relief_view(one) for one in page]}
    return render(request, "hardship/list.html", words)


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: TrainerRequest) -> HttpResponse:
    """Show the form of a request for an extension or a waiver, or store the request.
    `?for=correction:R-…` chooses the last day or fee.
    """
    today = clock.today(request.credential.policy.time_zone)
    sent = posted_to(request)
    form = AskForm(
        *sent,
        owner=request.user,
        days=extendable_days_of(request.cycle, today),
        initial={"what": request.GET.get("for", "")},
    )
    if form.is_valid():
        with form.refusals():
            relief = services.ask_for_relief(
                request.cycle, by=request.user, at=request.began_at, **form.answers()
            )
            messages.success(request, "We have your request. We will write to you.")
            return redirect("hardship:relief", relief.pk)
    words = {"form": form, "expires_on": day_or_none(request.cycle.expires_on)}
    return render(request, "hardship/ask.html", words, status=422 if form.errors else 200)


@trainer_only_about(credential_of_relief)
@require_safe
def relief_page(request: TrainerRequest, pk: int) -> HttpResponse:
    """Show one relief, what staff decided, and what it changes now."""
    found = relief_for(request.user, pk)
    files = [one.document for one in found.evidence.all()]
    return render(request, "hardship/relief.html", {"view": relief_view(found), "files": files})


@trainer_only_about(credential_of_relief)
@require_POST
def withdraw_page(request: TrainerRequest, pk: int) -> HttpResponse:
    """Withdraw a request that waits."""
    found = relief_for(request.user, pk)
    with show_refusals(request):
        services.withdraw_relief(found, by=request.user, at=clock.now())
        messages.success(request, "Your request is withdrawn. Everything stays as it was.")
    return redirect("hardship:relief", found.pk)
