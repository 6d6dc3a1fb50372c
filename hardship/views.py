"""A trainer's pages for hardship: their reliefs, a new request, one relief, and withdrawing it
(Q34, Q35).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import Refusal
from core.forms import posted_to
from hardship import services
from hardship.extendable_days import extendable_days_of
from hardship.forms import AskForm
from hardship.lookups import relief_for, reliefs_of
from hardship.pages import relief_view
from trainers.access import TrainerRequest, trainer_only

PER_PAGE = 20


@trainer_only
@require_safe
def reliefs(request: TrainerRequest) -> HttpResponse:
    """Show the reliefs that the trainer asked for or was granted, newest first."""
    page = Paginator(reliefs_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    words = {"page": page, "rows": [relief_view(one) for one in page]}
    return render(request, "hardship/list.html", words)


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: TrainerRequest) -> HttpResponse:
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
        try:
            relief = services.ask_for_relief(
                request.cycle, by=request.user, at=request.began_at, **form.answers()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "We have your request. We will write to you.")
            return redirect("hardship:relief", relief.pk)
    words = {"form": form, "expires_on": request.cycle.expires_on}
    return render(request, "hardship/ask.html", words, status=422 if form.errors else 200)


@trainer_only
@require_safe
def relief(request: TrainerRequest, pk: int) -> HttpResponse:
    """Show one relief, what staff decided, and what it changes now."""
    found = relief_for(request.user, pk)
    files = [one.document for one in found.evidence.all()]
    return render(request, "hardship/relief.html", {"view": relief_view(found), "files": files})


@trainer_only
@require_POST
def withdraw(request: TrainerRequest, pk: int) -> HttpResponse:
    """Withdraw a request that waits."""
    found = relief_for(request.user, pk)
    try:
        services.withdraw_relief(found, by=request.user, at=clock.now())
        messages.success(request, "Your request is withdrawn. Everything stays as it was.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("hardship:relief", found.pk)
