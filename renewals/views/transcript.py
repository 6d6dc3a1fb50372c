"""A trainer's own transcript: as a page, a PDF and a table for spreadsheets."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.organisation import current_organisation
from core.spreadsheet import csv_download
from renewals.pages.transcript import Transcript, transcript_columns, transcript_table, transcripts_of
from renewals.pages.transcript_paper import has_transcript_pdf, render_transcript
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_safe
def page(request: TrainerRequest) -> HttpResponse:
    return _page(request, _own(request), status=200)


@trainer_only
@require_safe
def pdf(request: TrainerRequest) -> HttpResponse:
    """Send the PDF document; show its page instead when our fonts lack a letter of it."""
    found = _own(request)
    if not has_transcript_pdf(found):
        return _page(request, found, status=404)
    content = render_transcript(found, issuer=current_organisation(), today=_today(request))
    headers = {"Content-Disposition": 'attachment; filename="transcript.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@trainer_only
@require_safe
def table(request: TrainerRequest) -> HttpResponse:
    return csv_download("transcript", transcript_columns(), transcript_table(_own(request)))


def _page(request: TrainerRequest, found: list[Transcript], *, status: int) -> HttpResponse:
    words = {"transcripts": found, "has_pdf": has_transcript_pdf(found), "today": _today(request)}
    return render(request, "renewals/transcript.html", words, status=status)


def _own(request: TrainerRequest) -> list[Transcript]:
    credentials = list(request.user.credentials.select_related("trainer").order_by("-awarded_on", "pk"))
    return transcripts_of(credentials, today=_today(request))


def _today(request: TrainerRequest) -> date:
    return clock.today(request.credential.policy.time_zone)
