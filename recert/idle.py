"""End the sessions of staff who have done nothing for a while, because they may see other people's
data; and every session that has lasted too long, even while it is used.
"""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from core import clock
from core.access import access_of, sign_in_first
from recert.middleware import Handler
from trainers.allauth_internals import last_proof_at
from trainers.models import Trainer

SEEN = "staff_seen"  # of a session: when its person last asked for a page, in seconds since 1970
WRITTEN_EVERY = 60  # seconds; a session is not written for every page
SINCE = "signed_in_at"
LONGEST_OF_STAFF, LONGEST = 12 * 3600, 28 * 86_400  # seconds from signing in
TOO_LONG = "You were signed out, because a session ends {words} after signing in."
IDLE = "You were signed out, because nothing was done here for {minutes} minutes."


class StaffIdle:
    """A middleware that signs staff out who asked for no page for STAFF_IDLE_MINUTES, or have been
    signed in for 12 hours; anybody else after 28 days.

    What they typed is kept as in any session that has ended. Pages that everybody may see neither
    end a session nor prolong it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or access_of(match) in ("public", "webhook", "key"):
            return None
        if not request.user.is_authenticated:
            return None
        now = clock.real_now().timestamp()
        if told := _why_it_ends(request, now):
            logout(request)
            messages.info(request, told)
            return sign_in_first(request)
        if request.user.is_staff and now - request.session.get(SEEN, 0) >= WRITTEN_EVERY:
            request.session[SEEN] = now
        return None


def _why_it_ends(request: HttpRequest, now: float) -> str:
    """Return the sentence for the person whose session ends now; "" while the session goes on."""
    staff, lasted = request.user.is_staff, now - request.session.get(SINCE, now)
    if lasted >= (LONGEST_OF_STAFF if staff else LONGEST):
        return TOO_LONG.format(words="12 hours" if staff else "28 days")
    seen = request.session.get(SEEN) or last_proof_at(request, cast(Trainer, request.user)) or now
    minutes = settings.STAFF_IDLE_MINUTES
    return IDLE.format(minutes=minutes) if staff and now - seen >= minutes * 60 else ""


@receiver(user_logged_in)
def _note_beginning(request: HttpRequest, **more: object) -> None:
    request.session[SINCE] = clock.real_now().timestamp()
    request.session.set_expiry(None)  # not the hour of what was typed before (core.unsent)
