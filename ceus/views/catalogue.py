"""The public catalogue (S8, S14)."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ceus.cards import needed_from_courses
from ceus.forms import CatalogueForm, FindProviderForm
from ceus.models import Course, Provider
from ceus.pages.catalogue import Choice, closest_page_of, earlier_ceus, page_of
from ceus.pages.counting import counts_for
from ceus.pages.searching import filter_fields, search_field
from ceus.search import providers_named
from ceus.standing import standing_for
from core import clock
from core.access import public
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.access import cycle_asked_about
from trainers.models import Cycle

PER_PAGE = 20


@public
@require_safe
def list_courses(request: HttpRequest) -> HttpResponse:
    """Show approved courses with search, filters and pages. A value that cannot be understood gives
    status 422 and a sentence at its field.
    """
    today = _today()
    form = CatalogueForm(request.GET)
    valid = form.is_valid()
    with_gap = request.user.is_authenticated and not request.user.is_staff
    words = {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "search_field": search_field(form),
        "filters": filter_fields(form, with_gap=with_gap),
    }
    if valid:
        cycle = cycle_asked_about(request) if form.cleaned_data["gap"] else None
        words |= _found(form, cycle, today=today, number=request.GET.get("page"))
    return render(request, "ceus/catalogue/courses.html", words, status=200 if valid else 422)


@public
@require_safe
def course_page(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Course.objects.select_related("provider").prefetch_related("topics"), slug=slug)
    today = _today()
    approved = found.is_approved_on(today) and found.provider.is_approved_on(today)
    words = {"course": found, "approved": approved, "hours": _policy().unit.hours(found.hundredths)}
    cycle = cycle_asked_about(request)
    words["for_me"] = counts_for(found, cycle, at=clock.now(), today=today) if cycle else None
    return render(request, "ceus/catalogue/course.html", words | {"earlier": earlier_ceus(found)})


@public
@require_safe
def list_providers(request: HttpRequest) -> HttpResponse:
    today = _today()
    approved = Provider.objects.approved_on(today).with_course_counts(today).order_by("name")
    form = FindProviderForm(request.GET)
    valid = form.is_valid()
    text = form.cleaned_data["q"] if valid else ""
    if text:
        approved = approved.filter(pk__in=providers_named(text))
    page = Paginator(approved, PER_PAGE).get_page(request.GET.get("page")) if valid else None
    words = {"form": form, "page": page, "query": text}
    return render(request, "ceus/catalogue/providers.html", words, status=200 if valid else 422)


@public
@require_safe
def provider_page(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Provider, slug=slug)
    today = _today()
    page = page_of(Choice(provider=found.slug), today=today, number=request.GET.get("page"))
    approved = found.is_approved_on(today)
    return render(
        request, "ceus/catalogue/provider.html", {"provider": found, "page": page, "approved": approved}
    )


def _found(form: CatalogueForm, cycle: Cycle | None, *, today: date, number: str | None) -> dict[str, object]:
    """Return the page of courses.

    For courses that close the gap of `cycle` it comes with the size of the gap, and with the largest courses
    when none closes it.
    """
    if cycle is None:
        page, meant = closest_page_of(form.choice(), today=today, number=number)
        return {"page": page, "meant": meant if meant != form.cleaned_data["q"] else ""}
    gap = needed_from_courses(cycle, standing_for(cycle, today=today))
    choice = form.choice(at_least=gap, not_in=cycle)
    page = page_of(choice, today=today, number=number)
    closes = bool(gap and page.paginator.count)
    if gap and not closes:
        page = page_of(replace(choice, at_least=0, sort="ceus"), today=today, number=number)
    return {"page": page, "asked_for_gap": True, "gap": gap, "closes": closes}


def _policy() -> Policy:
    return load_policy(settings.PORTAL_POLICY)


def _today() -> date:
    return clock.today(_policy().time_zone)
