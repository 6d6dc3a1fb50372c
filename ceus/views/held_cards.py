"""The pages of the cards that the rules ask to be current: see, add and remove them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceus.card_facts import kinds_asked_of
from ceus.card_forms import HeldCardForm
from ceus.lookups import held_card_of
from ceus.pages.held_cards import card_label, cards_page_of
from ceus.services.held_cards import keep_card, remove_card
from ceus.views.records import today_of
from core import clock
from core.errors import refusal_of
from core.forms import posted_to
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_safe
def list_cards(request: TrainerRequest) -> HttpResponse:
    page = cards_page_of(request.cycle, request.user, today=today_of(request.credential))
    return render(request, "ceus/cards/cards.html", {"page": page})


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_card(request: TrainerRequest) -> HttpResponse:
    """Add a card; a policy that knows none leads back to the list, which says so."""
    kinds = kinds_asked_of(request.cycle)
    if not kinds:
        return redirect("ceus:cards")
    chosen = {"kind": request.GET.get("kind", "")}
    form = HeldCardForm(*posted_to(request), owner=request.user, kinds=kinds, initial=chosen)
    if form.is_valid():
        today = today_of(request.credential)
        with form.refusals():
            keep_card(request.credential, **form.cleaned_data, by=request.user, at=clock.now(), today=today)
            messages.success(request, "Your card is saved.")
            return redirect("ceus:cards")
    return render(request, "ceus/cards/add.html", {"form": form}, status=422 if form.errors else 200)


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove_held_card(request: TrainerRequest, pk: int) -> HttpResponse:
    """Ask before a card is removed, then remove it."""
    card = held_card_of(request.user, pk)
    words = {"card": card, "label": card_label(card, request.cycle)}
    if request.method == "POST":
        refused = refusal_of(lambda: remove_card(card, by=request.user, at=clock.now()))
        if refused:
            return render(request, "ceus/cards/remove.html", {**words, "refused": refused}, status=422)
        messages.success(request, "The card is removed.")
        return redirect("ceus:cards")
    return render(request, "ceus/cards/remove.html", words)
