"""Who may use each route: every view declares it with one of these decorators, and a test asks
every route.

Routes of allauth and of the admin cannot carry our decorators; `ROUTES_OF_OTHERS` declares theirs.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch

from core.unsent import keep_unsent

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Declare that everybody may use the view, signed in or not."""
    return declare_access(view, "public")


def signed_in(view: View) -> View:
    """Admit every signed-in account; redirect others to the sign-in page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return view(request, *args, **kwargs)

    return declare_access(checked, "signed_in")


def webhook(view: View) -> View:
    """Declare that another machine uses the view, which verifies it by its signature."""
    return declare_access(view, "webhook")


ROUTES_OF_OTHERS = {
    "api:openapi-json": "public",
    "api:api-root": "public",
    "api:": "key",  # a program with a key of its organisation
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_signup": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "account_email_verification_sent": "public",
    "account_reset_password": "public",
    "account_confirm_password_reset_code": "public",
    "account_complete_password_reset": "public",
    "account_password_reset_completed": "public",
    "mfa_authenticate": "public",
    "mfa_login_webauthn": "public",
    "account_reauthenticate": "signed_in",
    "account_email": "signed_in",
    "account_change_password": "signed_in",
    "account_set_password": "signed_in",
    "mfa_": "signed_in",
    "usersessions_": "signed_in",
    "admin:": "staff",
}


def access_of(match: ResolverMatch) -> str | None:
    """Return what the route of `match` declares, or None when it declares nothing."""
    declared: str | None = getattr(match.func, "access", None)
    if declared or not match.view_name:
        return declared
    exact = ROUTES_OF_OTHERS.get(match.view_name)
    by_prefix = (
        kind
        for name, kind in ROUTES_OF_OTHERS.items()
        if name[-1] in "_:" and match.view_name.startswith(name)
    )
    return exact or next(by_prefix, None)


def declare_access(view: View, kind: str) -> View:
    """Declare who may use `view`; `kind` is a word such as "public"."""
    view.access = kind  # type: ignore[attr-defined]  # a function carries its access word
    return view


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page. After signing in, the person returns to the page that they
    requested, or to the form that they had posted.

    When htmx requested only a part of a page, the browser is told to load the whole page again, and
    that request is redirected.
    """
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    if kept_at := keep_unsent(request):
        return redirect_to_login(kept_at)
    return redirect(settings.LOGIN_URL)
