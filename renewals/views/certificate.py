"""The certificate of today and those of other cycles, on the screen and as a PDF."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import refusal_of
from core.organisation import current_organisation
from core.paper import SIZES
from renewals.lookups import certified_cycle_of, certified_cycles, credential_of_cycle, renewals_of
from renewals.pages.badge import certification_of_credential, linkedin_address, links_of
from renewals.pages.certificate import (
    Certificate,
    certificate_for_cycle,
    certificate_of,
    paper_words,
)
from renewals.pages.certificate_paper import can_write, render_certificate
from renewals.pages.past import past_certificates, past_renewals, running_one
from renewals.services.badges import make_badge
from trainers.access import TrainerRequest, trainer_only, trainer_only_about


@trainer_only
@require_safe
def certificate_page(request: TrainerRequest) -> HttpResponse:
    certificate, why_not = _certificate(request)
    return _page(request, certificate, why_not=why_not)


@trainer_only
@require_safe
def certificate_as_pdf(request: TrainerRequest) -> HttpResponse:
    """Send the PDF document as a download. Without a certificate, show the page that says why there
    is none.
    """
    certificate, why_not = _certificate(request)
    if certificate is None or not can_write(certificate.name):
        return _page(request, certificate, why_not=why_not, status=404)
    return _paper(request, certificate, f"certificate-{request.credential.number}.pdf")


@trainer_only_about(credential_of_cycle)
@require_safe
def page_of_cycle(request: TrainerRequest, cycle: int) -> HttpResponse:
    """Show the certificate of one of the trainer's cycles, as it was issued."""
    return _page(request, _of_cycle(request, cycle), cycle=cycle)


@trainer_only_about(credential_of_cycle)
@require_safe
def pdf_of_cycle(request: TrainerRequest, cycle: int) -> HttpResponse:
    certificate = _of_cycle(request, cycle)
    if not can_write(certificate.name):
        return _page(request, certificate, cycle=cycle, status=404)
    number = certificate.number.replace(" ", "")
    ending = "for-life" if certificate.is_for_life else f"through-{certificate.expires_on}"
    return _paper(request, certificate, f"certificate-{number}-{ending}.pdf")


@trainer_only
@require_POST
def make_own_badge(request: TrainerRequest) -> HttpResponse:
    """Make the trainer's badge and go to its page; one that is there already is shown again."""
    refusal = refusal_of(lambda: make_badge(request.credential, by=request.user, at=clock.now()))
    if refusal:
        return _page(request, None, why_not=str(refusal), status=422)
    return redirect("renewals:badge", request.credential.check_code)


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
        **_badge_words(request, certificate),
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


def _badge_words(request: TrainerRequest, certificate: Certificate | None) -> dict[str, object]:
    """Return the badge of a certificate that is in force, and the address that adds it to LinkedIn."""
    links = links_of(request.credential) if certificate else None
    if links is None:
        return {"badge": None}
    certification = certification_of_credential(request.credential, at=clock.now())
    return {"badge": links, "linkedin": linkedin_address(links, request.credential, certification)}
