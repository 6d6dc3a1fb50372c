"""The public page of a badge, its files, and the lists that say whether it is still good."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from badges.baking import bake_into_png, bake_into_svg
from badges.signing import REFRESHED_AFTER
from badges.views import EVERY_SITE
from core import clock
from core.access import public
from core.errors import Refusal
from renewals.limits import count_request
from renewals.models import Badge
from renewals.pages.badge import (
    BadgeLinks,
    badge_with_code,
    certification_of,
    linkedin_address,
    picture_for,
    signed_badge,
)
from renewals.pages.badge_status import is_list, signed_list
from renewals.pages.verification import answer_by_code, wait_words

TOO_MANY = "Too many badges were asked for from your connection."
CREDENTIAL = "application/vc"  # as the specification of verifiable credentials registers it


@public
@require_safe
def badge_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a badge: whose it is, whether it is in force, and its files while it is."""
    return _limited(request, code) or _page(request, _badge(code))


@public
@require_safe
def badge_as_json(request: HttpRequest, code: str) -> HttpResponse:
    """Send the badge as signed JSON-LD."""
    return _file(request, code, CREDENTIAL, lambda badge, text: text.encode())


@public
@require_safe
def badge_as_png(request: HttpRequest, code: str) -> HttpResponse:
    """Send the badge as a PNG picture that contains the signed badge."""
    return _file(request, code, "image/png", lambda badge, text: bake_into_png(picture_for(badge).png, text))


@public
@require_safe
def badge_as_svg(request: HttpRequest, code: str) -> HttpResponse:
    """Send the badge as an SVG picture that contains the signed badge."""
    return _file(
        request, code, "image/svg+xml", lambda badge, text: bake_into_svg(picture_for(badge).svg, text)
    )


@public
@require_safe
def badge_status_list(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """Send a signed list of the badges that were revoked, or that are not in force now."""
    if not is_list(purpose, number):
        raise Http404("There is no such list.")
    if excess := count_request(request, "badge_list", at=clock.now()):
        return HttpResponse(status=429, headers={"Retry-After": str(excess.seconds)})
    kept = f"public, max-age={int(REFRESHED_AFTER.total_seconds())}"
    try:
        found = signed_list(purpose, number, at=clock.now())
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=503, headers=EVERY_SITE)
    headers = {"Cache-Control": kept, **EVERY_SITE}
    return JsonResponse(found, content_type=CREDENTIAL, headers=headers)


def _file(request: HttpRequest, code: str, kind: str, make: Callable[[Badge, str], bytes]) -> HttpResponse:
    """Send one file of the badge. When the person is not certified, show the badge's page, which says so."""
    if refused := _limited(request, code):
        return refused
    badge, now = _badge(code), clock.now()
    certification = certification_of(badge, at=now)
    if not certification.certified:
        return _page(request, badge, status=404)
    try:
        text = signed_badge(badge, certification, at=now)
    except Refusal as refusal:
        return _page(request, badge, status=503, trouble=str(refusal))
    headers = {"Cache-Control": "no-store", **EVERY_SITE}
    if "download" in request.GET:
        ending = {CREDENTIAL: "json", "image/png": "png"}.get(kind, "svg")
        headers["Content-Disposition"] = f'attachment; filename="badge-{badge.credential.number}.{ending}"'
    return HttpResponse(make(badge, text), content_type=kind, headers=headers)


def _page(request: HttpRequest, badge: Badge, *, status: int = 200, trouble: str = "") -> HttpResponse:
    now, credential = clock.now(), badge.credential
    links, certification = BadgeLinks(credential.check_code), certification_of(badge, at=now)
    is_holder = request.user.pk == credential.trainer_id
    words = {
        "answer": answer_by_code(credential.check_code, at=now, default_policy=settings.PORTAL_POLICY),
        "badge": links,
        "picture_title": picture_for(badge).title,
        "is_good": certification.certified,
        "linkedin": linkedin_address(links, credential, certification) if is_holder else "",
        "trouble": trouble,
    }
    response = render(request, "renewals/badge.html", words, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _badge(code: str) -> Badge:
    badge = badge_with_code(code)
    if badge is None:
        raise Http404("There is no such badge.")
    return badge


def _limited(request: HttpRequest, code: str) -> HttpResponse | None:
    """Return the answer to a caller who asks too often. Nobody can guess a code, so the limit is
    for the work of signing.
    """
    excess = count_request(request, "badge", at=clock.now())
    if excess is None:
        return None
    sentence = f"{TOO_MANY} Try again in {wait_words(excess.seconds)}."
    response = render(request, "429.html", {"sentence": sentence}, status=429)
    response["Retry-After"] = str(excess.seconds)
    response["Cache-Control"] = "no-store"
    return response
