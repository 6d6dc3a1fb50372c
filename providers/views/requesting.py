"""What a provider asks for: the list of its requests, a new course, a longer approval."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.forms import show_refusals
from core.policy_words import portal_policy
from providers.access import ProviderRequest, provider_only
from providers.forms import AskForm, LongerForm
from providers.lookups import courses_of, request_of
from providers.models import CourseRequest
from providers.pages.requests import listed_request, listed_requests
from providers.services.paying import request_fee
from providers.services.requesting import (
    AskedCourse,
    request_course,
    request_longer_approval,
    withdraw_course_request,
)
from providers.views.paying import to_payment

PER_PAGE = 25


@provider_only
@require_safe
def list_requests(request: ProviderRequest) -> HttpResponse:
    """Show what the provider asked for, newest first."""
    rows = CourseRequest.objects.filter(provider=request.provider).select_related("charge")
    known = rows.prefetch_related("charge__sessions", "charge__ledger", "charge__disputes")
    page = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "providers/requests.html", {"page": page, "rows": listed_requests(page)})


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_course(request: ProviderRequest) -> HttpResponse:
    """Ask for a new course."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            made = request_course(
                request.provider,
                asked=AskedCourse(**form.cleaned_data),
                by=request.user,
                at=clock.now(),
                agreed_cents=_agreed(request),
            )
            return _sent(request, made)
    return render(request, "providers/ask.html", {"form": form, **_fee()}, status=422 if form.errors else 200)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_longer_approval(request: ProviderRequest, slug: str) -> HttpResponse:
    """Ask that the approval of a course be extended."""
    course = courses_of(request.provider).filter(slug=slug, approved_through__isnull=False).first()
    if course is None:
        raise Http404
    course.provider = request.provider
    form = LongerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            made = request_longer_approval(
                course,
                about=form.cleaned_data["about"],
                by=request.user,
                at=clock.now(),
                agreed_cents=_agreed(request),
            )
            return _sent(request, made)
    words = {"form": form, "course": course, **_fee()}
    return render(request, "providers/longer.html", words, status=422 if form.errors else 200)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_request(request: ProviderRequest, ref: str) -> HttpResponse:
    """Ask for confirmation, then withdraw an open request."""
    found = request_of(request.provider, ref)
    if request.method != "POST":
        if not found.is_open:
            return redirect("providers:requests")
        return render(request, "providers/withdraw_request.html", {"row": listed_request(found)})
    with show_refusals(request):
        withdraw_course_request(found, by=request.user, at=clock.now())
        messages.success(request, f"{found.reference} is withdrawn.")
    return redirect("providers:requests")


def _sent(request: ProviderRequest, made: CourseRequest) -> HttpResponse:
    """Go on to the payment page when the request waits for its fee, otherwise to the list."""
    if made.state == CourseRequest.State.UNPAID:
        return to_payment(request, made)
    messages.success(request, f"We have your request {made.reference}. You get a mail when we decide.")
    return redirect("providers:requests")


def _fee() -> dict[str, object]:
    """Return the fee of a request sent now, in cents and in words, which are empty without one."""
    cents = request_fee(clock.now()).amount_cents
    return {"fee_cents": cents, "fee": portal_policy().money(cents) if cents else ""}


def _agreed(request: ProviderRequest) -> int | None:
    """Return the fee in cents that the page showed; None when the form did not say it."""
    text = request.POST.get("agreed_cents", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
