"""The page behind the link of an invitation."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from core import clock
from core.access import public
from core.errors import Refusal
from staff.people.pages import role_words
from trainers.allauth_internals import count_attempt, start_login_by_code, too_many_attempts
from trainers.invitation_links import invitation_of
from trainers.models import Invitation
from trainers.services.people import accept_invitation


@public
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to accept the invitation; then ask for a mailed code, so that a link that somebody else
    has seen opens nothing.
    """
    invitation = invitation_of(token)
    if invitation is None or _has_ended(invitation):
        return render(request, "staff/join_ended.html", status=HTTPStatus.GONE)
    if request.user.is_authenticated and request.user.pk != invitation.person_id:
        return _page(request, invitation, somebody_else=True)
    if request.method != "POST":
        return _page(request, invitation)
    person = invitation.person
    if not request.user.is_authenticated and not count_attempt(
        request, "request_login_code", key=person.email
    ):
        return too_many_attempts(request)
    try:
        accept_invitation(invitation, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return render(request, "staff/join_ended.html", status=HTTPStatus.GONE)
    if request.user.is_authenticated:
        return redirect("admin:index")
    start_login_by_code(request, user=person, email=person.email)
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': reverse('admin:index')})}")


def _has_ended(invitation: Invitation) -> bool:
    return invitation.state != Invitation.State.SENT or clock.now() >= invitation.link_ends_at


def _page(request: HttpRequest, invitation: Invitation, *, somebody_else: bool = False) -> HttpResponse:
    role, sentence = role_words([invitation.role], invitation.as_superuser)
    words = {"invitation": invitation, "role": role, "sentence": sentence, "somebody_else": somebody_else}
    return render(request, "staff/join.html", words)
