"""The page where somebody whom an employer invited accepts the invitation; its link is mailed."""

from django.http import HttpRequest, HttpResponse

from core.access import public
from employers.links import LINKS
from employers.services.people import accept_employer_invitation
from trainers.views.joining import join_by_link


@public
def join_employer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to accept the invitation, then for a mailed code."""
    return join_by_link(
        request,
        LINKS.role_of_token(token),
        accept=accept_employer_invitation,
        words=lambda role: {"role": role},
        folder="employers",
        home="employers:home",
    )
