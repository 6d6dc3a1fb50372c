"""A list of certifications that an employer checks: answered by line, and as CSV."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import clock
from core.spreadsheet import csv_download
from core.templatetags.words import at as moment
from employers.access import EmployerRequest, employer_only
from employers.forms import MOST_LINES, ListForm
from employers.limits import count_checks
from renewals.pages.verification_list import CSV_HEADER, answers_of, csv_rows, summary_words


@employer_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_list(request: EmployerRequest) -> HttpResponse:
    """Answer each line as a single public check would, on the page or as a download. Nothing of the
    list is stored.
    """
    posted = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if posted else ListForm()
    words = {"form": form, "most": MOST_LINES, "per_day": f"{settings.EMPLOYER_CHECKS_PER_DAY:,}"}
    if not posted or not form.is_valid():
        return render(request, "employers/check.html", words, status=422 if posted else 200)
    now = clock.now()
    asked = sum(not line.trouble for line in form.lines)
    with form.refusals():
        if asked:
            count_checks(request.employer, asked, at=now)
    if form.errors:
        return render(request, "employers/check.html", words, status=429)
    answers = answers_of(form.lines, at=now, default_policy=settings.PORTAL_POLICY)
    checked = moment(now, request.user.time_zone)
    if "csv" in request.POST:
        rows = csv_rows(answers, f"Checked {strip_tags(checked)}")
        return csv_download("certifications", CSV_HEADER, rows)
    words |= {"answers": answers, "checked": checked, "summary": summary_words(answers)}
    return render(request, "employers/check.html", words)
