"""The certificate, on the screen and as a PDF."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.organisation import current_organisation
from core.paper import SIZES
from renewals.lookups import renewals_of
from renewals.pages.certificate import Certificate, certificate_of, paper_words
from renewals.pages.certificate_paper import can_write, render_certificate
from renewals.pages.done import renewal_links
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_safe
def page(request: TrainerRequest) -> HttpResponse:
    certificate, why_not = _certificate(request)
    return _page(request, certificate, why_not, status=200)


@trainer_only
@require_safe
def pdf(request: TrainerRequest) -> HttpResponse:
    """Send the PDF as a download, on the paper that `?paper=` names; without a certificate, show
    the page that says why there is none.
    """
    certificate, why_not = _certificate(request)
    if certificate is None or not can_write(certificate.name):
        return _page(request, certificate, why_not, status=404)
    asked = request.GET.get("paper", "")
    size = asked if asked in SIZES else settings.PAPER_SIZE
    headers = {"Content-Disposition": f'attachment; filename="certificate-{request.credential.number}.pdf"'}
    return HttpResponse(
        render_certificate(certificate, issuer=current_organisation(), size=size),
        content_type="application/pdf",
        headers=headers,
    )


def _page(
    request: TrainerRequest, certificate: Certificate | None, why_not: str, *, status: int
) -> HttpResponse:
    words: dict[str, Any] = {
        "certificate": certificate,
        "issuer": current_organisation(),
        "why_not": why_not,
        "has_pdf": certificate is not None and can_write(certificate.name),
        "renewals": renewal_links(renewals_of(request.credential)),
        **paper_words(),
    }
    return render(request, "renewals/certificate.html", words, status=status)


def _certificate(request: TrainerRequest) -> tuple[Certificate | None, str]:
    credential = request.credential
    credential.trainer = request.user
    return certificate_of(credential, today=clock.today(credential.policy.time_zone))
