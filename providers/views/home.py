"""The first page of a provider's side: its courses with their approval, and its newest reports."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from providers.access import ProviderRequest, provider_only
from providers.lookups import courses_of
from providers.models import Batch
from providers.pages.courses import approval_words, course_rows

PER_PAGE = 25
NEWEST = 5


@provider_only
@require_safe
def provider_home(request: ProviderRequest) -> HttpResponse:
    """Show the courses, found by words of their title, and the newest reports."""
    today = clock.today(settings.TIME_ZONE)
    query = " ".join(request.GET.get("q", "").split())[:100]
    courses = courses_of(request.provider)
    found = courses.filter(title__icontains=query) if query else courses
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "provider": request.provider,
        "approval": approval_words(request.provider, today),
        "query": query,
        "page": page,
        "rows": course_rows(page, today),
        "has_courses": courses.exists(),
        "batches": Batch.objects.filter(provider=request.provider)[:NEWEST],
    }
    return render(request, "providers/home.html", words)
