"""End the sessions of staff who have done nothing for a while: what they may see is other people's."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from core import clock
from core.access import access_of, sign_in_first
from recert.middleware import Handler
from trainers.allauth_internals import last_proof_at

SEEN = "staff_seen"  # of a session: when its person last asked for a page, in seconds since 1970
WRITTEN_EVERY = 60  # seconds; a session is not written for every page
IDLE = "You were signed out, because nothing was done here for {minutes} minutes."


class StaffIdle:
    """A middleware that signs staff out who asked for no page for STAFF_IDLE_MINUTES.

    What they typed is kept as in any session that has ended. Pages that everybody may see neither
    end a session nor prolong it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or access_of(match) in ("public", "webhook"):
            return None
        if not request.user.is_authenticated or not request.user.is_staff:
            return None
        minutes, now = settings.STAFF_IDLE_MINUTES, clock.real_now().timestamp()
        seen = request.session.get(SEEN) or last_proof_at(request, request.user) or now
        if now - seen >= minutes * 60:
            logout(request)
            messages.info(request, IDLE.format(minutes=minutes))
            return sign_in_first(request)
        if SEEN not in request.session or now - request.session[SEEN] >= WRITTEN_EVERY:
            request.session[SEEN] = now
        return None
