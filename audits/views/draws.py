"""The public pages of the draw: commitments, rates, counts and revealed secrets, and a file to
check them with. They name no person.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.export import period_lines
from audits.models import DrawPeriod
from core import clock
from core.access import public
from rules.policy.load import load_policy
from trainers.access import cycle_asked_about

PER_PAGE = 4


@public
@require_safe
def list_draws(request: HttpRequest) -> HttpResponse:
    """Show every period, the newest first, and to a signed-in trainer the draw id of their cycle."""
    chosen = Count("draws", filter=Q(draws__selected=True))
    periods = DrawPeriod.objects.annotate(drawn=Count("draws"), chosen=chosen).order_by("-first_on", "-pk")
    page = Paginator(periods, PER_PAGE).get_page(request.GET.get("page"))
    zone = load_policy(settings.PORTAL_POLICY).time_zone
    cycle = cycle_asked_about(request)
    words = {
        "page": page,
        "zone": zone,
        "today": clock.today(zone),
        "draw_id": cycle.draw_id if cycle else "",
    }
    return render(request, "audits/draws.html", words)


@public
@require_safe
def draw_file(request: HttpRequest, code: str) -> HttpResponse:
    """Send one period as the file that `manage.py export_draw` prints."""
    try:
        content = "".join(f"{line}\n" for line in period_lines(code))
    except LookupError:
        raise Http404("There is no such period.") from None
    headers = {"Content-Disposition": f'attachment; filename="draw-{code}.jsonl"'}
    return HttpResponse(content, content_type="application/jsonl", headers=headers)
