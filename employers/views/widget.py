"""A certification on other sites: its picture, its signed statement and its page, for everybody; and the
page on which a trainer turns it on and off.

The picture and the statement have no limit of requests: a code cannot be guessed, one address of a network
is a whole office or a proxy that fetches for everybody, and a refused picture would look as if nobody were
certified. Caches answer most requests. The page is one for people, and has the limit of the public check.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import public
from core.errors import Refusal
from employers.lookups import credentials_with_widgets, own_credential, shown_widget
from employers.models import Widget
from employers.pages.widget import (
    KEPT_FOR,
    NOT_SHOWN,
    Statement,
    WidgetLinks,
    nothing_as_svg,
    snippet_of,
    statement_as_json,
    statement_as_svg,
    statement_of,
)
from employers.services.showing import start_widget, stop_widget
from employers.views.limits import too_many
from renewals.limits import count_request
from renewals.pages.verification import answer_by_code
from trainers.access import TrainerRequest, trainer_only
from trainers.models import Credential

EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",  # pages of other sites read it by script
    "Cross-Origin-Resource-Policy": "cross-origin",  # and show it as an image
    "X-Robots-Tag": "noindex",
}
SECONDS = int(KEPT_FOR.total_seconds())
KEPT, KEPT_SHORTLY = f"public, max-age={SECONDS}", "public, max-age=60"
# It may stand in a frame of any site. Its own style is part of the picture.
PICTURE = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["*"]}


@public
@csp(PICTURE)  # type: ignore[arg-type]  # django-csp types no view with values
@xframe_options_exempt
@require_safe
def widget_svg(request: HttpRequest, code: str) -> HttpResponse:
    """Send the picture of a widget; of one that is not shown, a picture that says so, with 404."""
    return _answer(request, code, "image/svg+xml", statement_as_svg, lambda: nothing_as_svg())


@public
@csp(PICTURE)  # type: ignore[arg-type]  # django-csp types no view with values
@xframe_options_exempt
@require_safe
def widget_json(request: HttpRequest, code: str) -> HttpResponse:
    """Send the signed statement. What is not shown gets 404."""
    nothing = b'{"detail": "%s"}' % NOT_SHOWN.encode()
    return _answer(request, code, "application/json", statement_as_json, lambda: nothing)


@public
@require_safe
def widget_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the certification as the public check does, without its number; the picture leads here."""
    widget = shown_widget(code)
    if widget is None:
        raise Http404("Nothing is shown here.")
    at = clock.now()
    if excess := count_request(request, "verify", at=at):
        return too_many(request, excess)
    answer = answer_by_code(widget.credential.check_code, at=at, default_policy=settings.PORTAL_POLICY)
    card = replace(answer.card, number="") if answer.card else None
    response = render(request, "employers/widget.html", {"answer": answer, "card": card})
    response["Cache-Control"] = "no-store"
    return response


@trainer_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_widgets(request: TrainerRequest) -> HttpResponse:
    """Show the lines to copy for each certification; turn them on and off."""
    if request.method == "POST":
        return _turned(request)
    rows = [_row(credential) for credential in credentials_with_widgets(request.user)]
    return render(request, "employers/widgets.html", {"rows": rows, "minutes": 2 * SECONDS // 60})


def _turned(request: TrainerRequest) -> HttpResponse:
    credential = own_credential(request.user, request.POST.get("credential", ""))
    if request.POST.get("turn") == "off":
        stop_widget(credential, by=request.user, at=clock.now())
        messages.success(request, "Other sites show it no more, once their copies are ten minutes old.")
    else:
        start_widget(credential, by=request.user, at=clock.now())
        messages.success(request, "It can be shown now. Copy the lines below.")
    return redirect("employers:widgets")


def _row(credential: Credential) -> dict[str, object]:
    widget = getattr(credential, "widget", None)
    shown = widget is not None and widget.state == Widget.State.SHOWN
    row: dict[str, object] = {"credential": credential, "title": credential.policy.title, "shown": shown}
    if widget is not None and shown:
        links = WidgetLinks(widget.code)
        row |= {
            "links": links,
            "snippet": snippet_of(links, credential.trainer.name, credential.policy.title),
        }
    return row


def _answer(
    request: HttpRequest,
    code: str,
    kind: str,
    made: Callable[[Statement], bytes],
    nothing: Callable[[], bytes],
) -> HttpResponse:
    """Answer with a statement in one form, or that the caller's copy is still the same."""
    widget = shown_widget(code)
    if widget is None:
        return _sent(nothing(), kind, status=404, kept=KEPT_SHORTLY)
    one = statement_of(widget, at=clock.now())
    etag = f'"{sha256(repr((kind, one)).encode()).hexdigest()[:32]}"'
    if found := get_conditional_response(request, etag=etag):
        found["Cache-Control"] = KEPT
        return found
    try:
        response = _sent(made(one), kind, status=200, kept=KEPT)
    except Refusal:
        return _sent(nothing(), kind, status=503, kept="no-store")
    response["ETag"] = etag
    return response


def _sent(content: bytes, kind: str, *, status: int, kept: str) -> HttpResponse:
    headers = {"Cache-Control": kept, **EVERYWHERE}
    return HttpResponse(content, status=status, content_type=kind, headers=headers)
