"""The public pages of the draw: commitments, rates, counts and revealed secrets, and a file to
check them with. They name no person.
"""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.export import period_lines
from audits.models import DrawPeriod
from audits.pages.draws import policies_drawn, rows_of_periods, terms_in_words
from core import clock
from core.access import public
from trainers.access import cycle_asked_about

PER_PAGE = 4


@public
@require_safe
def list_draws(request: HttpRequest) -> HttpResponse:
    """Show every period, the newest first, and to a signed-in trainer the draw id of their cycle."""
    periods = DrawPeriod.objects.with_counts().order_by("-first_on", "-pk")
    page = Paginator(periods, PER_PAGE).get_page(request.GET.get("page"))
    cycle = cycle_asked_about(request)
    drawn = policies_drawn(clock.now())
    words = {
        "page": page,
        "rows": rows_of_periods(page, drawn),
        "drawn": terms_in_words(drawn),
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
