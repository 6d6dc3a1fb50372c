"""The keys of a provider's programs."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from api.key_pages import KeyPages
from providers.access import ProviderRequest, provider_only
from providers.models import ApiKey

PAGES = KeyPages(
    ApiKey,
    app="providers",
    lead="With a key a program of yours reports who attended, and nothing is typed.",
    example="our Moodle",
)


@provider_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_keys(request: ProviderRequest) -> HttpResponse:
    """Show the keys; make a new one, whose text is shown on this page only."""
    return PAGES.list_keys(request, request.provider)


@provider_only
@never_cache
@require_POST
def replace_key(request: ProviderRequest, pk: int) -> HttpResponse:
    """Make a key in the place of this one, and show it once."""
    return PAGES.replace_key(request, request.provider, pk)


@provider_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_page(request: ProviderRequest, pk: int) -> HttpResponse:
    """Ask whether a key is to be revoked; then end it at once."""
    return PAGES.revoke_key(request, request.provider, pk)
