"""Who sees my certification: a trainer's consents, given by an employer's link and ended here."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.errors import refusal_of
from employers.links import employer_of_token
from employers.lookups import consent_of, consents_of, entry_taken_off, listing_of
from employers.models import Consent, Widget
from employers.services.consenting import end_consent, give_consent
from trainers.access import TrainerRequest, person_only


@person_only
@never_cache
@require_safe
def show_sharing(request: TrainerRequest) -> HttpResponse:
    """Show where the trainer's certification is seen: by employers, in the directory, on other sites."""
    words = {
        "consents": consents_of(request.user),
        "listing": listing_of(request.user),
        "taken_off": entry_taken_off(request.user),
        "shows_elsewhere": Widget.objects.shown().filter(credential__trainer=request.user).exists(),
    }
    return render(request, "employers/sharing.html", words)


@person_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share_with_employer(request: TrainerRequest, token: str) -> HttpResponse:
    """Say who asks and what they would see; record the consent."""
    employer = employer_of_token(token)
    if employer is None:
        return render(request, "employers/share_ended.html", status=HTTPStatus.GONE)
    if request.method == "POST":
        refusal = refusal_of(
            lambda: give_consent(employer, link=employer.links_made, by=request.user, at=clock.now())
        )
        if refusal:
            messages.error(request, str(refusal))
            return render(request, "employers/share_ended.html", status=HTTPStatus.GONE)
        messages.success(request, f"{employer.name} sees your certification now.")
        return redirect("employers:sharing")
    shares = consents_of(request.user).filter(employer=employer).exists()
    return render(request, "employers/share.html", {"employer": employer, "shares": shares})


@person_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_sharing(request: TrainerRequest, pk: int) -> HttpResponse:
    """Ask whether an employer shall see the certification no longer; then end the consent."""
    consent = consent_of(request.user, pk)
    if consent.state == Consent.State.ENDED:
        messages.info(request, f"{consent.employer.name} does not see your certification any more.")
        return redirect("employers:sharing")
    if request.method != "POST":
        return render(request, "employers/end_sharing.html", {"consent": consent})
    end_consent(consent, by=request.user, at=clock.now())
    messages.success(request, f"{consent.employer.name} does not see your certification any more.")
    return redirect("employers:sharing")
