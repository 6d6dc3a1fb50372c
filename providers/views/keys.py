"""The keys of a provider's programs: the list, a new one shown once, a replacement, an end."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import Refusal
from providers.access import ProviderRequest, provider_only
from providers.forms import KeyForm
from providers.models import ApiKey
from providers.services.keys import make_key, revoke_key, rotate_key


@provider_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: ProviderRequest) -> HttpResponse:
    """Show the keys; make a new one, whose text is shown on this page only."""
    form = KeyForm(request.POST if request.method == "POST" else None, initial={"scopes": ApiKey.USUAL})
    if form.is_valid():
        try:
            made = make_key(request.provider, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _shown_once(request, *made)
    at = clock.now()
    rows = ApiKey.objects.filter(provider=request.provider).select_related("made_by")
    words = {"form": form, "rows": [(one, one.works_at(at)) for one in rows[:100]]}
    return render(request, "providers/keys.html", words, status=422 if form.errors else 200)


@provider_only
@never_cache
@require_POST
def rotate(request: ProviderRequest, pk: int) -> HttpResponse:
    """Make a key in the place of this one, and show it once."""
    try:
        return _shown_once(request, *rotate_key(_key_of(request, pk), by=request.user, at=clock.now()))
    except Refusal:
        return redirect("providers:keys")


@provider_only
@require_POST
def revoke(request: ProviderRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    revoke_key(_key_of(request, pk), by=request.user, at=clock.now())
    return redirect("providers:keys")


def _key_of(request: ProviderRequest, pk: int) -> ApiKey:
    found = ApiKey.objects.filter(provider=request.provider, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _shown_once(request: ProviderRequest, key: ApiKey, text: str) -> HttpResponse:
    return render(request, "providers/key.html", {"key": key, "text": text})
