"""Pages on which staff sign in at their organisation and come back from it. Without an issuer in the
settings none of them is there.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from core.access import public
from trainers.allauth_internals import OAuth2Error, answer_of_callback, count_attempt, too_many_attempts
from trainers.id_tokens import UnfitTokenError
from trainers.oidc import (
    OrganisationOAuth2Adapter,
    away_page,
    organisation_provider,
    sign_out_address,
    unfit_page,
)

View = Callable[[HttpRequest], HttpResponse]


def where_there_is_a_provider(view: View) -> View:
    """Let the page exist only while the settings name a provider."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        return view(request)

    return checked


@public
@require_POST
@never_cache
@where_there_is_a_provider
def start_oidc(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. A page does it and no redirect: browsers apply our policy for
    forms to redirects too, and the provider may be at any address.
    """
    if not count_attempt(request, "oidc", key=""):
        return too_many_attempts(request)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, request.get_host(), require_https=request.is_secure())
    try:
        address = organisation_provider(request).redirect_to_provider(
            request, next_url=wanted if safe else ""
        )
    except (OAuth2Error, RequestException):
        return away_page(request)
    answer = render(request, "trainers/oidc_start.html", {"address": address, "name": settings.OIDC_NAME})
    answer["Refresh"] = f"0; url={address}"
    return answer


@public
@require_safe
@never_cache
@where_there_is_a_provider
def oidc_callback(request: HttpRequest) -> HttpResponse:
    """Sign in whoever comes back from the provider with a code that it confirms."""
    try:
        return answer_of_callback(request, OrganisationOAuth2Adapter(request, settings.OIDC_ISSUER))
    except UnfitTokenError as error:
        return unfit_page(request, error)


@public
@require_safe
@where_there_is_a_provider
def oidc_signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session here has ended, and offer to end the one at the provider."""
    said = {"address": sign_out_address(), "name": settings.OIDC_NAME}
    return render(request, "trainers/oidc_signed_out.html", said)
