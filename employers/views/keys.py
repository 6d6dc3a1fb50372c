"""The keys of an employer's programs."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from api.key_pages import KeyPages
from employers.access import EmployerRequest, employer_only
from employers.models import ApiKey

PAGES = KeyPages(
    ApiKey,
    app="employers",
    lead="With a key a program of yours, such as the one for your staff, reads the team or checks certifications.",
    example="our staff planner",
)


@employer_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_keys(request: EmployerRequest) -> HttpResponse:
    """Show the keys; make a new one, whose text is shown on this page only."""
    return PAGES.list_keys(request, request.employer)


@employer_only
@never_cache
@require_POST
def replace_key(request: EmployerRequest, pk: int) -> HttpResponse:
    """Make a key in the place of this one, and show it once."""
    return PAGES.replace_key(request, request.employer, pk)


@employer_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_page(request: EmployerRequest, pk: int) -> HttpResponse:
    """Ask whether a key is to be revoked; then end it at once."""
    return PAGES.revoke_key(request, request.employer, pk)
