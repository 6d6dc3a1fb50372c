"""The public pages of the draw: commitments, rates, counts and revealed secrets, and a file to
check them with. They name no person.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.export import period_lines
from audits.models import DrawPeriod
from core import clock
from core.access import public
from core.policy_words import fitting_policies
from rules.policy.load import load_policy
from trainers.access import cycle_asked_about

PER_PAGE = 4
DRAWN_WHEN = {
    "submission": "when its first renewal is sent",
    "approval": "when nothing else is missing for its renewal",
    "cycle_end": "once it has ended and a renewal was sent",
}


@public
@require_safe
def list_draws(request: HttpRequest) -> HttpResponse:
    """Show every period, the newest first, and to a signed-in trainer the draw id of their cycle."""
    periods = DrawPeriod.objects.with_counts().order_by("-first_on", "-pk")
    page = Paginator(periods, PER_PAGE).get_page(request.GET.get("page"))
    several = DrawPeriod.objects.order_by().values("policy_code").distinct().count() > 1
    titles = {one.code: one.title for one in fitting_policies()} if several else {}
    policy = load_policy(settings.PORTAL_POLICY)
    today = clock.today(policy.time_zone)
    terms = policy.version_on(today).families.audit
    cycle = cycle_asked_about(request)
    words = {
        "page": page,
        "rows": [(one, titles.get(one.policy_code, "")) for one in page],
        "zone": policy.time_zone,
        "today": today,
        "drawn_when": DRAWN_WHEN[terms.drawn if terms else "submission"],
        "has_exceptions": bool(terms and (terms.when or terms.always or terms.not_within_months)),
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
