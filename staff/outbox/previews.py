"""Every message as it would be mailed, rendered from examples: no row is read or written."""

from collections.abc import Callable, Mapping
from itertools import groupby

from csp.decorators import csp, csp_update
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from outbox.examples import Example, all_examples, example_of, mail_of
from outbox.notices import kind_of

MESSAGE_ALONE = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],  # the style of a mail is inside its HTML
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}


def preview_urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the URL patterns of three pages: the list, one message, and its HTML part alone."""

    def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        return path(f"examples/{route}", site.admin_view(view), name=f"outbox_notice_{name}")

    def list_page(request: HttpRequest) -> HttpResponse:
        _check_permission(request)
        context = {"title": "Every message", "kinds": _rows_by_kind()}
        return _render_page(site, request, "admin/outbox/notice/examples.html", context)

    # django-csp's types know only views without values from the address.
    @csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # django-csp types no view with values
    def message_page(request: HttpRequest, kind: str, state: str) -> HttpResponse:
        example = _permitted_example(request, kind, state)
        mail = mail_of(example)
        context = {"title": mail.title, "example": example, "mail": mail}
        return _render_page(site, request, "admin/outbox/notice/example.html", context)

    return [
        page("", list_page, "examples"),
        page("<str:kind>/<slug:state>/", message_page, "example"),
        page("<str:kind>/<slug:state>/html/", _html_page, "example_html"),
    ]


@xframe_options_sameorigin
@csp(MESSAGE_ALONE)  # type: ignore[arg-type]  # django-csp types no view with values
def _html_page(request: HttpRequest, kind: str, state: str) -> HttpResponse:
    """Answer with the HTML part alone; a policy forbids it to load or run anything."""
    return HttpResponse(mail_of(_permitted_example(request, kind, state)).html)


def _render_page(
    site: admin.AdminSite, request: HttpRequest, template: str, context: Mapping[str, object]
) -> HttpResponse:
    return TemplateResponse(request, template, {**site.each_context(request), **context})


def _check_permission(request: HttpRequest) -> None:
    if not request.user.has_perm("outbox.view_notice"):
        raise PermissionDenied


def _permitted_example(request: HttpRequest, kind: str, state: str) -> Example:
    _check_permission(request)
    found = example_of(kind, state)
    if found is None:
        raise Http404
    return found


def _rows_by_kind() -> list[dict[str, object]]:
    """Return each kind of message with what triggers it, when it is sent, and a link for each of
    its states.
    """
    kinds: dict[str, list[Example]] = {}
    for one in all_examples():
        kinds.setdefault(one.kind.kind, []).append(one)
    return [{"label": kind_of(code).label, "rows": _rows(group)} for code, group in kinds.items()]


def _rows(group: list[Example]) -> list[dict[str, object]]:
    return [
        {
            "trigger": trigger,
            "sent": sent,
            "urgency": urgency,
            "states": [
                (one.name, reverse("admin:outbox_notice_example", args=[one.kind.kind, one.state]))
                for one in same
            ],
        }
        for (trigger, sent, urgency), same in groupby(
            group, key=lambda one: (one.trigger, one.sent, one.urgency_words)
        )
    ]
