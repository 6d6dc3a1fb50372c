"""The page on which people change their own name, or request another."""

from typing import cast

from django.contrib import messages as banners
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.access import signed_in
from core.forms import show_refusals
from names import services
from names.allowance import free_changes_left
from names.forms import NameForm
from names.lookups import last_request, waiting_request
from trainers.models import Trainer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_name(request: HttpRequest) -> HttpResponse:
    """Change one's own name at once where no proof is needed; otherwise file a request with a
    proof.
    """
    trainer = cast(Trainer, request.user)
    files = request.FILES if request.method == "POST" else None
    form = NameForm(request.POST or None, files, initial={"name": trainer.name}, owner=trainer)
    if form.is_valid():
        with form.refusals():
            asked = services.change_own_name(
                trainer,
                name=form.cleaned_data["name"],
                proof=form.cleaned_data["proof"],
                by=trainer,
                at=clock.now(),
            )
            said = "We got your request. Your name stays as it is until we decide."
            banners.success(request, said if asked else "Your name was changed.")
            return redirect("names:change" if asked else "trainers:account")
    words = {
        "form": form,
        "waiting": waiting_request(trainer),
        "last": last_request(trainer),
        "left": free_changes_left(trainer, at=clock.now()),
    }
    return render(request, "names/change.html", words, status=422 if form.errors else 200)


@require_POST
@signed_in
def withdraw_page(request: HttpRequest) -> HttpResponse:
    """Withdraw the person's waiting request; without one change nothing."""
    trainer = cast(Trainer, request.user)
    waiting = waiting_request(trainer)
    if waiting:
        with show_refusals(request):
            services.withdraw_name_request(waiting, by=trainer, at=clock.now())
            banners.success(request, "Your request is withdrawn. Your name stays as it is.")
    return redirect("names:change")
