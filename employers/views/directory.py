"""The public directory of trainers who listed themselves, and the page on which they do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import public
from employers.directory import entries_now
from employers.forms import DirectoryForm, ListingForm
from employers.lookups import entry_taken_off, listing_of
from employers.pages.directory import entries_of
from employers.services.listing import list_trainer, withdraw_listing
from employers.views.limits import too_many
from renewals.limits import count_request
from trainers.access import TrainerRequest, trainer_only

PER_PAGE = 25


@public
@require_safe
def show_directory(request: HttpRequest) -> HttpResponse:
    """Show who is in the directory now, by name, found by name, city, certification and topic.

    No search engine may keep the page: a trainer who leaves is gone at once, and copies would stay.
    """
    at = clock.now()
    if excess := count_request(request, "directory", at=at):
        return _unkept(too_many(request, excess))
    form = DirectoryForm(request.GET)
    if not form.is_valid():
        return _unkept(render(request, "employers/directory.html", {"form": form}, status=422))
    wanted = form.wanted()
    page = Paginator(entries_now(wanted, at=at), PER_PAGE).get_page(request.GET.get("page"))
    words = {"form": form, "page": page, "entries": entries_of(page), "is_search": not wanted.is_empty}
    return _unkept(render(request, "employers/directory.html", words))


@trainer_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_listing(request: TrainerRequest) -> HttpResponse:
    """Show what the directory says of the trainer; put them in, change it, or take them out."""
    listing, posted = listing_of(request.user), request.method == "POST"
    if posted and "leave" in request.POST:
        withdraw_listing(request.user, by=request.user, at=clock.now())
        messages.success(request, "You are not in the directory any more.")
        return redirect("employers:sharing")
    known = {"city": listing.city, "topics": [one.slug for one in listing.topics.all()]} if listing else {}
    form = ListingForm(request.POST if posted else None, initial=known)
    if form.is_valid():
        with form.refusals():
            list_trainer(request.user, by=request.user, at=clock.now(), **form.cleaned_data)
            messages.success(
                request, "Saved. The directory shows it now." if listing else "You are in the directory now."
            )
            return redirect("employers:sharing")
    words = {"form": form, "listing": listing, "taken_off": entry_taken_off(request.user)}
    return render(request, "employers/listing.html", words, status=422 if form.errors else 200)


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
