"""Middleware for every request: the client's address, unknown methods, text that cannot be stored,
staff without a second factor, private pages, refused forms, compression.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse

from api.frame import problem_response
from core import clock
from core.access import access_of
from core.links import API
from core.unsent import SHOWN_AGAIN, drop_ended_unsent, forget_person, forget_unsent, remember_person
from trainers.allauth_internals import has_second_factor, sign_in_methods
from trainers.known_devices import remember_device
from trainers.models import Trainer

Handler = Callable[[HttpRequest], HttpResponse]
STAFF_SIDE = "/staff/"
STATEMENTS = "/api/xapi/statements"  # the one address that takes PUT (xAPI 1.0.3)
KNOWN_METHODS = ("GET", "HEAD", "POST")
OWN_ACCOUNT = ("account_", "mfa_", "usersessions_")
COMPRESSED = ("text/html", "text/css", "text/javascript", "application/json", "image/svg+xml")
SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
TRIED_TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


class ClientAddress:
    """A middleware that sets `REMOTE_ADDR` to the client's address, where rate limits, allauth and
    the access log read it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = client_address(
            peer=request.META.get("REMOTE_ADDR", ""),
            forwarded_for=request.META.get("HTTP_X_FORWARDED_FOR", ""),
            proxies=settings.TRUSTED_PROXIES,
        )
        return self.get_response(request)


def client_address(*, peer: str, forwarded_for: str, proxies: int) -> str:
    """Return the address that the outermost of our `proxies` saw: the entry of X-Forwarded-For that
    is that many from the right. Entries further left were sent by the client.

    A request that passed fewer proxies has fewer entries; one without any comes from `peer`.
    """
    entries = forwarded_for.split(",")[-proxies:] if proxies else []
    known = (_plain_address(text) for text in (*entries[:1], peer))
    return next(filter(None, known), "127.0.0.1")  # a Unix socket has no address, and is on this machine


def _plain_address(text: str) -> str:
    """Return an address without port and brackets, an IPv4 one as such; empty when it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    # A server that listens on IPv6 for both writes ::ffff:192.0.2.1, and all of these are in one network.
    return str(getattr(address, "ipv4_mapped", None) or address)


class ReceiptTime:
    """A middleware that sets `request.began_at`, the moment at which the request began to arrive:
    its date is the day of receipt (Q13).

    It counts from the outermost of our proxies, which may keep a body until its last byte.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        waited = time_waited(request.META.get("HTTP_X_WAITED", ""), proxies=settings.TRUSTED_PROXIES)
        request.began_at = clock.now() - waited  # type: ignore[attr-defined]  # TrainerRequest declares it
        return self.get_response(request)


def time_waited(header: str, *, proxies: int) -> timedelta:
    """Return how long our `proxies` held a request before they passed it on.

    This is the sum of the seconds that each proxy wrote as the last entry of `header`, at most the
    time for which sweeps wait. Entries further left were sent by the client.
    """
    entries = header.split(",")[-proxies:] if proxies else []
    seconds = sum(float(text) for text in map(str.strip, entries) if SECONDS.fullmatch(text))
    return timedelta(seconds=min(seconds, clock.LONGEST_REQUEST.total_seconds()))


class PlainInput:
    """A middleware that answers 400 to a NUL or a lone surrogate in a URL, whatever the database
    (F13).

    A program that asks the API gets a problem document. Every method except those that read pages
    and post forms gets 405; learning systems may put their statements.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        takes_put = request.method == "PUT" and request.path == STATEMENTS
        if request.method not in KNOWN_METHODS and not takes_put:
            return HttpResponseNotAllowed(KNOWN_METHODS)
        values = [request.path, *request.GET, *(v for _, vs in request.GET.lists() for v in vs)]
        if any("\x00" in value or not _encodable(value) for value in values):
            if request.path.startswith(API):
                return problem_response(
                    request, 400, "A character of the address cannot be read.", code="character"
                )
            return render(request, "400.html", status=400)
        return self.get_response(request)


class Compression(GZipMiddleware):
    """A middleware that compresses pages, stylesheets and scripts for browsers that can read gzip.

    What lengths of compressed pages tell an attacker who sees them (BREACH) is blurred: Django masks
    the CSRF token anew for each page and adds bytes of random length. Files of people and parts of
    files stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.status_code == HTTPStatus.PARTIAL_CONTENT or kind not in COMPRESSED:
            return response
        return super().process_response(request, response)


class StaffSecondFactor:
    """A middleware that admits only staff to the staff site, and only in a session that passed a
    second factor.

    Having set up a second factor is not enough: a session that has not passed it is redirected to
    do so.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if (
            match is None
            or access_of(match) in ("public", "webhook", "key")
            or match.view_name.startswith(OWN_ACCOUNT)
        ):
            return None
        user = cast(Trainer, request.user)
        if not user.is_authenticated:
            return None
        if not user.is_staff:
            self._refuse_staff_side(request)
            return None
        return self._lead_to_second_factor(request, user)

    def _refuse_staff_side(self, request: HttpRequest) -> None:
        if request.path.startswith(STAFF_SIDE):
            raise Http404

    def _lead_to_second_factor(self, request: HttpRequest, user: Trainer) -> HttpResponse | None:
        if "mfa" in sign_in_methods(request, user):
            return None
        step = "mfa_reauthenticate" if has_second_factor(user) else "mfa_activate_totp"
        return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


class PrivatePages:
    """A middleware that forbids caches to store pages of signed-in people, so that Back on a shared
    computer shows none of them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.session.accessed
            and not response.has_header("Cache-Control")
            and request.user.is_authenticated
        ):
            response["Cache-Control"] = "private, no-store"
        return response


class LastPerson:
    """A middleware that remembers in a cookie who was signed in, so that what is typed after the
    session ended is kept for that person; and in another, that this device is one of theirs.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.session.accessed:
            return response
        if request.user.is_authenticated:
            drop_ended_unsent(request)
            remember_person(request, response)
            remember_device(request, response)
        elif request.method == "POST" and request.path.endswith("/logout/"):
            forget_person(response)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Delete the kept form once it is posted again.

        The body is read as late as this, because one that is too large must be refused unread. Those of the
        API are no forms, and its views read them as bytes.
        """
        is_form = request.method == "POST" and not request.path.startswith(API)
        if is_form and SHOWN_AGAIN in request.POST:
            forget_unsent(request)


class RefusedForms:
    """A middleware that changes allauth's 200 for a refused form into 422, or into 429 after too
    many attempts.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        shown = response.context_data or {}
        errors = getattr(shown.get("form"), "errors", None) or getattr(
            shown.get("webauthn_form"), "errors", None
        )
        if request.method == "POST" and response.status_code == 200 and errors:
            codes = {error.code for listed in errors.as_data().values() for error in listed}
            response.status_code = 429 if codes & TRIED_TOO_OFTEN else 422
        return response


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
