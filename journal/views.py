"""The first address of the journal, at which programs go on to ask."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from core.access import declare_access

NOW_AT = "/api/v1/journal/entries"


def _entries(request: HttpRequest) -> HttpResponse:
    """Answer as the operation of the API does: a redirection would lose the key of some programs."""
    return cast(HttpResponse, resolve(NOW_AT).func(request))


entries = declare_access(_entries, "key")
