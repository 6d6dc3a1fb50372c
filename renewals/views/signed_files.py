"""The page on which a trainer brings what somebody else signed about their courses."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import Refusal
from core.forms import posted_to
from core.limits import count_in_period
from renewals.forms import SignedFileForm
from renewals.services.signed_files import take_signed_file
from trainers.access import TrainerRequest, trainer_only

FILES_A_MINUTE = 10  # for each account: checking signatures is work
TOO_MANY = "You sent many files within a minute. Please wait a minute, and send this one again."


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def bring_signed_file(request: TrainerRequest) -> HttpResponse:
    """Ask for a signed file; then show what counts, what became a petition, and what could not be taken."""
    form, taken, status = SignedFileForm(*posted_to(request)), None, 200
    if form.is_valid():
        now = clock.now()
        today = clock.date_of(now, request.credential.policy.time_zone)
        with form.refusals():
            if count_in_period(f"signed_file:{request.user.pk}", seconds=60, at=now) > FILES_A_MINUTE:
                raise Refusal(TOO_MANY, code="too_many", field="file")
            content = form.cleaned_data["file"].read()
            taken = take_signed_file(
                request.credential, content=content, by=request.user, at=now, today=today
            )
    if form.errors:
        status = 422
    words = {"form": form, "taken": taken}
    return render(request, "renewals/signed_file.html", words, status=status)
