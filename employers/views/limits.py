"""The answer to whoever asks for more pages than one connection may."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from renewals.limits import ExceededLimit
from renewals.pages.verification import wait_words


def too_many(request: HttpRequest, excess: ExceededLimit) -> HttpResponse:
    """Return the page that says when to go on, which no cache keeps."""
    sentence = (
        f"Too many pages were asked for from your connection. Try again in {wait_words(excess.seconds)}."
    )
    response = render(request, "429.html", {"sentence": sentence}, status=429)
    response["Retry-After"] = str(excess.seconds)
    response["Cache-Control"] = "no-store"
    return response
