"""What a provider asks for: the list of its requests, a new course, a longer approval."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import Refusal
from providers.access import ProviderRequest, provider_only
from providers.forms import AskForm, LongerForm
from providers.lookups import courses_of, request_of
from providers.models import CourseRequest
from providers.services.requesting import (
    AskedCourse,
    request_course,
    request_longer_approval,
    withdraw_course_request,
)

PER_PAGE = 25


@provider_only
@require_safe
def requests(request: ProviderRequest) -> HttpResponse:
    """Show what the provider asked for, newest first."""
    rows = CourseRequest.objects.filter(provider=request.provider)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "providers/requests.html", {"page": page})


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ProviderRequest) -> HttpResponse:
    """Ask for a new course."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = request_course(
                request.provider, asked=AskedCourse(**form.cleaned_data), by=request.user, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"We have your request {made.reference}. You get a mail when we decide."
            )
            return redirect("providers:requests")
    return render(request, "providers/ask.html", {"form": form}, status=422 if form.errors else 200)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def longer(request: ProviderRequest, slug: str) -> HttpResponse:
    """Ask that the approval of a course be extended."""
    course = courses_of(request.provider).filter(slug=slug, approved_through__isnull=False).first()
    if course is None:
        raise Http404
    course.provider = request.provider
    form = LongerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = request_longer_approval(
                course, about=form.cleaned_data["about"], by=request.user, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"We have your request {made.reference}. You get a mail when we decide."
            )
            return redirect("providers:requests")
    words = {"form": form, "course": course}
    return render(request, "providers/longer.html", words, status=422 if form.errors else 200)


@provider_only
@require_POST
def withdraw_request(request: ProviderRequest, ref: str) -> HttpResponse:
    """Withdraw a waiting request."""
    found = request_of(request.provider, ref)
    try:
        withdraw_course_request(found, by=request.user, at=clock.now())
        messages.success(request, f"{found.reference} is withdrawn.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("providers:requests")
