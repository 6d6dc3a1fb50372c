"""The team of an employer: the certifications that its trainers let it see, and the link for them."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.links import full_address
from core.spreadsheet import stream_csv
from employers.access import EmployerRequest, employer_only
from employers.links import token_for_consent
from employers.lookups import team_of
from employers.models import Employer
from employers.pages.team import CSV_HEADER, csv_rows, members_of
from employers.services.accounts import replace_consent_link

PER_PAGE = 25
AT_ONCE = 500  # rows of the download that are read together


@employer_only
@never_cache
@require_safe
def show_team(request: EmployerRequest) -> HttpResponse:
    """Show the team, found by words of a name."""
    query = " ".join(request.GET.get("q", "").split())[:100]
    page = Paginator(team_of(request.employer, query), PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "employer": request.employer,
        "query": query,
        "page": page,
        "members": members_of(page, clock.now()),
        "has_team": bool(page.paginator.count) or (query and team_of(request.employer).exists()),
        "link": _link_of(request.employer),
    }
    return render(request, "employers/team.html", words)


@employer_only
@never_cache
@require_safe
def team_csv(request: EmployerRequest) -> HttpResponseBase:
    """Send the whole team as a table."""
    return stream_csv("team", CSV_HEADER, _rows(request.employer))


@employer_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replace_link(request: EmployerRequest) -> HttpResponse:
    """Ask whether the link for trainers is to be replaced; a later link voids the one before."""
    if request.method != "POST":
        return render(request, "employers/replace_link.html", {"seen": request.employer.links_made})
    seen = request.POST.get("seen", "")
    if seen.isascii() and seen.isdigit() and len(seen) <= 9:
        replace_consent_link(request.employer, by=request.user, at=clock.now(), seen=int(seen))
        messages.success(request, "There is a new link. The one before works no more.")
    return redirect("employers:home")


def _link_of(employer: Employer) -> str:
    return full_address(reverse("employers:share", args=[token_for_consent(employer)]))


def _rows(employer: Employer) -> Iterator[tuple[str, ...]]:
    at, team = clock.now(), team_of(employer)
    for first in range(0, team.count(), AT_ONCE):
        yield from csv_rows(members_of(team[first : first + AT_ONCE], at))
