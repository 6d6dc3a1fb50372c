"""The page behind the link of an invitation to work here."""

from django.http import HttpRequest, HttpResponse

from core.access import public
from staff.people.pages import role_words
from trainers.invitation_links import invitation_of
from trainers.models import Invitation
from trainers.services.people import accept_invitation
from trainers.views.joining import join_by_link


@public
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to accept the invitation, then for a mailed code."""
    return join_by_link(
        request,
        invitation_of(token),
        accept=accept_invitation,
        words=_words,
        folder="staff",
        home="admin:index",
    )


def _words(invitation: Invitation) -> dict[str, object]:
    role, sentence = role_words([invitation.role], invitation.as_superuser)
    return {"invitation": invitation, "role": role, "sentence": sentence}
