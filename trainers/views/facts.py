"""The page on which trainers state what the rules of their certification ask about them."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from trainers.access import TrainerRequest, trainer_only
from trainers.fact_forms import fact_form_class, initial_answers
from trainers.pages.facts import page_of_facts
from trainers.services.facts import set_facts


@trainer_only
def facts_page(request: HttpRequest) -> HttpResponse:
    """Show what the policy asks about the trainer, and why; store what they state."""
    asked_for = cast(TrainerRequest, request)
    page = page_of_facts(asked_for.cycle)
    data = request.POST if request.method == "POST" and page.asked else None
    form = fact_form_class(page.asked)(data, initial=initial_answers(page.known))
    if form.is_valid():
        with form.refusals():
            set_facts(asked_for.credential, answers=form.cleaned_data, by=asked_for.user, at=clock.now())
            messages.success(request, "What you told us is saved.")
            return redirect("trainers:facts")
    words = {"form": form, "page": page, "zone": asked_for.cycle.policy.time_zone}
    return render(request, "trainers/facts.html", words, status=422 if form.errors else 200)
