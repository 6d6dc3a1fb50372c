"""Webhooks of a provider: its endpoints, a new one, and the page of one with its deliveries."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import Refusal
from core.forms import show_refusals
from core.history import subject_of
from providers.access import ProviderRequest, provider_only
from providers.forms import ProviderEndpointForm
from webhooks import services
from webhooks.models import Delivery, Endpoint
from webhooks.services.endpoints import reveal_secret

PER_PAGE = 25
SAID = {
    "pause": "Nothing is sent until you resume it.",
    "resume": "What waited leaves within a minute.",
    "test": "The test leaves within a minute.",
    "replace": "The new secret signs from now on. For one day both do.",
    "end": "The webhook has ended.",
}
ACTS: dict[str, Callable[..., Any]] = {
    "pause": services.pause_endpoint,
    "resume": services.resume_endpoint,
    "test": services.queue_test,
    "replace": services.rotate_endpoint_secret,
    "end": services.end_endpoint,
}


@provider_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_webhooks(request: ProviderRequest) -> HttpResponse:
    """Show the endpoints; add one."""
    form = ProviderEndpointForm(request.POST if request.method == "POST" else None)
    owner = subject_of(request.provider)
    if form.is_valid():
        with form.refusals():
            made = services.make_endpoint(owner, by=request.user, at=clock.now(), **form.cleaned_data)
            return redirect("providers:webhook", made.pk)
    rows = Endpoint.objects.filter(owner=owner)[:100]
    return render(
        request, "providers/webhooks.html", {"form": form, "rows": rows}, status=422 if form.errors else 200
    )


@provider_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_webhook(request: ProviderRequest, pk: int) -> HttpResponse:
    """Show one endpoint with its deliveries; pause it, resume it, show its secret, and so on."""
    endpoint = Endpoint.objects.filter(owner=subject_of(request.provider), pk=pk).first()
    if endpoint is None:
        raise Http404
    secret = ""
    if request.method == "POST":
        act = request.POST.get("act", "")
        with show_refusals(request):
            if act == "secret":
                secret = reveal_secret(endpoint, by=request.user, at=clock.now())
            else:
                _do(request, endpoint, act)
        if not secret:
            return redirect("providers:webhook", pk)
    page = Paginator(Delivery.objects.filter(endpoint=endpoint), PER_PAGE).get_page(request.GET.get("page"))
    asks = request.GET.get("ask") == "end" and endpoint.state != Endpoint.State.ENDED
    words = {"endpoint": endpoint, "page": page, "secret": secret, "asks": asks}
    return render(request, "providers/webhook.html", words)


def _do(request: ProviderRequest, endpoint: Endpoint, act: str) -> None:
    """Do what a button says. Raises Refusal for no button of the page."""
    by, at = request.user, clock.now()
    if act.startswith("again-"):
        pk = act.removeprefix("again-")
        known = pk.isascii() and pk.isdigit() and len(pk) < 19
        found = Delivery.objects.filter(endpoint=endpoint, pk=pk).first() if known else None
        if found is None:
            raise Refusal("Choose a delivery of this page.", code="unknown")
        services.send_delivery_again(found, by=by, at=at)
        messages.success(request, "It leaves within a minute.")
        return
    if act not in ACTS:
        raise Refusal("Choose a button of this page.", code="unknown")
    ACTS[act](endpoint, by=by, at=at)
    messages.success(request, SAID[act])
