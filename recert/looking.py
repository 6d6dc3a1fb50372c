"""Show a trainer's own pages to staff who look at them (`staff.trainers.looking`): the pages are
the trainer's, and nothing can be changed.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch

from core.access import access_of
from core.read_only import read_only
from recert.middleware import STAFF_SIDE, Handler
from staff.trainers.looking import LookingSession, looking_of

# What stays the viewer's own while they look: ending the session, and proving who they are.
OWN = {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_authenticate", "account_login"}
# Files are shown to staff as staff: by their own permission, and each look is written down.
AS_STAFF = {"documents"}
# Apps with pages of a trainer; what belongs to nobody, such as help, is shown as the trainer sees it, too.
SHOWN = {"renewals", "ceus", "petitions", "audits", "names", "payments", "trainers", "pages"}
# A secret address, a whole file of personal data, and what one does to be erased are the trainer's alone.
PRIVATE = {
    *("renewals:calendar", "renewals:feed", "trainers:data", "trainers:data_file", "trainers:erase"),
    *("trainers:confirm_erasure", "trainers:unsubscribe", "pages:unsent"),
}


class LookAsTrainer:
    """A middleware that runs the view of a trainer's page as that trainer, in a block in which the
    database refuses changes.

    Whatever is posted is refused. Of the other pages, the viewer's own staff side works as usual;
    the rest is not shown.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[object],
        kwargs: Mapping[str, object],
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not _may_be_looked_at(request, match):
            return None
        looking = looking_of(request)
        if looking is None:
            return None
        request.looking = looking  # type: ignore[attr-defined]  # the banner on every page reads it
        if request.method not in ("GET", "HEAD"):
            return _refuse(request, f"Nothing can be changed while you see what {looking.person.name} sees.")
        if match.namespace in AS_STAFF:
            return None
        if match.namespace not in SHOWN or match.view_name in PRIVATE:
            return _refuse(request, "This page is not shown to anybody else.")
        return _as_trainer(request, looking, view, args, kwargs)


def _may_be_looked_at(request: HttpRequest, match: ResolverMatch) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(STAFF_SIDE):
        return False
    return match.view_name not in OWN and access_of(match) in ("public", "signed_in", "trainer")


def _as_trainer(
    request: HttpRequest,
    looking: LookingSession,
    view: Callable[..., HttpResponse],
    args: Sequence[object],
    kwargs: Mapping[str, object],
) -> HttpResponse:
    """Return what the trainer would see. The session stays the viewer's, unchanged."""
    viewer, changed = request.user, request.session.modified
    request.user = looking.person
    try:
        with read_only():
            response: HttpResponse = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
    except DatabaseError:
        return _refuse(request, "This page would change something, so it is not shown.")
    finally:
        request.user = viewer
        request.session.modified = changed
    return response


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "pages/looking.html", {"sentence": sentence}, status=HTTPStatus.FORBIDDEN)
