"""Limit how often one account may search in a minute: a search costs the database more than a page."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.limits import count_in_period
from recert.middleware import Handler

A_MINUTE = 60
TOO_MANY = "These were many searches in one minute. Wait a minute, then load this page again."


class SearchesOfAccount:
    """A middleware that answers 429 when an account has searched more than SEARCHES_PER_MINUTE times
    in a minute, until the next one begins.

    Every list and page searches by the parameter `q`. Visitors without an account have limits by
    network address.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not request.GET.get("q") or not request.user.is_authenticated:
            return None
        now = clock.real_now()
        count = count_in_period(f"searches:{request.user.pk}", seconds=A_MINUTE, at=now)
        if count <= settings.SEARCHES_PER_MINUTE:
            return None
        answer = render(request, "429.html", {"sentence": TOO_MANY}, status=HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(A_MINUTE - int(now.timestamp()) % A_MINUTE)
        return answer
