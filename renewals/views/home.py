"""The front door and Home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.access import public
from renewals.pages.home import home_of
from trainers.access import TrainerRequest, trainer_only


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "renewals/front.html")


@trainer_only
@require_safe
def home(request: TrainerRequest) -> HttpResponse:
    credential = request.credential
    view = home_of(request.cycle, today=clock.today(credential.policy.time_zone))
    return render(request, "renewals/home.html", {"view": view, "credential": credential})
