"""Access to a provider's side: `provider_only` finds the person's role before the view runs, and asks for
a second factor.
"""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ceus.models import Provider
from core.access import View, declare_access, sign_in_first
from providers.lookups import role_of
from providers.models import ProviderPerson
from trainers.allauth_internals import has_second_factor, sign_in_methods
from trainers.models import Trainer

PROVIDER = "provider"  # of a session: its person belongs to a provider, which menus ask without a query


class ProviderRequest(HttpRequest):
    """The request of a view under `provider_only`."""

    user: Trainer
    role: ProviderPerson
    provider: Provider


def provider_only(view: View) -> View:
    """Admit people with an active role at a provider, in a session that passed a second factor; the
    view gets `request.role` and `request.provider`.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        person = request.user
        role = role_of(person)
        if role is None:
            raise Http404
        if "mfa" not in sign_in_methods(request, person):
            step = "mfa_reauthenticate" if has_second_factor(person) else "mfa_activate_totp"
            return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
        request.session.setdefault(PROVIDER, True)
        request.role, request.provider = role, role.provider  # type: ignore[attr-defined]  # ProviderRequest declares them
        return view(request, *args, **kwargs)

    return declare_access(checked, "provider")
