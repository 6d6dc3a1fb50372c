"""Pages about one of several certifications: the address begins with its number
(`trainers.certifications`).
"""

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import set_script_prefix

from core.access import access_of, sign_in_first
from core.links import API
from recert.middleware import OWN_ACCOUNT, STAFF_SIDE, Handler
from staff.trainers.looking import looking_of
from trainers.certifications import CERTIFICATIONS, own_cycle_with_number, path_within, split_address

NEVER = (STAFF_SIDE, API, CERTIFICATIONS)
OURS = ("public", "signed_in", "trainer")


class NamedCertification:
    """A middleware that serves `/certifications/<number>/<page>` as that page about the trainer's
    certification with this number: `request.chosen` is its current cycle, and the page's links
    lead to pages about it, too.

    The number in the address, and not the session, says which one is meant, so that two windows
    about two certifications never change each other's.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number, page = split_address(request.path_info)
        if not number or page.startswith(NEVER):
            return self.get_response(request)
        request.certification_number = number  # type: ignore[attr-defined]  # read below
        request.path_info = page
        try:
            return self.get_response(request)
        finally:
            set_script_prefix("/")

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[object],
        kwargs: Mapping[str, object],
    ) -> HttpResponse | None:
        number, match = getattr(request, "certification_number", ""), request.resolver_match
        if not number or match is None:
            return None
        if access_of(match) not in OURS:
            raise Http404
        if match.view_name.startswith(OWN_ACCOUNT):
            return None  # signing in and out, which is about no certification
        if not request.user.is_authenticated:
            return sign_in_first(request)
        looking = looking_of(request)
        person = looking.person if looking else request.user
        chosen = own_cycle_with_number(person, number)
        request.chosen = chosen  # type: ignore[attr-defined]  # TrainerRequest declares it
        set_script_prefix(path_within(chosen.credential, "/"))
        return None
