"""What makes the certifying body recognisable: its colour as a stylesheet, its mark as the icon of
browser tabs, its logo.

The URL carries the version of its content, so that browsers keep it for a year and ask again after
a change.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from core.access import public
from core.colours import TEAL
from core.organisation import OrganisationFacts, accent_stylesheet, current_organisation
from core.rosette import mark_path

FOR_A_YEAR = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#fff"/>'
    '<path fill="{}" fill-rule="evenodd" d="{}"/></svg>'
)
FRAMED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#fff"/>'
    '<image x="2" y="2" width="28" height="28" href="{}"/></svg>'
)


@public
@require_safe
def organisation_stylesheet(request: HttpRequest) -> HttpResponse:
    facts = current_organisation()
    if not facts.accent:
        raise Http404
    return _cached(request, facts, accent_stylesheet(facts), "text/css; charset=utf-8")


@public
@require_safe
def organisation_icon(request: HttpRequest) -> HttpResponse:
    """Send the icon of the organisation: its logo or, without one, the portal's mark in its accent
    colour."""
    facts = current_organisation()
    drawn = format_html(ICON, facts.accent or TEAL, mark_path())
    if facts.logo:
        drawn = format_html(FRAMED, facts.logo_image)
    return _cached(request, facts, drawn, "image/svg+xml")


@public
@require_safe
def organisation_logo(request: HttpRequest) -> HttpResponse:
    facts = current_organisation()
    if not facts.logo:
        raise Http404
    return _cached(request, facts, facts.logo, "image/png")


def _cached(request: HttpRequest, facts: OrganisationFacts, content: str | bytes, kind: str) -> HttpResponse:
    """Answer with `content`, to be kept for a year when the URL has the present version."""
    kept = FOR_A_YEAR if request.GET.get("v") == facts.version else ASK_EACH_TIME
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": kept})
