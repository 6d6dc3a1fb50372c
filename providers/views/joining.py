"""The page behind the link of an invitation to report for a provider."""

from django.http import HttpRequest, HttpResponse

from core.access import public
from providers.joining_links import LINKS
from providers.services.people import accept_provider_invitation
from trainers.views.joining import join_by_link


@public
def join_provider(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to accept the invitation, then for a mailed code."""
    return join_by_link(
        request,
        LINKS.role_of_token(token),
        accept=accept_provider_invitation,
        words=lambda role: {"role": role},
        folder="providers",
        home="providers:home",
    )
