"""The page behind the link of an invitation: to work here, or to a role at an organisation."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from core import clock
from core.errors import refusal_of
from trainers.allauth_internals import count_attempt, start_login_by_code, too_many_attempts
from trainers.models import Trainer


class Invited(Protocol):
    """A row that invites a person."""

    @property
    def person(self) -> Trainer: ...

    def waits_at(self, at: datetime) -> bool: ...


InvitedRow = TypeVar("InvitedRow", bound=Invited)


def join_by_link(
    request: HttpRequest,
    invited: InvitedRow | None,
    *,
    accept: Callable[..., object],
    words: Callable[[InvitedRow], Mapping[str, object]],
    folder: str,
    home: str,
) -> HttpResponse:
    """Ask to accept the invitation; then ask for a mailed code, so that a link that somebody else
    has seen opens nothing.

    `folder` has the templates `join.html`, which gets `words`, and `join_ended.html`; `home` is the
    URL name of the page that the person comes to.
    """
    if invited is None or not invited.waits_at(clock.now()):
        return _ended(request, folder)
    person = invited.person
    other = request.user.is_authenticated and request.user.pk != person.pk
    if other or request.method != "POST":
        return render(request, f"{folder}/join.html", {**words(invited), "somebody_else": other})
    if not request.user.is_authenticated and not count_attempt(
        request, "request_login_code", key=person.email
    ):
        return too_many_attempts(request)
    refusal = refusal_of(lambda: accept(invited, at=clock.now()))
    if refusal:
        messages.error(request, str(refusal))
        return _ended(request, folder)
    if request.user.is_authenticated:
        return redirect(home)
    start_login_by_code(request, user=person, email=person.email)
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': reverse(home)})}")


def _ended(request: HttpRequest, folder: str) -> HttpResponse:
    return render(request, f"{folder}/join_ended.html", status=HTTPStatus.GONE)
