"""The private calendar feed: its page in the account, and the feed itself, which is read without
signing in.
"""

from django.contrib import messages as banners
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from core import clock
from core.access import public
from renewals.pages.calendar_feed import (
    boundaries_for,
    calendar_of,
    feed_address,
    fingerprint_of,
    subscription_address,
    trainer_of,
)
from trainers.access import TrainerRequest, person_only
from trainers.services.feed import make_feed, remove_feed, replace_feed


@person_only
def calendar_page(request: TrainerRequest) -> HttpResponse:
    if request.method == "POST":
        make_feed(request.user, by=request.user, at=clock.now())
        return _done(request, "Your calendar address is ready.")
    found = feed_address(request.user)
    words = {"address": found, "subscribe": subscription_address(found) if found else ""}
    return render(request, "renewals/feed.html", words)


@person_only
def replace_address(request: TrainerRequest) -> HttpResponse:
    if request.method == "POST":
        replace_feed(request.user, by=request.user, at=clock.now())
        return _done(request, "You have a new calendar address. The old one stopped.")
    return _asked(request, "renewals/feed_replace.html")


@person_only
def remove_calendar_address(request: TrainerRequest) -> HttpResponse:
    if request.method == "POST":
        remove_feed(request.user, by=request.user, at=clock.now())
        return _done(request, "Your calendar address was removed.")
    return _asked(request, "renewals/feed_remove.html")


@person_only
@require_safe
def download_calendar(request: TrainerRequest) -> HttpResponse:
    """Send the trainer's dates once, as a file that calendar apps open."""
    now = clock.now()
    headers = {"Content-Disposition": 'attachment; filename="certification-dates.ics"'}
    found = calendar_of(boundaries_for(request.user, at=now), at=now)
    return HttpResponse(found, content_type="text/calendar; charset=utf-8", headers=headers)


@public
@require_safe
def feed_of_token(request: HttpRequest, token: str) -> HttpResponse:
    """Send the calendar of a feed's URL. A wrong token and a removed token get equal answers."""
    trainer = trainer_of(token)
    if trainer is None:
        raise Http404("There is no such calendar.")
    now = clock.now()
    found = boundaries_for(trainer, at=now)
    etag = quote_etag(fingerprint_of(found))
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(calendar_of(found, at=now), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="recertification.ics"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"  # kept by the client alone, which asks each time
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _asked(request: TrainerRequest, template: str) -> HttpResponse:
    """Show a page that asks for confirmation; when there is no feed, redirect to the feed's page."""
    return render(request, template) if request.user.feed_nonce else redirect("renewals:calendar")


def _done(request: TrainerRequest, sentence: str) -> HttpResponse:
    banners.success(request, sentence)
    return redirect("renewals:calendar")
