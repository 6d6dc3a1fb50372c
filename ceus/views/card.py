"""The card that a policy asks for: what is on record, and a new one with both sides (Q11, Q23)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceus import services
from ceus.forms import CardForm
from ceus.pages.records import cycle_view
from ceus.views.records import saved_page, today_of
from core import clock
from core.forms import posted_to
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def card_page(request: TrainerRequest) -> HttpResponse:
    form = CardForm(*posted_to(request), owner=request.user)
    today = today_of(request.credential)
    if form.is_valid():
        with form.refusals():
            record = services.log_card(
                request.credential, **form.cleaned_data, by=request.user, at=clock.now(), today=today
            )
            return saved_page(request, record)
    rows = cycle_view(request.cycle, today=today).rows
    cards = [row for row in rows if row.record.is_card]
    words = {"form": form, "cards": cards, "today": today}
    return render(request, "ceus/records/card.html", words, status=422 if form.errors else 200)


@trainer_only
@require_safe
def card_moved(request: TrainerRequest) -> HttpResponse:
    """Redirect from the page's earlier URL, which older mails contain."""
    return redirect("ceus:card", permanent=True)
