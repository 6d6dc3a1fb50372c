"""The page behind the link mailed to a new address. Opening it changes nothing, because mail
programs open links.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from core import clock
from core.access import public
from core.errors import refusal_of
from trainers.services.addresses import change_behind, confirm_email_change


@cache_control(private=True, no_store=True)
@public
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to use the new address, then use it."""
    change = change_behind(token)
    if change is None:
        raise Http404("This link is not ours.")
    words = {"change": change, "proved": change.state == change.State.PROVED, "refusal": ""}
    status = 200
    if request.method == "POST":
        refusal = refusal_of(lambda: confirm_email_change(change, at=clock.now()))
        if refusal:
            words["refusal"], status = refusal, 422
        else:
            words["proved"] = True
    return render(request, "trainers/new_address.html", words, status=status)
