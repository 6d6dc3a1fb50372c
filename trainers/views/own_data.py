"""What we hold about the signed-in person: to read, to download, and to have erased (Q33)."""

from datetime import timedelta
from http import HTTPStatus
from typing import cast

from django.contrib.auth import logout
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from core import clock
from core.access import public, signed_in
from core.models import Erasure
from core.my_data import sections_about
from core.personal_data import open_things
from core.retention import figures_on
from trainers.allauth_internals import has_just_proven, proven_again
from trainers.forms import EraseForm
from trainers.lookups import data_file_of
from trainers.models import Trainer
from trainers.services.erasing import GENERAL, request_erasure
from trainers.services.own_data import ask_for_data_file, has_failed

FRESH_SIGN_IN = 15 * 60  # seconds: as long as a code by email works


@never_cache
@require_safe
@signed_in
def own_data_page(request: HttpRequest) -> HttpResponse:
    """Show everything that we hold about the person, in sections, and whether the download file is
    ready.
    """
    trainer, now = _trainer(request), clock.now()
    file, kept_for = data_file_of(trainer), _kept_for()
    if file and now > file.asked_at + kept_for:
        file = None
    words = {
        "sections": sections_about(trainer),
        "file": file,
        "failed": file is not None and has_failed(file),
        "kept_until": file.asked_at + kept_for if file else None,
        "kept_days": kept_for.days,
    }
    return render(request, "trainers/data.html", words)


@require_POST
@signed_in
def ask_for_own_data(request: HttpRequest) -> HttpResponse:
    """Ask for the download file to be built."""
    trainer = _trainer(request)
    ask_for_data_file(trainer, by=trainer, at=clock.now(), kept_for=_kept_for())
    return redirect("trainers:data")


@require_GET
@signed_in
def download_own_data(request: HttpRequest) -> HttpResponseBase:
    """Send the download file while it is kept."""
    file = data_file_of(_trainer(request))
    if file is None or file.ready_at is None or clock.now() > file.asked_at + _kept_for():
        raise Http404
    try:
        content = default_storage.open(file.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename="my-data.zip", content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_safe
@signed_in
def ask_for_erasure(request: HttpRequest) -> HttpResponse:
    """Show what an erasure removes, what stays, and what must end first."""
    return render(request, "trainers/erase.html", _what_waits(_trainer(request)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@proven_again
def confirm_erasure(request: HttpRequest) -> HttpResponse:
    """Ask for confirmation after the password or a code, then confirm the erasure and sign out."""
    trainer = _trainer(request)
    if not has_just_proven(request, trainer, seconds=FRESH_SIGN_IN):
        return render(request, "trainers/erase_sign_in.html", status=HTTPStatus.FORBIDDEN)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            request_erasure(trainer, by=trainer, at=clock.now())
            logout(request)
            return redirect("trainers:erased")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "trainers/erase_confirm.html", {"form": form}, status=status)


@require_safe
@public
def erased_page(request: HttpRequest) -> HttpResponse:
    """Show that the erasure was confirmed."""
    return render(request, "trainers/erased.html")


def _what_waits(trainer: Trainer) -> dict[str, object]:
    things = open_things(trainer)
    told = [thing for thing in things if thing.for_owner]
    asked = Erasure.objects.filter(trainer=trainer, state=Erasure.State.ASKED).exists()
    hidden = len(told) < len(things)
    return {"waits_for": told, "general": GENERAL if hidden else "", "may": not things, "asked": asked}


def _kept_for() -> timedelta:
    return timedelta(days=figures_on(clock.now()).data_file_days)


def _trainer(request: HttpRequest) -> Trainer:
    return cast(Trainer, request.user)
