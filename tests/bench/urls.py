"""The floor: a signed-in view with three queries (session, trainer, credential) and a tiny template."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

TINY = engines["django"].from_string(
    "<!doctype html><title>Floor</title><h1>{{ trainer.name }}, {{ credential.number }}</h1>"
)


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    credential = request.user.credentials.first()
    return HttpResponse(TINY.render({"trainer": request.user, "credential": credential}, request))


urlpatterns = [path("bench/floor/", floor), path("", include("recert.urls"))]
