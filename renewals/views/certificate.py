"""The certificate of today and those of other cycles, on the screen and as a PDF."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.organisation import current_organisation
from core.paper import SIZES
from renewals.lookups import certified_cycle_of, certified_cycles, renewals_of
from renewals.pages.certificate import (
    Certificate,
    certificate_for_cycle,
    certificate_of,
    paper_words,
)
from renewals.pages.certificate_paper import can_write, render_certificate
from renewals.pages.past import past_certificates, past_renewals, running_one
from trainers.access import TrainerRequest, trainer_only


@trainer_only
@require_safe
def page(request: TrainerRequest) -> HttpResponse:
    certificate, why_not = _certificate(request)
    return _page(request, certificate, why_not=why_not)


@trainer_only
@require_safe
def pdf(request: TrainerRequest) -> HttpResponse:
    """Send the PDF document as a download. Without a certificate, show the page that says why there
    is none.
    """
    certificate, why_not = _certificate(request)
    if certificate is None or not can_write(certificate.name):
        return _page(request, certificate, why_not=why_not, status=404)
    return _paper(request, certificate, f"certificate-{request.credential.number}.pdf")


@trainer_only
@require_safe
def page_of_cycle(request: TrainerRequest, cycle: int) -> HttpResponse:
    """Show the certificate of one of the trainer's cycles, as it was issued."""
    return _page(request, _of_cycle(request, cycle), cycle=cycle)


@trainer_only
@require_safe
def pdf_of_cycle(request: TrainerRequest, cycle: int) -> HttpResponse:
    certificate = _of_cycle(request, cycle)
    if not can_write(certificate.name):
        return _page(request, certificate, cycle=cycle, status=404)
    number = certificate.number.replace(" ", "")
    return _paper(request, certificate, f"certificate-{number}-through-{certificate.expires_on}.pdf")


def _paper(request: TrainerRequest, certificate: Certificate, name: str) -> HttpResponse:
    """Return the PDF document in the paper size that `?paper=` names."""
    asked = request.GET.get("paper", "")
    size = asked if asked in SIZES else settings.PAPER_SIZE
    return HttpResponse(
        render_certificate(certificate, issuer=current_organisation(), size=size),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(
    request: TrainerRequest,
    certificate: Certificate | None,
    *,
    why_not: str = "",
    cycle: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of today's certificate, or of the certificate for `cycle`."""
    pdf_url = reverse("renewals:certificate_pdf")
    if cycle:
        pdf_url = reverse("renewals:certificate_of_cycle_pdf", args=[cycle])
    today = clock.today(request.credential.policy.time_zone)
    certificates = past_certificates(certified_cycles(request.user, today=today))
    words: dict[str, object] = {
        "certificate": certificate,
        "running": running_one(certificate, certificates, today=today) if certificate else None,
        "is_of_cycle": bool(cycle),
        "issuer": current_organisation(),
        "why_not": why_not,
        "has_pdf": certificate is not None and can_write(certificate.name),
        "pdf_url": pdf_url,
        "renewals": past_renewals(renewals_of(request.user)),
        "certificates": certificates,
        **paper_words(),
    }
    return render(request, "renewals/certificate.html", words, status=status)


def _certificate(request: TrainerRequest) -> tuple[Certificate | None, str]:
    credential = request.credential
    credential.trainer = request.user
    return certificate_of(credential, today=clock.today(credential.policy.time_zone))


def _of_cycle(request: TrainerRequest, cycle: int) -> Certificate:
    today = clock.today(request.credential.policy.time_zone)
    return certificate_for_cycle(certified_cycle_of(request.user, cycle, today=today))
