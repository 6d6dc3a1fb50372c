"""The page behind the link of an invitation to report for a provider."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from core import clock
from core.access import public
from core.errors import Refusal
from providers.joining_links import role_of_token
from providers.models import ProviderPerson
from providers.services.people import accept_provider_invitation
from trainers.allauth_internals import count_attempt, start_login_by_code, too_many_attempts


@public
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to accept the invitation; then ask for a mailed code, so that a link that somebody else
    has seen opens nothing.
    """
    role = role_of_token(token)
    if role is None or role.state != ProviderPerson.State.INVITED or clock.now() >= role.link_ends_at:
        return render(request, "providers/join_ended.html", status=HTTPStatus.GONE)
    other = request.user.is_authenticated and request.user.pk != role.person_id
    if other or request.method != "POST":
        return render(request, "providers/join.html", {"role": role, "somebody_else": other})
    person = role.person
    if not request.user.is_authenticated and not count_attempt(
        request, "request_login_code", key=person.email
    ):
        return too_many_attempts(request)
    try:
        accept_provider_invitation(role, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return render(request, "providers/join_ended.html", status=HTTPStatus.GONE)
    if request.user.is_authenticated:
        return redirect("providers:home")
    start_login_by_code(request, user=person, email=person.email)
    return redirect(
        f"{reverse('account_confirm_login_code')}?{urlencode({'next': reverse('providers:home')})}"
    )
