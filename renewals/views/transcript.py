"""A trainer's own transcript: as a page, a PDF and a table for spreadsheets."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from badges.services import ensure_key
from badges.signing import signing_key
from core import clock
from core.errors import Refusal
from core.limits import count_in_period
from core.organisation import current_organisation
from core.spreadsheet import csv_download
from renewals.pages.passport import PassportFile, passport_files, signed_passport
from renewals.pages.transcript import Transcript, transcript_columns, transcript_table, transcripts_of
from renewals.pages.transcript_paper import has_transcript_pdf, render_transcript
from trainers.access import TrainerRequest, is_looked_at, person_only

FILES_A_MINUTE = 10  # for each account: signing is work
TOO_MANY = "You downloaded many signed files within a minute. Please wait a minute."


@person_only
@require_safe
def transcript_page(request: TrainerRequest) -> HttpResponse:
    return _page(request, _own(request), status=200)


@person_only
@require_safe
def transcript_pdf(request: TrainerRequest) -> HttpResponse:
    """Send the PDF document; show its page instead when our fonts lack a letter of it."""
    found = _own(request)
    if not has_transcript_pdf(found):
        return _page(request, found, status=404)
    content = render_transcript(found, issuer=current_organisation(), today=_today(request))
    headers = {"Content-Disposition": 'attachment; filename="transcript.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@person_only
@require_safe
def transcript_csv(request: TrainerRequest) -> HttpResponse:
    return csv_download("transcript", transcript_columns(), transcript_table(_own(request)))


@person_only
@require_safe
def passport_file(request: TrainerRequest, cycle: int, part: int) -> HttpResponse:
    """Send the accepted records of one of the trainer's cycles as a signed file."""
    found = next((one for one in _files(request) if (one.cycle.pk, one.part) == (cycle, part)), None)
    if found is None:
        raise Http404("There is no such file.")
    now = clock.now()
    if count_in_period(f"passport:{request.user.pk}", seconds=60, at=now) > FILES_A_MINUTE:
        return _page(request, _own(request), status=429, trouble=TOO_MANY)
    try:
        key = signing_key() if is_looked_at(request) else ensure_key(at=now)
        content = signed_passport(found, key=key, at=now)
    except Refusal as refusal:
        return _page(request, _own(request), status=503, trouble=str(refusal))
    name = f"credits-{found.cycle.credential.number}-{found.cycle.starts_on}-{part}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/vc", headers=headers)


def _page(
    request: TrainerRequest, found: list[Transcript], *, status: int, trouble: str = ""
) -> HttpResponse:
    words = {
        "transcripts": found,
        "has_pdf": has_transcript_pdf(found),
        "today": _today(request),
        "passport": _files(request),
        "trouble": trouble,
    }
    return render(request, "renewals/transcript.html", words, status=status)


def _files(request: TrainerRequest) -> list[PassportFile]:
    today = _today(request)
    return passport_files([one for one in request.user.credentials.all() if one.awarded_on <= today])


def _own(request: TrainerRequest) -> list[Transcript]:
    credentials = list(request.user.credentials.select_related("trainer").order_by("-awarded_on", "pk"))
    return transcripts_of(credentials, today=_today(request))


def _today(request: TrainerRequest) -> date:
    return clock.today(request.credential.policy.time_zone)
