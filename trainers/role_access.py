"""Access to the side of an organisation: `role_only` finds the person's role before the view runs,
and asks for a second factor.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from core.access import View, declare_access, sign_in_first
from trainers.allauth_internals import has_second_factor, sign_in_methods
from trainers.models import Trainer
from trainers.models.role import OrganisationRole


class OrganisationRequest(HttpRequest):
    """The request of a view under a decorator of `role_only`. Each kind of organisation adds its own
    attribute.
    """

    user: Trainer


def role_only(word: str, find: Callable[[Trainer], OrganisationRole | None]) -> Callable[[View], View]:
    """Return a decorator that admits people for whom `find` has a role, in a session that passed a
    second factor.

    The view gets `request.role`, and its organisation under the name `word`, which is also the
    access word, and marks the session: menus ask it without a query.
    """

    def admit(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            person = request.user
            role = find(person)
            if role is None:
                raise Http404
            if "mfa" not in sign_in_methods(request, person):
                step = "mfa_reauthenticate" if has_second_factor(person) else "mfa_activate_totp"
                return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
            request.session.setdefault(word, True)
            request.role = role  # type: ignore[attr-defined]  # the request's class in each app declares it
            setattr(request, word, getattr(role, role.ORGANISATION))
            return view(request, *args, **kwargs)

        return declare_access(checked, word)

    return admit
